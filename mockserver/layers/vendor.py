"""The vendor's side of the server: everything that is not under `/__admin`.

It stands in front of FastAPI's router, which costs more than all of our work (see
ARCHITECTURE.md), and turns one ASGI exchange into one request, one answer and one log line.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from mockserver import respond
from mockserver.credentials import identify
from mockserver.delivery import Delivery, deliver, direct, send_answer
from mockserver.errors import StateLostError
from mockserver.force import CODE_PARAMETER
from mockserver.request import read

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

    from mockserver.credentials import Caller
    from mockserver.journal import Entry
    from mockserver.log import Log
    from mockserver.request import Request
    from mockserver.respond import Answer
    from mockserver.sandbox import Sandbox
    from mockserver.sandboxes import Sandboxes

    Endpoint = Callable[[Request, Caller, Sandbox], Answer]

ADMIN = "/__admin"
_OURS = f"{ADMIN}/"
_CODE = CODE_PARAMETER.encode()


class Vendor:
    """Answers as the vendor does; hands what is ours to the layer below."""

    def __init__(  # noqa: PLR0913 - it joins all that a request meets
        self,
        app: ASGIApp,
        *,
        endpoint: Endpoint,
        sandboxes: Sandboxes,
        tokens: re.Pattern[str],
        lost: Answer,
        log: Log,
    ) -> None:
        """`lost` is the answer where the sandboxes can't be reached."""
        self.app = app
        self.endpoint = endpoint
        self.sandboxes = sandboxes
        self.tokens = tokens
        self.lost = Delivery(lost)
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_OURS) or scope["path"] == ADMIN:
            await self.app(scope, receive, send)
            return
        request = await read(scope, receive)
        if self.sandboxes.is_remote:
            delivery = await run_in_threadpool(self._answer, request)
        else:
            delivery = self._answer(request)
        if delivery.is_plain:
            await send_answer(delivery.answer, request.method, send)
        else:
            await deliver(delivery, scope, receive, send)

    def _answer(self, request: Request) -> Delivery:
        started = time.perf_counter()
        caller = identify(request.headers.get("authorization", ""), self.tokens)
        try:
            sandbox = self.sandboxes.of(caller.token)
            delivery = self._delivery(request, caller, sandbox)
            seconds = time.perf_counter() - started
            # On record before the client can read it: who has an answer finds it in the journal.
            entry = sandbox.journal.add(
                request, caller, sandbox, delivery, duration_ms=seconds * 1000, tokens=self.tokens
            )
            self.log.exchange(request, caller, delivery.answer, seconds)
            if self.log.verbose:
                self._explain(entry, sandbox)
        except StateLostError:
            self.log.exchange(request, caller, self.lost.answer, time.perf_counter() - started)
            return self.lost
        return delivery

    def _explain(self, entry: Entry, sandbox: Sandbox) -> None:
        from mockserver.explain import explain  # noqa: PLC0415 - only who asks for it pays for it

        self.log.explained(explain(entry, sandbox.journal.entries()))

    def _delivery(self, request: Request, caller: Caller, sandbox: Sandbox) -> Delivery:
        try:
            if sandbox.is_directed:
                with self.sandboxes.directing(sandbox) as directed:
                    return direct(self.endpoint, request, caller, directed)
            if "prefer" in request.headers or (request.query and _CODE in request.query):
                return direct(self.endpoint, request, caller, sandbox)
            return Delivery(self.endpoint(request, caller, sandbox))
        except StateLostError:
            raise
        except Exception:  # noqa: BLE001 - a bug of ours must look like the vendor's 500
            self.log.failure(request)
            quota = respond.rate_headers(sandbox.quota(caller.token or ""))
            form = sandbox.profile.errors.envelope
            return Delivery(respond.error(500, respond.SERVER_ERROR, form, quota))
