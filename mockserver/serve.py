"""Run the server: listen, say so once it is true, stop cleanly."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import uvicorn
from uvicorn.supervisors import Multiprocess

from mockserver.app import create_app
from mockserver.errors import MockError, PortBusyError, UsageError
from mockserver.state import MEMORY
from mockserver.wire import LineProtocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.types import ASGIApp

    from mockserver.settings import Settings

#: Answers in flight get this long after a signal; with uvicorn's own pauses it stays below 2 s.
_GRACE_SECONDS = 1
_KEEP_ALIVE_SECONDS = 75
_BACKLOG = 2048
_POLL_SECONDS = 0.2


class _Server(uvicorn.Server):
    """uvicorn's server that tells us when it really listens."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._on_ready()


class _Workers(Multiprocess):
    """uvicorn's workers that tell us when all of them listen, and end where one can't start."""

    def __init__(
        self, config: uvicorn.Config, sockets: list[socket.socket], on_ready: Callable[[], None]
    ) -> None:
        super().__init__(config, sockets)
        self._on_ready = on_ready
        self.failed_with = 0

    def init_processes(self) -> None:
        super().init_processes()
        for worker in self.processes:
            while not worker.is_ready(_POLL_SECONDS):
                self.handle_signals()
                if worker.exitcode is not None:
                    self.failed_with = worker.exitcode
                    self.should_exit.set()
                if self.should_exit.is_set():
                    return
        self._on_ready()


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or Ctrl-C, then raise SystemExit(0).

    Raises PortBusyError if the address can't be had, UsageError for unusable settings and files.
    """
    if settings.workers > 1:
        _serve_from_many(settings)
        return
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    app = _ready_app(settings)
    listener = listen(settings.host, settings.port)
    _Server(_config(app), lambda: _announce(settings, listener)).run(sockets=[listener])


def _serve_from_many(settings: Settings) -> NoReturn:
    if settings.state == MEMORY:
        raise UsageError(
            f"--workers {settings.workers}: processes share no memory; add --state redis://HOST:6379, or use one worker"
        )
    if settings.drift:
        raise UsageError(f"--workers {settings.workers}: a --drift remembers in one process; use one worker")
    # All but the rows is tried here, so that what can't be used is said once.
    create_app(replace(settings, sessions=0, data=None))
    listener = listen(settings.host, settings.port)
    config = _config(partial(_worker_app, settings), factory=True, workers=settings.workers)
    workers = _Workers(config, [listener], lambda: _announce(settings, listener))
    workers.run()
    raise SystemExit(workers.failed_with)


def _worker_app(settings: Settings) -> ASGIApp:
    try:
        return _ready_app(settings)
    except MockError as reason:
        sys.stderr.write(f"wemasy-mock: {reason}\n")
        raise SystemExit(reason.exit_code) from None


def _ready_app(settings: Settings) -> ASGIApp:
    app = create_app(settings)
    # What is there now stays: the collector need not look at it again with every few requests.
    gc.freeze()
    return app


def _config(
    app: ASGIApp | Callable[[], ASGIApp], *, factory: bool = False, workers: int = 1
) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        factory=factory,
        workers=workers,
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


def _announce(settings: Settings, listener: socket.socket) -> None:
    port: int = listener.getsockname()[1]
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
