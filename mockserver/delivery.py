"""From an answer to the wire: what a wish, a fault, a scenario and the latency make of it on the way.

The fake always answers as it would; only then does something happen to the answer. So a request that meets a
fault spends quota like any other. On the wire a cut needs the connection, which the ASGI scope hands over as
an extension (see `wire`); without one, in-process, the client meets a ConnectionResetError.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from mockserver import force
from mockserver.faults import Exchange

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Receive, Scope, Send

    from mockserver.credentials import Caller
    from mockserver.faults import Fault
    from mockserver.request import Request
    from mockserver.respond import Answer
    from mockserver.sandbox import Sandbox

    Endpoint = Callable[[Request, Caller, Sandbox], Answer]

#: The scope's extension that holds the connection's `Line`.
EXTENSION = "wemasy_mock.line"

_SLOW_CHUNKS = 10
_HTML = b"text/html; charset=UTF-8"
_GATEWAY_PAGE = (
    b"<!DOCTYPE html>\n<html><head><title>500 Internal Server Error</title></head>\n"
    b"<body><h1>Internal Server Error</h1><p>The server could not complete your request.</p></body></html>\n"
)


class Line(Protocol):
    """A connection that can be ended on purpose."""

    def reset(self) -> None:
        """Throw it away: the other side gets a reset."""

    def close(self) -> None:
        """End it after what was written."""


class Delivery(NamedTuple):
    """An answer on its way: held back `delay_ms`, the body stretched over `body_ms`, perhaps `cut`.

    `cut` is "reset", "empty", "truncate" or None. `fault` and `forced` say why, for the journal.
    """

    answer: Answer
    delay_ms: float = 0.0
    body_ms: float = 0.0
    cut: str | None = None
    fault: str | None = None
    forced: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether nothing happens to the answer on its way."""
        return not self.delay_ms and not self.body_ms and self.cut is None


def direct(endpoint: Endpoint, request: Request, caller: Caller, sandbox: Sandbox) -> Delivery:
    """Answer a request that something else than the endpoint has a say in."""
    if sandbox.play is not None:
        sandbox.play.advance(sandbox)
    wish = force.read(request.headers.get("prefer"), request.query)
    honest = endpoint(request, caller, sandbox)
    delay_ms = wish.delay_ms + (sandbox.latency.draw_ms() if sandbox.latency else 0.0)
    if wish.applied:
        answer = force.granted(wish, honest, request, caller, sandbox)
        return Delivery(answer, delay_ms, forced=", ".join(wish.applied))
    fault = sandbox.faults.choose(Exchange(request, honest)) if sandbox.faults else None
    if fault is None:
        return Delivery(honest, delay_ms)
    spoiled = _spoiled(fault, honest, request, caller, sandbox)
    return spoiled._replace(delay_ms=spoiled.delay_ms + delay_ms, fault=fault.kind)


def _spoiled(fault: Fault, honest: Answer, request: Request, caller: Caller, sandbox: Sandbox) -> Delivery:
    match fault.kind:
        case "status":
            return Delivery(force.answer_with(fault.status, honest, request, caller, sandbox))
        case "maintenance_503":
            return Delivery(force.answer_with(503, honest, request, caller, sandbox))
        case "html_500":
            return Delivery(
                replace(honest, status=500, headers=((b"content-type", _HTML),), body=_GATEWAY_PAGE)
            )
        case "wrong_content_type":
            headers = tuple(
                (name, _HTML if name == b"content-type" else value) for name, value in honest.headers
            )
            return Delivery(replace(honest, headers=headers))
        case "malformed_json":
            return Delivery(replace(honest, body=honest.body[: len(honest.body) // 2]))
        case "delay":
            return Delivery(honest, delay_ms=fault.delay_ms)
        case "slow_body":
            return Delivery(honest, body_ms=fault.delay_ms)
        case "reset" | "empty" | "truncate":
            return Delivery(honest, cut=fault.kind)


async def send_answer(answer: Answer, method: str, send: Send) -> None:
    """An answer as it stands."""
    body = b"" if method == "HEAD" else answer.body
    await send(_start(answer, len(body)))
    await send({"type": "http.response.body", "body": body})


async def deliver(delivery: Delivery, scope: Scope, receive: Receive, send: Send) -> None:
    """An answer with all that was decided about its way."""
    if delivery.delay_ms:
        await asyncio.sleep(delivery.delay_ms / 1000)
    answer, method = delivery.answer, scope["method"]
    if delivery.cut is None and not delivery.body_ms:
        await send_answer(answer, method, send)
        return
    if delivery.cut is None:
        await _drip(answer, delivery.body_ms / 1000, send)
        return
    if delivery.cut == "truncate":
        await send(_start(answer, len(answer.body)))
        await send(
            {"type": "http.response.body", "body": answer.body[: len(answer.body) // 2], "more_body": True}
        )
    await _hang_up(scope, receive, reset=delivery.cut == "reset")


def _start(answer: Answer, length: int) -> dict[str, object]:
    headers = [*answer.headers, (b"content-length", b"%d" % length)]
    return {"type": "http.response.start", "status": answer.status, "headers": headers}


async def _drip(answer: Answer, seconds: float, send: Send) -> None:
    body = answer.body
    await send(_start(answer, len(body)))
    size = -(-len(body) // _SLOW_CHUNKS) or 1
    for start in range(0, len(body), size):
        await asyncio.sleep(seconds / _SLOW_CHUNKS)
        await send({"type": "http.response.body", "body": body[start : start + size], "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _hang_up(scope: Scope, receive: Receive, *, reset: bool) -> None:
    line: Line | None = scope.get("extensions", {}).get(EXTENSION)
    if line is None:
        raise ConnectionResetError("a fault of this sandbox ended the connection")
    if reset:
        line.reset()
    else:
        line.close()
    # Only when the server knows that the line is gone does it not answer by itself.
    while (await receive())["type"] != "http.disconnect":
        pass
