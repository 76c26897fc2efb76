"""The vendor's side of the server: everything that is not under `/__admin`.

It stands in front of FastAPI's router, which costs more than all of our work (see
ARCHITECTURE.md), and turns one ASGI exchange into one request, one answer and one log line.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from mockserver import respond
from mockserver.credentials import identify
from mockserver.request import read

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

    from mockserver.credentials import Caller
    from mockserver.log import Log
    from mockserver.request import Request
    from mockserver.respond import Answer
    from mockserver.sandbox import Sandbox
    from mockserver.sandboxes import Sandboxes

    Endpoint = Callable[[Request, Caller, Sandbox], Answer]

ADMIN = "/__admin"


class Vendor:
    """Answers as the vendor does; hands what is ours to the layer below."""

    def __init__(
        self, app: ASGIApp, *, endpoint: Endpoint, sandboxes: Sandboxes, tokens: re.Pattern[str], log: Log
    ) -> None:
        self.app = app
        self.endpoint = endpoint
        self.sandboxes = sandboxes
        self.tokens = tokens
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(ADMIN):
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        request = await read(scope, receive)
        caller = identify(request.headers.get("authorization", ""), self.tokens)
        answer = self._answer(request, caller, self.sandboxes.of(caller.token))
        await _send(answer, request.method, send)
        self.log.exchange(request, caller, answer, time.perf_counter() - started)

    def _answer(self, request: Request, caller: Caller, sandbox: Sandbox) -> Answer:
        try:
            return self.endpoint(request, caller, sandbox)
        except Exception:  # noqa: BLE001 - a bug of ours must look like the vendor's 500
            self.log.failure(request)
            quota = respond.rate_headers(sandbox.quota(caller.token or ""))
            return respond.error(500, respond.SERVER_ERROR, sandbox.profile.errors.envelope, quota)


async def _send(answer: Answer, method: str, send: Send) -> None:
    body = b"" if method == "HEAD" else answer.body
    headers = [*answer.headers, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
