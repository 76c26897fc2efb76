"""Who is refused, in which order, and what it costs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.reading import UNLIMITED

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "/api/services/analytics/v1/project/sessions"


def test_request_61_is_refused_and_says_when_to_come_back(client: Any) -> None:
    remaining = [int(client.post().headers["x-ratelimit-remaining"]) for _ in range(60)]
    assert remaining == list(range(59, -1, -1))
    reply = client.post()
    assert reply.status == 429
    assert reply.json == {"error": True, "message": "Too Many Attempts."}
    assert reply.headers["x-ratelimit-remaining"] == "0"
    assert 1 <= int(reply.headers["retry-after"]) <= 60


def test_the_window_opens_again_after_its_last_second(client: Any) -> None:
    for _ in range(61):
        client.post()
    client.clock.offset_seconds = 59.0
    assert client.post().status == 429
    client.clock.offset_seconds = 60.0
    assert client.post().headers["x-ratelimit-remaining"] == "59"


def test_each_token_has_its_own_quota(client: Any) -> None:
    client.post(token="a")
    assert client.post(token="b").headers["x-ratelimit-remaining"] == "59"


@pytest.mark.parametrize("token", [None, "expired-1", "revoked-1", "with blank"])
def test_a_token_that_is_no_token_is_unauthenticated(client: Any, token: str | None) -> None:
    reply = client.post(token=token)
    assert (reply.status, reply.json) == (401, {"error": True, "message": "Unauthenticated."})
    assert reply.headers["x-ratelimit-remaining"] == "59"


def test_a_forbidden_token_is_forbidden_and_pays(client: Any) -> None:
    reply = client.post(token="forbidden-1")
    assert (reply.status, reply.json) == (403, {"error": True, "message": "This action is unauthorized."})
    assert client.post(token="forbidden-1").headers["x-ratelimit-remaining"] == "58"


def test_in_the_laravel_profile_a_refused_token_costs_nothing(make_client: Callable[..., Any]) -> None:
    reply = make_client(profile="laravel").post(token=None)
    assert (reply.status, reply.body) == (401, b'{"message":"Unauthenticated."}')
    assert not [name for name in reply.headers if "ratelimit" in name]


def test_the_token_comes_before_the_fields_and_the_quota_before_them_too(client: Any) -> None:
    assert client.post({}, token=None).status == 401
    for _ in range(60):
        assert client.post({}).status == 422
    assert client.post({}).status == 429
    assert client.post({}, token=None).status == 401
    assert client.send("GET").status == 405


def test_a_422_pays_and_carries_the_rate_headers(client: Any) -> None:
    assert client.post({}).headers["x-ratelimit-remaining"] == "59"
    assert client.post({}).headers["x-ratelimit-remaining"] == "58"


def test_without_a_limit_nothing_is_refused_and_the_headers_stay(make_client: Callable[..., Any]) -> None:
    client = make_client(rate_limit=UNLIMITED)
    assert {client.post().headers["x-ratelimit-remaining"] for _ in range(100)} == {"60"}


@pytest.mark.parametrize(
    "path", ["/", "/api", "/api/nope", PATH + "/1", PATH.replace("sessions", "Sessions"), "/api/./services"]
)
def test_any_other_path_is_not_found(client: Any, path: str) -> None:
    reply = client.send("POST", path)
    assert (reply.status, reply.json["error"]) == (404, True)
    assert "ratelimit" not in str(reply.headers)


@pytest.mark.parametrize("path", [PATH + "/", PATH.replace("s", "%73", 1)])
def test_a_closing_slash_and_an_encoded_letter_are_the_same_path(client: Any, path: str) -> None:
    assert client.send("POST", path).status == 422


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_any_other_method_is_not_allowed(client: Any, method: str) -> None:
    reply = client.send(method)
    assert (reply.status, reply.headers["allow"]) == (405, "POST")


def test_head_is_not_allowed_and_has_no_body(client: Any) -> None:
    reply = client.send("HEAD")
    assert (reply.status, reply.body) == (405, b"")


@pytest.mark.parametrize(
    ("body", "query", "headers"),
    [({"_method": "put"}, "", {}), ({}, "_method=PUT", {}), ({}, "", {"X-HTTP-Method-Override": "PUT"})],
)
def test_a_post_may_say_that_it_is_another_method(client: Any, body: Any, query: str, headers: Any) -> None:
    reply = client.send("POST", query=query, body=json.dumps(body).encode(), headers=headers)
    assert reply.status == 405
    assert "The PUT method" in reply.json["message"]


def test_a_method_that_cannot_be_is_a_bad_request(client: Any) -> None:
    assert client.send("POST", query="_method=P%20UT").status == 400


def test_options_says_what_is_allowed_and_a_preflight_lets_any_origin_in(client: Any) -> None:
    plain = client.send("OPTIONS", token=None)
    assert (plain.status, plain.headers["allow"], plain.body) == (200, "POST", b"")
    asked = {
        "Origin": "http://ui.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    preflight = client.send("OPTIONS", token=None, headers=asked)
    assert (preflight.status, preflight.headers["access-control-allow-headers"]) == (204, "authorization")


@pytest.mark.parametrize(
    ("mode", "origin", "exposed"), [("off", None, False), ("laravel", "*", False), ("dev", "*", True)]
)
def test_cors_lets_origins_in_as_set(
    make_client: Callable[..., Any], mode: str, origin: str | None, *, exposed: bool
) -> None:
    headers = make_client(cors=mode).post().headers
    assert headers.get("access-control-allow-origin") == origin
    assert ("access-control-expose-headers" in headers) is exposed


@pytest.mark.parametrize(
    ("headers", "path", "status"),
    [({}, PATH + "%ff", 400), ({"host": "a b"}, PATH, 400), ({"host": 'x"<script>'}, PATH, 400)],
)
def test_an_address_that_is_none_is_a_bad_request(client: Any, headers: Any, path: str, status: int) -> None:
    assert client.send("POST", path, headers=headers).status == status


def test_a_body_over_8_mib_is_too_large(client: Any) -> None:
    assert client.send("POST", body=b"x" * (8 * 1024 * 1024)).status == 422
    assert client.send("POST", body=b"x" * (8 * 1024 * 1024 + 1)).status == 413


def test_a_failure_of_ours_looks_like_the_vendor_s_and_is_logged_in_full(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("mockserver.routes.sessions.search", broken)
    reply = client.post()
    assert (reply.status, reply.json) == (500, {"error": True, "message": "Server Error"})
    assert reply.headers["x-ratelimit-remaining"] == "59"
    assert "RuntimeError: a bug" in client.log.getvalue()


def test_the_log_has_a_line_for_each_request_and_no_whole_token(client: Any) -> None:
    client.post(token="secret-token-1234")
    client.post({}, token="secret-token-1234")
    lines = client.log.getvalue().splitlines()
    assert [" 200 " in lines[0], " 422 " in lines[1], len(lines)] == [True, True, 2]
    assert "secret-token" not in client.log.getvalue()
