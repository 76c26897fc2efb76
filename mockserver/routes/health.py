"""Is the server there? `livez`, `readyz` and `health`, which survive every reset."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel


class Health(BaseModel):
    """It answers, so it lives."""

    status: str


def router() -> APIRouter:
    """The three probes; they say the same until there is something to wait for."""
    routes = APIRouter(prefix="/__admin", tags=["health"])

    async def healthy() -> Health:
        return Health(status="ok")

    for name in ("livez", "readyz", "health"):
        routes.add_api_route(f"/{name}", healthy, methods=["GET"], name=name, response_model=Health)
    return routes
