"""A server beside another program: started before it, stopped after it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from mockserver.errors import MockError, UsageError
from mockserver.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Generous: ten million rows take a while.
_START_SECONDS = 120
_STOP_SECONDS = 5
_PAUSE_SECONDS = 0.02

#: Passes any default server; a stricter `--token-pattern` wants WEMASY_API_TOKEN set outside.
TOKEN = "local-token"  # noqa: S105 - opens nothing but the fake

_NOT_FOUND, _NOT_EXECUTABLE = 127, 126


def run_beside(program: Sequence[str], flags: Mapping[str, str]) -> int:
    """Run the program with `WEMASY_API_URL` and `WEMASY_API_TOKEN` set; return its exit code.

    `flags` are the server's own, as given. Raises UsageError without a program, MockError if
    the server does not start.
    """
    words = list(program[1:] if program[:1] == ["--"] else program)
    if not words:
        raise UsageError("exec: no program given; say what to run behind --, such as: exec -- pytest")
    with tempfile.TemporaryDirectory(prefix="wemasy-mock-") as folder:
        port_file = Path(folder) / "port"
        server = subprocess.Popen(  # noqa: S603 - our own module
            [
                sys.executable,
                "-m",
                "mockserver",
                "serve",
                *_arguments({**flags, "port": flags.get("port", "0")}),
                "--port-file",
                str(port_file),
            ],
            stdout=subprocess.DEVNULL,
        )
        try:
            port = _wait(server, port_file)
            return _run(words, flags.get("host", "127.0.0.1"), port)
        finally:
            _stop(server)


def _arguments(flags: Mapping[str, str]) -> list[str]:
    switches = {setting.field for setting in SETTINGS if setting.is_switch}
    arguments = []
    for field, value in flags.items():
        name = "--" + field.replace("_", "-")
        arguments += [name] if field in switches else [name, value]
    return arguments


def _wait(server: subprocess.Popen[bytes], port_file: Path) -> int:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if port_file.exists():
            return int(port_file.read_text())
        if server.poll() is not None:
            raise MockError("the server did not start; its reason stands above")
        time.sleep(_PAUSE_SECONDS)
    raise MockError(f"the server was not ready after {_START_SECONDS} s")


def _run(words: Sequence[str], host: str, port: int) -> int:
    url = f"http://{host}:{port}"
    # The last is for the pytest plugin, which then starts no server of its own.
    environ = {"WEMASY_API_TOKEN": TOKEN, **os.environ, "WEMASY_API_URL": url, "WEMASY_MOCK_URL": url}
    try:
        code = subprocess.call(words, env=environ)  # noqa: S603 - it is what the user asked for
    except FileNotFoundError:
        sys.stderr.write(f"wemasy-mock: exec: there is no program {words[0]!r}\n")
        return _NOT_FOUND
    except PermissionError:
        sys.stderr.write(f"wemasy-mock: exec: {words[0]!r} can't be run\n")
        return _NOT_EXECUTABLE
    return code if code >= 0 else 128 - code


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
