"""What ASGI has no word for.

Ending a connection in the middle, sending head and body of an answer together, and how long a request's head may be.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mockserver.delivery import EXTENSION

#: The journal keeps a thousand heads a sandbox. Servers in front of Laravel take a good deal less.
MAX_HEAD_BYTES = 64 * 1024

_ON, _NO_SECONDS = 1, 0


class _Joining(asyncio.Transport):
    """Sends in one go what is written in one turn of the loop.

    uvicorn writes an answer's head and its body one by one; a call of the kernel for each is a seventh of an answer's cost.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._held: list[bytes] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if not self._held:
            self._loop.call_soon(self._send)
        self._held.append(bytes(data))

    def _send(self) -> None:
        held, self._held = self._held, []
        if held:
            self._transport.write(b"".join(held))

    def close(self) -> None:
        self._send()
        self._transport.close()

    def abort(self) -> None:
        self._held = []
        self._transport.abort()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - as asyncio has it
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        self._transport.resume_reading()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._transport.set_protocol(protocol)


class _Line:
    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport

    def reset(self) -> None:
        """With no time to linger, the kernel sends RST instead of FIN."""
        connection = self._transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", _ON, _NO_SECONDS))
        self._transport.abort()

    def close(self) -> None:
        self._transport.close()


class LineProtocol(HttpToolsProtocol):
    """uvicorn's protocol, whose requests can reach their connection."""

    _extensions: dict[str, Any]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn does
        joining = _Joining(transport, self.loop)
        super().connection_made(joining)
        self._extensions = {EXTENSION: _Line(joining)}

    def on_headers_complete(self) -> None:
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > MAX_HEAD_BYTES:
            # As uvicorn's parser says it of any head that it can't take: a 400, and the connection ends.
            raise ValueError("the head is too long")
        super().on_headers_complete()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = self._extensions
