"""A client that waits as long as it is told; its sleep is the sandbox's clock, so a minute takes no time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.pytest_plugin.sandbox import Sandbox

PATH = "/api/services/analytics/v1/project/sessions"
JANUARY = {"start_date": "2026-01-01", "end_date": "2026-01-31 23:59:59", "sortKey": "id", "sortOrder": "asc"}
ATTEMPTS = 3


def fetch(url: str, token: str, sleep: Callable[[float], None] = time.sleep) -> dict[str, Any]:
    for _ in range(ATTEMPTS):
        headers = {"Authorization": f"Bearer {token}"}
        reply = httpx.post(url + PATH, json={**JANUARY, "filters": {}}, headers=headers)
        if reply.status_code != httpx.codes.TOO_MANY_REQUESTS:
            break
        sleep(int(reply.headers["Retry-After"]))
    page: dict[str, Any] = reply.raise_for_status().json()["data"]
    return page


def test_it_waits_until_the_window_is_over(wemasy_mock: Sandbox) -> None:
    wemasy_mock.clock.freeze()
    wemasy_mock.rate_limit.exhaust()
    assert fetch(wemasy_mock.url, wemasy_mock.token, sleep=wemasy_mock.clock.advance)["total"] > 0
    assert [request.status for request in wemasy_mock.requests] == [429, 200]


def test_it_gives_up_when_it_is_refused_again_and_again(wemasy_mock: Sandbox) -> None:
    wemasy_mock.force(429, times=None)
    with pytest.raises(httpx.HTTPStatusError, match="429"):
        fetch(wemasy_mock.url, wemasy_mock.token, sleep=wemasy_mock.clock.advance)
    assert len(wemasy_mock.requests) == ATTEMPTS
