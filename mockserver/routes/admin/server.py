"""The server as a whole: what it is, its sandboxes, and the reset."""

# Annotations are not deferred here, since FastAPI reads them.

import secrets
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Body, Depends, HTTPException, Request

from mockserver import __version__
from mockserver.controls import NewSandbox
from mockserver.routes.admin import access
from mockserver.routes.admin.access import Everyone, Tenants
from mockserver.routes.admin.models import Info, SandboxInfo
from mockserver.sandbox import Sandbox
from mockserver.sandboxes import DEFAULT, IDLE_SECONDS, PREFIX

router = APIRouter(tags=["server"])

_ID_BYTES = 8


@router.get("/info")
async def info(request: Request, sandboxes: Everyone) -> Info:
    """The server: what it serves, and how."""
    settings = access.settings(request)
    return Info(
        version=__version__,
        profile=settings.profile,
        seed=settings.seed,
        sessions=len(sandboxes.default.terms.source.rows),
        sandboxes=len(sandboxes.listed()),
        scenario=settings.scenario,
    )


@router.get("/sandboxes")
async def listed(request: Request, sandboxes: Everyone) -> list[SandboxInfo]:
    """Every sandbox, `default` first, then the longest idle."""
    return [_shown(request, sandbox, seconds) for sandbox, seconds in sandboxes.listed()]


def newcomer(
    sandboxes: Everyone, wanted: Annotated[NewSandbox | None, Body()] = None
) -> Iterator[tuple[Sandbox, NewSandbox]]:
    """The sandbox that a call makes, and what it may begin with."""
    wanted = wanted or NewSandbox()
    name = wanted.id or secrets.token_hex(_ID_BYTES)
    if name == DEFAULT:
        raise HTTPException(422, f"id={name!r} can't be the id of a new sandbox")
    with sandboxes.changing(name) as sandbox:
        yield sandbox, wanted


@router.post("/sandboxes", status_code=201)
async def make(
    request: Request,
    new: Annotated[tuple[Sandbox, NewSandbox], Depends(newcomer, scope="function")],
) -> SandboxInfo:
    """A fresh sandbox and the token that owns it; with an `id`, that one, reset if it was there."""
    sandbox, wanted = new
    sandbox.reset()
    wanted.play(sandbox)
    return _shown(request, sandbox, IDLE_SECONDS)


@router.delete("/sandboxes/{name}", status_code=204)
async def drop(name: str, sandboxes: Everyone) -> None:
    """Forget a sandbox and all that is in it."""
    if name == DEFAULT:
        raise HTTPException(409, "the sandbox default can't be dropped; use POST /__admin/reset")
    if not sandboxes.drop(name):
        raise HTTPException(404, f"there is no sandbox {name!r}; GET /__admin/sandboxes lists them")


@router.post("/reset", status_code=204)
async def reset(sandboxes: Tenants) -> None:
    """Back to how it began: quota, journal, faults, scenario, clock, data and profile."""
    for sandbox in sandboxes:
        sandbox.reset()


def _shown(request: Request, sandbox: Sandbox, seconds: float | None) -> SandboxInfo:
    return SandboxInfo(
        id=sandbox.name,
        token=None if sandbox.name == DEFAULT else PREFIX + sandbox.name,
        url=f"{request.url.scheme}://{request.url.netloc}",
        expires_in=None if seconds is None else int(seconds),
        requests=len(sandbox.journal),
    )
