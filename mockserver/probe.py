"""Does a server answer? The command behind `ready`, which is also the container's health check."""

from __future__ import annotations

import sys
import time
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockserver.settings import Settings

_PATH = "/__admin/readyz"
_PAUSE_SECONDS = 0.05
_EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what to dial, not where to listen


def probe(settings: Settings, *, wait: bool, timeout_seconds: float) -> int:
    """0 as soon as the server answers; 1, with a sentence, if it does not."""
    host = address(settings.host)
    deadline = time.monotonic() + timeout_seconds
    while True:
        refusal = _ask(host, settings.port, max(0.1, deadline - time.monotonic()))
        if refusal is None:
            return 0
        if not wait or time.monotonic() + _PAUSE_SECONDS >= deadline:
            sys.stderr.write(f"wemasy-mock: nothing ready at {host} port {settings.port}: {refusal}\n")
            return 1
        time.sleep(_PAUSE_SECONDS)


def address(host: str) -> str:
    """Where to dial a server that listens on `host`."""
    return _EVERY_ADDRESS.get(host, host)


def _ask(host: str, port: int, timeout_seconds: float) -> str | None:
    connection = HTTPConnection(host, port, timeout=timeout_seconds)
    try:
        connection.request("GET", _PATH)
        status = connection.getresponse().status
    except (OSError, HTTPException) as reason:
        return str(reason) or type(reason).__name__
    finally:
        connection.close()
    return None if status == 200 else f"it answered {status}"  # noqa: PLR2004
