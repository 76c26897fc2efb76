"""The admin API of an app in this process."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


class Admin:
    """Calls the admin API of a client's app."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def call(self, method: str, path: str, body: Any = None, query: str = "", **headers: str) -> Any:
        """Header names are given with underscores; None takes one away."""
        sent = {"host": "127.0.0.1:8420"}
        if body is not None:
            sent["content-type"] = "application/json"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        content = b"" if body is None else json.dumps(body).encode()
        if content:
            sent["content-length"] = str(len(content))
        return asyncio.run(self.client.raw(method, f"/__admin/{path}", query, sent, content))

    def get(self, path: str, query: str = "") -> Any:
        return self._done(self.call("GET", path, query=query))

    def put(self, path: str, body: Any, query: str = "") -> Any:
        return self._done(self.call("PUT", path, body, query))

    def post(self, path: str, body: Any = None, query: str = "") -> Any:
        return self._done(self.call("POST", path, body, query))

    def delete(self, path: str, query: str = "") -> Any:
        return self._done(self.call("DELETE", path, query=query))

    def _done(self, reply: Any) -> Any:
        assert reply.status < 300, reply.body
        return reply.json if reply.body else None


@pytest.fixture
def admin(client: Any) -> Admin:
    """The admin API beside `client`."""
    return Admin(client)


@pytest.fixture
def make_admin(make_client: Callable[..., Any]) -> Callable[..., Admin]:
    """The admin API of a fresh app; keyword arguments are settings."""
    return lambda **settings: Admin(make_client(**settings))


@pytest.fixture(params=["memory", "redis"])
def make_client(request: pytest.FixtureRequest, make_client: Callable[..., Any]) -> Callable[..., Any]:
    """What holds of the admin API holds wherever sandboxes live."""
    if request.param == "memory":
        return make_client
    url = request.getfixturevalue("redis_server").url
    return lambda **settings: make_client(state=url, **settings)
