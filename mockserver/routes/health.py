"""Is the server there? `livez`, `readyz` and `health`, which survive every reset."""

# Annotations are not deferred here, since FastAPI reads them.

from collections.abc import Callable

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from mockserver import problem
from mockserver.errors import StateLostError


class Health(BaseModel):
    """It answers, so it lives."""

    status: str


def router(check: Callable[[], None]) -> APIRouter:
    """The three probes. `readyz` also asks `check`, which raises StateLostError where nothing could be answered."""
    routes = APIRouter(prefix="/__admin", tags=["health"])

    async def alive() -> Health:
        return Health(status="ok")

    def ready() -> Response:
        try:
            check()
        except StateLostError as reason:
            return Response(problem.written(503, str(reason)), 503, media_type=problem.MEDIA_TYPE)
        return JSONResponse(Health(status="ok").model_dump())

    for name in ("livez", "health"):
        routes.add_api_route(f"/{name}", alive, methods=["GET"], name=name, response_model=Health)
    routes.add_api_route("/readyz", ready, methods=["GET"], name="readyz", response_model=Health)
    return routes
