"""The admin API put together: its routers, its page, its errors, its OpenAPI document at `/__admin/openapi.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mockserver import __version__
from mockserver.errors import MockError, StateLostError
from mockserver.problem import MEDIA_TYPE, problem
from mockserver.routes.admin import documents, page, requests, server, setting
from mockserver.routes.admin.models import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from mockserver.sandboxes import Sandboxes
    from mockserver.settings import Settings

_DESCRIPTION = """Control over the fake. The Bearer token of a vendor request says whose sandbox it is: `sbx-ID` owns
the sandbox ID, every other token shares `default`. Calls here take `?sandbox=ID`; without it they mean `default`."""

_ERRORS: dict[int | str, dict[str, Any]] = {
    "default": {
        "model": Problem,
        "description": "What happened, and what to do.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}


def create(sandboxes: Sandboxes, settings: Settings) -> FastAPI:
    """The admin API of these sandboxes, to be mounted at `/__admin`."""
    api = FastAPI(
        title="wemasy-mock admin API",
        version=__version__,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        responses=_ERRORS,
    )
    api.state.sandboxes = sandboxes
    api.state.settings = settings
    for router in (server.router, requests.router, setting.router, documents.router):
        api.include_router(router)
    api.router.routes.extend(page.routes())
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(StateLostError, _lost)
    api.add_exception_handler(MockError, _unusable)
    api.add_exception_handler(Exception, _failed)
    return api


def _answer(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse(problem(status, detail), status, headers, MEDIA_TYPE)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
    detail = error.detail
    if detail == "Not Found":
        detail = f"there is no {request.url.path}; see {request.scope['root_path']}/openapi.json"
    elif detail == "Method Not Allowed":
        detail = f"{request.url.path} does not take {request.method}; see the Allow header"
    return _answer(error.status_code, detail, error.headers)


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it alone
    sentences = [
        f"{'.'.join(map(str, reason['loc']))}: {reason['msg'].removeprefix('Value error, ')}"
        for reason in error.errors()
    ]
    return _answer(422, "; ".join(sentences))


async def _unusable(_request: Request, error: Exception) -> JSONResponse:
    return _answer(422, str(error))


async def _lost(_request: Request, error: Exception) -> JSONResponse:
    return _answer(503, str(error))


async def _failed(_request: Request, error: Exception) -> JSONResponse:
    return _answer(500, f"wemasy-mock failed with {type(error).__name__}, which is a bug of its own")
