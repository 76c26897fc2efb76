"""The server behind the sandboxes: somebody's own, or one that is started for the run."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockserver.pytest_plugin.admin import Admin, ControlError, over_http
from mockserver.pytest_plugin.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

#: The base URL of a running server; none is started where it is set.
URL_VARIABLE = "WEMASY_MOCK_URL"
#: That server's `--admin-token`, if it has one.
ADMIN_TOKEN_VARIABLE = "WEMASY_MOCK_ADMIN_TOKEN"  # noqa: S105 - a name

_STOP_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Server:
    """A running fake at a base URL."""

    url: str
    admin: Admin

    def sandbox(self) -> Sandbox:
        """One more sandbox, for a test that needs two; a `with` block drops it."""
        return Sandbox(self.admin, self.url)


@contextmanager
def serving(environ: Mapping[str, str], folder: Path) -> Iterator[Server]:
    """The server at `WEMASY_MOCK_URL`, or one that is started in `folder` and stops afterwards.

    Raises ControlError if there is none, or none that gives sandboxes.
    """
    admin_token = environ.get(ADMIN_TOKEN_VARIABLE)
    if given := environ.get(URL_VARIABLE):
        yield _connected(given, admin_token)
    else:
        with _started(environ, folder) as url:
            yield _connected(url, admin_token)


def _connected(url: str, admin_token: str | None) -> Server:
    base = url.rstrip("/")
    server = Server(base, Admin(over_http(base), admin_token))
    server.admin.call("GET", "info")
    return server


@contextmanager
def _started(environ: Mapping[str, str], folder: Path) -> Iterator[str]:
    """The base URL of a server of our own. What it writes to stderr pytest captures with the rest."""
    process = subprocess.Popen(
        # -P: a folder of the user's that is called mockserver is not meant.
        [sys.executable, "-P", "-m", "mockserver", "serve", "--host", "127.0.0.1", "--port", "0", "-q"],
        cwd=folder,
        env={**environ, "WEMASY_MOCK_NO_ADMIN": "false"},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield _announced(process)
        finally:
            _stop(process)


def _announced(process: subprocess.Popen[str]) -> str:
    """The URL in the ready line."""
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    line = process.stdout.readline()
    words = dict(word.partition("=")[::2] for word in line.split())
    if "url" not in words:
        raise ControlError(
            f"wemasy-mock did not start (exit code {process.wait(_STOP_SECONDS)}); "
            "its reason stands in the captured stderr"
        )
    return words["url"]


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
