"""The page at `/__admin/` and the documents at `/__admin/docs`: files that hold no secret, and may run nothing but themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    import os

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute
    from starlette.types import Scope

_FOLDER = Path(__file__).parents[2] / "page"
#: Swagger UI as another package ships it, served beside our own files.
_SWAGGER_UI = ("fastapi_swagger", "resources")

#: By suffix: what a machine's own registry says of `.js` can keep a browser from running it.
_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}

#: Everything comes from here and nothing is inline; only Swagger UI's style sheet has its icons as `data:`.
_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Files(StaticFiles):
    """The files of the page, each with the headers that keep it to itself."""

    def __init__(self) -> None:
        super().__init__(directory=_FOLDER, packages=[_SWAGGER_UI])

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        answer = super().file_response(full_path, stat_result, scope, status_code)
        answer.headers.update(_HEADERS)
        if answer.status_code == status_code:
            answer.headers["Content-Type"] = _MEDIA_TYPES[Path(full_path).suffix]
        return answer


def routes() -> list[BaseRoute]:
    """The page, the documents, and `page/NAME` for the files of both."""
    files = Files()

    async def index(request: Request) -> Response:
        return await files.get_response("index.html", request.scope)

    async def docs(request: Request) -> Response:
        return await files.get_response("docs.html", request.scope)

    return [Route("/", index), Route("/docs", docs), Mount("/page", files)]
