"""The journal: read it, count it, wait for it, follow it."""

# Annotations are not deferred here, since FastAPI reads them.

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from fnmatch import fnmatchcase
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import StreamingResponse

from mockserver.controls import Wanted
from mockserver.journal import Entry
from mockserver.routes.admin.access import Everyone, Tenant
from mockserver.routes.admin.models import Count, Exchange, exchanges
from mockserver.sandbox import Sandbox
from mockserver.sandboxes import Sandboxes

router = APIRouter(tags=["requests"])

_MAX_WAIT_SECONDS = 60
_HEARTBEAT_SECONDS = 15


def wanted(
    since: Annotated[int, Query(ge=0, description="Only entries with a larger id.")] = 0,
    status: Annotated[str | None, Query(pattern=r"^[1-5](\d\d|xx)$", description="422, or 4xx.")] = None,
    path: Annotated[str | None, Query(description="The path; * stands for anything.")] = None,
    method: str | None = None,
) -> Wanted:
    """Which entries a call means."""
    return Wanted(since=since, status=status, path=path, method=method)


Filter = Annotated[Wanted, Depends(wanted)]


def _matching(sandbox: Sandbox, which: Wanted) -> list[Entry]:
    return [entry for entry in sandbox.journal.entries() if _matches(entry, which)]


def _matches(entry: Entry, which: Wanted) -> bool:
    if entry.number <= which.since:
        return False
    if which.status and not fnmatchcase(str(entry.status), which.status.replace("x", "?")):
        return False
    if which.method and entry.method != which.method.upper():
        return False
    return which.path is None or fnmatchcase(entry.path.decode("latin-1"), which.path)


@router.get("/requests")
async def listed(
    sandbox: Tenant, which: Filter, limit: Annotated[int, Query(ge=1, le=1000)] = 100
) -> list[Exchange]:
    """The newest `limit` exchanges that match, oldest first."""
    return exchanges(_matching(sandbox, which)[-limit:], sandbox)


@router.delete("/requests", status_code=204)
async def clear(sandbox: Tenant) -> None:
    """Empty the journal; ids go on."""
    sandbox.journal.clear()


@router.post("/requests/count")
async def count(sandbox: Tenant, which: Wanted) -> Count:
    """How many exchanges match."""
    return Count(count=len(_matching(sandbox, which)))


@router.get("/requests/wait")
async def wait(
    sandbox: Tenant,
    which: Filter,
    count: Annotated[int, Query(ge=1, le=1000)] = 1,
    timeout: Annotated[float, Query(ge=0, le=_MAX_WAIT_SECONDS, description="Seconds.")] = 10.0,  # noqa: ASYNC109
) -> list[Exchange]:
    """Answer as soon as `count` exchanges match; 408 if that takes longer than `timeout`."""
    news = asyncio.Event()
    stop = _wake(sandbox, news)
    try:
        async with asyncio.timeout(timeout):
            while len(found := _matching(sandbox, which)) < count:
                news.clear()
                await news.wait()
    except TimeoutError:
        raise HTTPException(408, f"{len(found)} of {count} requests came within {timeout:g} s") from None
    finally:
        stop()
    return exchanges(found, sandbox)


@router.get("/requests/latest")
async def latest(sandbox: Tenant, which: Filter) -> Exchange:
    """The newest exchange that matches."""
    return _one(_matching(sandbox, which)[-1:], sandbox, "nothing that matches was asked yet")


@router.get("/requests/{number}")
async def one(number: int, sandbox: Tenant) -> Exchange:
    """One exchange."""
    found = [entry for entry in sandbox.journal.entries() if entry.number == number]
    return _one(
        found, sandbox, f"there is no exchange {number} in the sandbox {sandbox.name}; GET /__admin/requests"
    )


def _one(found: Sequence[Entry], sandbox: Sandbox, otherwise: str) -> Exchange:
    if not found:
        raise HTTPException(404, otherwise)
    return exchanges(found, sandbox)[0]


@router.get(
    "/events", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}}
)
async def events(sandbox: Tenant, sandboxes: Everyone, which: Filter) -> StreamingResponse:
    """Every exchange as it happens, as server-sent events; `since` starts with older ones."""
    newest = max((entry.number for entry in sandbox.journal.entries()), default=0)
    which = which.model_copy(update={"since": which.since or newest})
    stream = _stream(sandbox, sandboxes, which)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def _stream(sandbox: Sandbox, sandboxes: Sandboxes, which: Wanted) -> AsyncIterator[str]:
    news = asyncio.Event()
    stop = _wake(sandbox, news)
    try:
        yield ": following\n\n"
        while True:
            news.clear()
            for exchange in exchanges(_matching(sandbox, which), sandbox):
                yield f"id: {exchange.id}\nevent: request\ndata: {exchange.model_dump_json()}\n\n"
                which = which.model_copy(update={"since": exchange.id})
            try:
                async with asyncio.timeout(_HEARTBEAT_SECONDS):
                    await news.wait()
            except TimeoutError:
                # Whoever follows a sandbox uses it; one that was dropped has nothing more to tell.
                if not sandboxes.keeps(sandbox):
                    return
                yield ": still here\n\n"
    finally:
        stop()


def _wake(sandbox: Sandbox, news: asyncio.Event) -> Callable[[], None]:
    """Set the event at every new entry, from whichever thread it comes."""
    loop = asyncio.get_running_loop()

    def tell() -> None:
        loop.call_soon_threadsafe(news.set)

    return sandbox.journal.listen(tell)
