"""A request as the vendor's side sees it: plain values, read once from ASGI."""

from __future__ import annotations

from string import ascii_lowercase, digits
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from starlette.types import Receive, Scope

#: PHP's `post_max_size` as recorded: one byte more is a 413.
MAX_BODY_BYTES = 8 * 1024 * 1024

_HOST_CHARACTERS = f"{ascii_lowercase}{digits}-._~:[]"


class Request(NamedTuple):
    """One request. `body` is None where it is larger than `MAX_BODY_BYTES`.

    `path` is as sent, still percent-encoded; header names are lower case, values latin-1 text.
    """

    method: str
    scheme: str
    path: bytes
    query: bytes
    headers: dict[str, str]
    client: str
    body: bytes | None

    @property
    def host(self) -> str | None:
        """The Host header in lower case, "localhost" if there is none, None if it is no host."""
        host = self.headers.get("host", "localhost").lower()
        # Nothing is left of a text all of whose characters are taken off.
        return None if host.strip(_HOST_CHARACTERS) else host


async def read(scope: Scope, receive: Receive) -> Request:
    """Read a request to its end, or to the first byte too many."""
    client = scope.get("client")
    return Request(
        method=scope["method"],
        scheme=scope["scheme"],
        path=scope.get("raw_path") or scope["path"].encode(),
        query=scope["query_string"],
        # Blanks around a value are no part of it; not every HTTP parser takes them off.
        headers={
            name.decode("latin-1"): value.decode("latin-1").strip(" \t") for name, value in scope["headers"]
        },
        client=client[0] if client else "",
        body=await _body(receive),
    )


async def _body(receive: Receive) -> bytes | None:
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body if len(body) <= MAX_BODY_BYTES else None
    chunks, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BODY_BYTES:
            return None
        chunks.append(chunk)
    return b"".join(chunks)
