"""The fake without a socket."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any, NoReturn

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH = "/api/services/analytics/v1/project/sessions"
UNREAD = {
    "start_date": "2026-01-01", "end_date": "2026-01-31 23:59:59", "sortKey": "id", "sortOrder": "asc",
    "read_status": "unread", "filters": {},
}  # fmt: skip
TOTAL = 45


def test_a_client_carries_the_token_and_its_own_options(wemasy_mock_asgi: Any) -> None:
    with wemasy_mock_asgi.client(headers={"X-Trace": "t1"}) as client:
        assert client.post(PATH, json=UNREAD).json()["data"]["total"] == TOTAL
    (request,) = wemasy_mock_asgi.requests
    assert (request.headers["x-trace"], request.headers["accept"]) == ("t1", "application/json")


def test_an_async_client_works_and_so_do_the_controls_beside_it(wemasy_mock_asgi: Any) -> None:
    async def both() -> list[int]:
        async with wemasy_mock_asgi.async_client() as client:
            first = await client.post(PATH, json=UNREAD)
            wemasy_mock_asgi.force(429)
            second = await client.post(PATH, json=UNREAD)
            return [first.status_code, second.status_code]

    assert asyncio.run(both()) == [200, 429]
    assert [request.status for request in wemasy_mock_asgi.requests] == [200, 429]


def test_an_async_client_meets_a_connection_that_ends(wemasy_mock_asgi: Any) -> None:
    async def ask() -> None:
        async with wemasy_mock_asgi.async_client() as client:
            await client.post(PATH, json=UNREAD)

    wemasy_mock_asgi.faults.add("reset")
    with pytest.raises(httpx.ReadError, match="fault"):
        asyncio.run(ask())


def test_the_links_lead_back_through_the_transport(wemasy_mock_asgi: Any) -> None:
    with wemasy_mock_asgi.client() as client:
        following = client.post(PATH, json=UNREAD).json()["data"]["next_page_url"]
        assert client.post(following, json=UNREAD).json()["data"]["current_page"] == 2


def test_a_body_may_come_in_pieces(wemasy_mock_asgi: Any) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"sortKey": '
        yield b'"id"}'

    with wemasy_mock_asgi.client() as client:
        client.post(PATH, content=pieces(), headers={"Content-Type": "application/json"})
    assert wemasy_mock_asgi.requests[0].json == {"sortKey": "id"}


def test_no_connection_is_made(wemasy_mock_asgi: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with wemasy_mock_asgi.client() as client:
        assert client.post(PATH, json=UNREAD).status_code == 200
    assert len(wemasy_mock_asgi.requests) == 1
