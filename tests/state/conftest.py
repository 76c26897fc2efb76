"""Several workers on one Redis, each an app of its own in this process."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

SANDBOX = "s"
TOKEN = f"sbx-{SANDBOX}"


class Workers:
    """Workers that answer in turn, with a clock of one mind."""

    def __init__(self, make: Callable[..., Any], count: int, **settings: Any) -> None:
        self.all = [make(**settings) for _ in range(count)]

    def __getitem__(self, number: int) -> Any:
        return self.all[number]

    def admin(self, number: int, method: str, path: str, body: Any = None) -> Any:
        """An admin call at one worker, for the sandbox of `TOKEN`."""
        content = b"" if body is None else json.dumps(body).encode()
        headers = {
            "host": "127.0.0.1",
            "content-length": str(len(content)),
            "content-type": "application/json",
        }
        sent = self[number].raw(method, f"/__admin/{path}", f"sandbox={SANDBOX}", headers, content)
        reply = asyncio.run(sent)
        assert reply.status < 300, reply.body
        return reply.json if reply.body else None

    def ask(self, count: int, **changes: Any) -> list[Any]:
        """So many requests of `TOKEN`, one worker after the other."""
        return [
            self[number % len(self.all)].post(token=TOKEN, read_status="", **changes)
            for number in range(count)
        ]


@pytest.fixture
def make_workers(make_client: Callable[..., Any], redis_server: Any) -> Callable[..., Workers]:
    """So many workers on a fresh Redis; keyword arguments are settings."""
    return lambda count=2, **settings: Workers(make_client, count, state=redis_server.url, **settings)


@pytest.fixture
def workers(make_workers: Callable[..., Workers]) -> Workers:
    """Two workers with default settings."""
    return make_workers()
