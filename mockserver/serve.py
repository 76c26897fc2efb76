"""Run the server: listen, say so once it is true, stop cleanly."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from typing import TYPE_CHECKING, NoReturn

import uvicorn

from mockserver.app import create_app
from mockserver.errors import PortBusyError
from mockserver.wire import LineProtocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mockserver.settings import Settings

#: Answers in flight get this long after a signal; with uvicorn's own pauses it stays below 2 s.
_GRACE_SECONDS = 1
_KEEP_ALIVE_SECONDS = 75
_BACKLOG = 2048


class _Server(uvicorn.Server):
    """uvicorn's server that tells us when it really listens."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._on_ready()


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or Ctrl-C, then raise SystemExit(0).

    Raises PortBusyError if the address can't be had, UsageError for unusable files.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    app = create_app(settings)
    listener = listen(settings.host, settings.port)
    port: int = listener.getsockname()[1]
    config = uvicorn.Config(
        app,
        http=LineProtocol,
        log_config=None,
        log_level=logging.CRITICAL,
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    _Server(config, lambda: _announce(settings, port)).run(sockets=[listener])


def _stop(*_: object) -> NoReturn:
    raise SystemExit(0)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises PortBusyError, naming the address and the way out."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as reason:
        listener.close()
        raise PortBusyError(
            f"can't listen on {host} port {port}: {reason.strerror or reason}; "
            "choose another --port, or --port 0 for a free one"
        ) from None
    return listener


def _announce(settings: Settings, port: int) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    url = f"http://{host}:{port}"
    if settings.port_file:
        _write_whole(settings.port_file, f"{port}\n")
    sys.stdout.write(
        f"ready url={url} pid={os.getpid()} seed={settings.seed}"
        f" sessions={settings.sessions} profile={settings.profile}\n"
    )
    sys.stdout.flush()
    if sys.stderr.isatty() and not settings.quiet:
        sys.stderr.write(_banner(url))


def _write_whole(path: Path, text: str) -> None:
    """So that nobody ever reads half of it."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_text(text)
    beside.replace(path)


def _banner(url: str) -> str:
    return f"""
  wemasy-mock answers at {url}   (Ctrl-C stops it)

  curl -X POST {url}/api/services/analytics/v1/project/sessions \\
    -H 'Authorization: Bearer any-token' -H 'Content-Type: application/json' \\
    -d '{{"start_date": "2026-01-01", "end_date": "2026-01-31 23:59:59",
         "sortKey": "created_at", "sortOrder": "desc", "filters": {{}}}}'

"""
