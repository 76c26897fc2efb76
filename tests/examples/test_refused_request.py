"""What a client makes of a refusal, and what the journal knows about it; no socket is needed for that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from mockserver.pytest_plugin.inprocess import AsgiSandbox

PATH = "/api/services/analytics/v1/project/sessions"


class InvalidQueryError(Exception):
    """The API does not accept these fields."""


def top_browsers(client: httpx.Client, sort_key: str) -> list[dict[str, Any]]:
    query = {"start_date": "2026-01-01", "end_date": "2026-01-31", "sortKey": sort_key, "sortOrder": "asc"}
    reply = client.post(PATH, json={**query, "filters": {}})
    if reply.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
        raise InvalidQueryError(", ".join(reply.json()["errors"]))
    rows: list[dict[str, Any]] = reply.raise_for_status().json()["data"]["data"]
    return rows


def test_the_fields_that_were_refused_are_named(wemasy_mock_asgi: AsgiSandbox) -> None:
    with wemasy_mock_asgi.client() as client, pytest.raises(InvalidQueryError, match="sortKey"):
        top_browsers(client, "browsr")
    (request,) = wemasy_mock_asgi.requests
    assert request.remarks[0].did_you_mean == "browser"
    assert request.nearest_valid["sortKey"] == "browser"


def test_a_token_that_was_revoked_is_an_error(wemasy_mock_asgi: AsgiSandbox) -> None:
    wemasy_mock_asgi.force(401)
    with wemasy_mock_asgi.client() as client, pytest.raises(httpx.HTTPStatusError, match="401"):
        top_browsers(client, "browser")


def test_a_connection_that_breaks_is_an_error(wemasy_mock_asgi: AsgiSandbox) -> None:
    wemasy_mock_asgi.faults.add("truncate")
    with wemasy_mock_asgi.client() as client, pytest.raises(httpx.TransportError):
        top_browsers(client, "browser")
