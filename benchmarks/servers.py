"""The servers that are compared, each in processes of its own, and what they cost. It takes Linux."""  # noqa: INP001 - commands, no package

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import questions

if TYPE_CHECKING:
    from types import TracebackType

_HERE = Path(__file__).parent
_CONTRACT = _HERE.parent / "contract" / "openapi.yaml"
_PAUSE_SECONDS = 0.002
_LONGEST_START_SECONDS = 300
_LONGEST_ANSWER_SECONDS = 30
_STOP_SECONDS = 10


class BenchmarkError(Exception):
    """Nothing was measured; the text says why."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A server that can be started. It is asked one `slowness`th of the requests of the quickest."""

    name: str
    command: tuple[str, ...]
    slowness: int = 1


def floor(length: int) -> Kind:
    """A raw ASGI app that answers `length` bytes, whatever it is asked."""
    return Kind("floor", (sys.executable, str(_HERE / "floor.py"), str(length)))


def ours(name: str, *flags: str) -> Kind:
    """This project's fake, which refuses nothing for its rate."""
    fake = (sys.executable, "-m", "mockserver", "serve", "--rate-limit", "off", "-q")
    return Kind(name, (*fake, *flags, "--port"))


def prisms(program: str | None) -> list[Kind]:
    """Prism with fixed and with generated answers out of the contract; none where it is not installed."""
    found = shutil.which(program or "prism")
    if not found:
        sys.stderr.write("Prism is not installed (npm install -g @stoplight/prism-cli): left out\n")
        return []
    mock = (found, "mock", str(_CONTRACT), "--verboseLevel", "silent")
    return [
        Kind("Prism static", (*mock, "--port"), slowness=8),
        Kind("Prism dynamic", (*mock, "--dynamic", "--port"), slowness=40),
    ]


class Server:
    """A running server, from its first answer on; as a context, until the block ends.

    `start_seconds` and `start_cpu_seconds` are what that answer took.
    """

    def __init__(self, kind: Kind) -> None:
        """Raises `BenchmarkError` for a server that gives up, or whose first answer is not a 200."""
        self.kind = kind
        self.port = _free_port()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        began = time.perf_counter()
        self._process = subprocess.Popen(  # noqa: S603 - what this module names
            [*kind.command, str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=self._errors,
            env=environment(),
        )
        try:
            self.answer = self._first_answer(began)
        except BaseException:
            self.stop()
            raise
        self.start_seconds = time.perf_counter() - began
        self.start_cpu_seconds = self.cpu_seconds()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def cpu_seconds(self) -> float:
        """User and system time of the process and its children."""
        # The kernel's clock for a process, by the formula behind clock_getcpuclockid(3): nanoseconds, not ticks.
        return sum(time.clock_gettime(~process << 3 | 2) for process in self._family())

    def memory_mb(self) -> float:
        """Resident memory of the process and its children."""
        pages = sum(int(Path(f"/proc/{process}/statm").read_text().split()[1]) for process in self._family())
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def _family(self) -> list[int]:
        family = [self._process.pid]
        for process in family:
            for children in Path(f"/proc/{process}/task").glob("*/children"):
                family += map(int, children.read_text().split())
        return family

    def _first_answer(self, began: float) -> bytes:
        """The body of the first answer."""
        while time.perf_counter() - began < _LONGEST_START_SECONDS:
            if self._process.poll() is not None:
                self._errors.seek(0)
                raise BenchmarkError(f"{self.kind.name} stopped: {self._errors.read().decode()[-2000:]}")
            with contextlib.suppress(ConnectionRefusedError):
                return _asked(self.port, questions.VALID[0], self.kind.name)
            time.sleep(_PAUSE_SECONDS)
        raise BenchmarkError(f"{self.kind.name} did not answer within {_LONGEST_START_SECONDS} s")


def environment() -> dict[str, str]:
    """Ours without what would make a start slower than a user's, or change what is started."""
    return {
        name: value
        for name, value in os.environ.items()
        if name != "PYTHONDONTWRITEBYTECODE" and not name.startswith("WEMASY_")
    }


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def _asked(port: int, question: questions.Question, name: str) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=_LONGEST_ANSWER_SECONDS) as connection:
        connection.sendall(question.wire)
        with connection.makefile("rb") as answer:
            status = answer.readline()
            headers = dict(line.lower().split(b":", 1) for line in iter(answer.readline, b"\r\n"))
            body = answer.read(int(headers[b"content-length"]))
    check_status(status, question, name)
    return body


def check_status(line: bytes, question: questions.Question, name: str) -> None:
    """Raise `BenchmarkError` for another status than the question's: errors must not be measured."""
    if line[9:12] != b"%d" % question.status:
        raise BenchmarkError(f"{name} answers {line[:40]!r} where {question.status} belongs")
