"""The one thing that ASGI has no word for: ending a connection in the middle."""

from __future__ import annotations

import socket
import struct
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mockserver.delivery import EXTENSION

if TYPE_CHECKING:
    import asyncio

_ON, _NO_SECONDS = 1, 0


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
        super().connection_made(transport)
        self._extensions = {EXTENSION: _Line(transport)}

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = self._extensions
