"""Factories that every test may use, and the guard that keeps tests on this machine."""

from __future__ import annotations

import asyncio
import io
import ipaddress
import json
import socket
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.app import create_app
from mockserver.clock import Clock
from mockserver.log import Log
from mockserver.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
            "asgi": {"version": "3.0"},
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


@pytest.fixture
def client(make_client: Callable[..., Client]) -> Client:
    """A client of an app with default settings."""
    return make_client()


def new_client(**settings: Any) -> Client:
    clock = Clock(machine=lambda: 1_769_904_000.0)
    log = io.StringIO()
    app = create_app(replace(Settings(), **settings), clock=clock, log=Log(stream=log))
    return Client(app, clock, log)
