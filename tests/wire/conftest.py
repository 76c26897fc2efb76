"""A server of its own process, reached over a socket."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


PATH = "/api/services/analytics/v1/project/sessions"
BODY = json.dumps(
    {"start_date": "2026-01-01", "end_date": "2026-01-31", "sortKey": "id", "sortOrder": "asc", "filters": {}}
).encode()


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[str]
    ready_line: str
    log: Path

    @property
    def port(self) -> int:
        return int(self.ready_line.split("url=http://127.0.0.1:")[1].split()[0])

    def ask(self, body: bytes = BODY, **headers: str) -> tuple[int, bytes]:
        """POST to the endpoint; returns status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        sent = {"Authorization": "Bearer t", "Content-Type": "application/json", **headers}
        connection.request("POST", PATH, body, sent)
        reply = connection.getresponse()
        answer = reply.status, reply.read()
        connection.close()
        return answer

    def requests(self) -> list[int]:
        """The ids of the journal of `default`."""
        with urlopen(f"http://127.0.0.1:{self.port}/__admin/requests", timeout=10) as journal:
            return [exchange["id"] for exchange in json.load(journal)]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{PATH}"


class Servers:
    """Starts servers in a folder, and stops them all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[str]] = []

    def start(self, *words: str) -> Server:
        """Run `wemasy-mock serve` on a free port with these words; returns once it is ready."""
        log = self.folder / f"stderr-{len(self.processes)}"
        with log.open("w") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-m", "mockserver", "serve", "--port", "0", *words],
                cwd=self.folder, stdout=subprocess.PIPE, stderr=stderr, text=True,
            )  # fmt: skip
        self.processes.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, log.read_text()
        return Server(process, line, log)

    def stop(self) -> None:
        for process in self.processes:
            # A killed one would leave its workers behind.
            process.terminate()
            process.wait(10)
            if process.stdout:
                process.stdout.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts a server with these words; it is stopped after the test."""
    servers = Servers(tmp_path)
    yield servers.start
    servers.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server without a rate limit for all tests of a file; each proves that it survived."""
    servers = Servers(tmp_path_factory.mktemp("server"))
    yield servers.start("--rate-limit", "off")
    servers.stop()
