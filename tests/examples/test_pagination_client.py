"""A client that reads every page, over rows of the test's own and over rows that change meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from mockserver.pytest_plugin.sandbox import Sandbox

PATH = "/api/services/analytics/v1/project/sessions"
WANTED = {"start_date": "2026-01-01", "end_date": "2026-01-31 23:59:59", "sortKey": "created_at"}


def every_session(url: str, token: str) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    following: str | None = url + PATH
    with httpx.Client(headers={"Authorization": f"Bearer {token}"}) as client:
        while following:
            reply = client.post(following, json={**WANTED, "sortOrder": "desc", "filters": {}})
            page = reply.raise_for_status().json()["data"]
            found.update({row["id"]: row for row in page["data"]})
            following = page["next_page_url"]
    return list(found.values())


def test_every_session_is_read_once(wemasy_mock: Sandbox) -> None:
    wemasy_mock.data.put({"id": day, "created_at": f"2026-01-{day:02} 12:00:00"} for day in range(1, 32))
    sessions = every_session(wemasy_mock.url, wemasy_mock.token)
    assert [session["id"] for session in sessions] == list(range(31, 0, -1))
    assert [request.query for request in wemasy_mock.requests] == ["", "page=2", "page=3"]


def test_a_new_account_has_no_sessions(wemasy_mock: Sandbox) -> None:
    wemasy_mock.scenario("empty_account")
    assert every_session(wemasy_mock.url, wemasy_mock.token) == []


def test_sessions_that_move_to_the_next_page_are_no_duplicates(wemasy_mock: Sandbox) -> None:
    wemasy_mock.scenario("data_changes_between_pages")
    sessions = every_session(wemasy_mock.url, wemasy_mock.token)
    served = sum(len(request.answer_json["data"]["data"]) for request in wemasy_mock.requests)
    assert len({session["id"] for session in sessions}) == len(sessions) == served - 5
