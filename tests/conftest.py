"""Factories that every test may use, and the guard that keeps tests on this machine."""

from __future__ import annotations

import asyncio
import io
import ipaddress
import json
import os
import shutil
import socket
import subprocess
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from mockserver.app import create_app
from mockserver.clock import Clock
from mockserver.log import Log
from mockserver.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

pytest_plugins = ["pytester"]

ENDPOINT = "/api/services/analytics/v1/project/sessions"

#: The page's own sample, its `filters` made an object.
SAMPLE: dict[str, Any] = {
    "start_date": "2026-01-01 00:00:00",
    "end_date": "2026-01-31 23:59:59",
    "sortKey": "created_at",
    "sortOrder": "desc",
    "read_status": "unread",
    "per_page": "string",
    "check_irregular_traffic": "string",
    "include_ip_addresses": "string",
    "filters": {},
}


@pytest.fixture(autouse=True)
def _no_network_but_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = address[0]
            assert host == "localhost" or ipaddress.ip_address(host).is_loopback, f"a test calls {host}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@dataclass(frozen=True)
class Reply:
    """An answer as a client sees it; header names are lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def data(self) -> Any:
        return self.json["data"]


class Client:
    """Asks one app in-process, without a socket."""

    def __init__(self, app: Any, clock: Clock, log: io.StringIO) -> None:
        self.app = app
        self.clock = clock
        self.log = log

    def post(
        self, body: Any = None, *, token: str | None = "token-1", query: str = "", **changes: Any
    ) -> Reply:
        """POST JSON to the endpoint; `changes` are fields on top of `body` (the page's sample)."""
        fields = {**(SAMPLE if body is None else body), **changes}
        return self.send("POST", token=token, query=query, body=json.dumps(fields).encode())

    def send(
        self,
        method: str,
        path: str = ENDPOINT,
        *,
        query: str = "",
        body: bytes = b"",
        token: str | None = "token-1",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        sent = {"host": "127.0.0.1:8420", "content-type": "application/json", "accept": "application/json"}
        if token is not None:
            sent["authorization"] = f"Bearer {token}"
        return asyncio.run(self.raw(method, path, query, {**sent, **(headers or {})}, body))

    async def raw(self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> Reply:
        sent: list[dict[str, Any]] = []
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8420),
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        reply_headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Reply(
            sent[0]["status"], reply_headers, b"".join(message.get("body", b"") for message in sent[1:])
        )


@pytest.fixture
def make_client() -> Callable[..., Client]:
    """A client of a fresh app; keyword arguments are settings."""
    return new_client


class RedisServer:
    """A real redis-server on a socket file, which can be lost and come back."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["redis-server", "--port", "0", "--unixsocket", str(self.socket), "--save", ""]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        with Redis.from_url(self.url, retry=Retry(ConstantBackoff(0.02), 500)) as redis:
            redis.ping()

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None

    @property
    def client(self) -> Redis:
        return Redis.from_url(self.url)


@pytest.fixture(scope="session")
def _redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    if shutil.which("redis-server") is None:
        if os.environ.get("CI"):
            pytest.fail("there is no redis-server; install it, such as by: apt-get install redis-server")
        pytest.skip("there is no redis-server")
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis_server(_redis_server: RedisServer) -> RedisServer:
    """A redis-server that runs and holds nothing."""
    if _redis_server.process is None:
        _redis_server.start()
    with _redis_server.client as client:
        client.flushall()
    return _redis_server


@pytest.fixture
def client(make_client: Callable[..., Client]) -> Client:
    """A client of an app with default settings."""
    return make_client()


def new_client(**settings: Any) -> Client:
    clock = Clock(machine=lambda: 1_769_904_000.0)
    log = io.StringIO()
    app = create_app(replace(Settings(), **settings), clock=clock, log=Log(stream=log))
    return Client(app, clock, log)
