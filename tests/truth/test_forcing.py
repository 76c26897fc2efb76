"""What a request asks for itself, and the golden exchanges that it may ask for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from mockserver import examples, latency
from mockserver.latency import Latency

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "http://127.0.0.1:8420/api/services/analytics/v1/project/sessions"


def prefer(client: Any, wish: str, fields: Any = None, **more: Any) -> Any:
    body = json.dumps(examples.load("success").request if fields is None else fields).encode()  # type: ignore[union-attr]
    return client.send("POST", body=body, headers={"prefer": wish}, **more)


def test_a_forced_429_has_the_whole_honest_header_set(client: Any) -> None:
    reply = prefer(client, "code=429")
    assert (reply.status, reply.json) == (429, {"error": True, "message": "Too Many Attempts."})
    assert (reply.headers["x-ratelimit-limit"], reply.headers["x-ratelimit-remaining"]) == ("60", "0")
    assert (reply.headers["retry-after"], reply.headers["preference-applied"]) == ("60", "code=429")
    assert client.post().headers["x-ratelimit-remaining"] == "58"


@pytest.mark.parametrize("code", [401, 403, 422, 500])
def test_a_forced_refusal_has_the_quota_and_the_vendor_s_words(client: Any, code: int) -> None:
    reply = prefer(client, f"code={code}")
    assert (reply.status, reply.headers["x-ratelimit-remaining"]) == (code, "59")
    assert reply.json["message"]
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "retry-after" not in reply.headers


def test_under_laravel_a_forced_401_has_no_quota(make_client: Callable[..., Any]) -> None:
    reply = prefer(make_client(profile="laravel"), "code=401")
    assert (reply.status, reply.json) == (401, {"message": "Unauthenticated."})
    assert not [name for name in reply.headers if "ratelimit" in name]


def test_a_forced_405_says_what_is_allowed_and_a_forced_503_when_to_come_back(client: Any) -> None:
    assert prefer(client, "code=405").headers["allow"] == "POST"
    assert prefer(client, "code=503").headers["retry-after"] == "60"


def test_the_honest_answer_goes_out_if_it_has_the_code(client: Any) -> None:
    reply = prefer(client, "code=422", {"sortKey": "nope"})
    assert "start_date" in reply.json["errors"]
    assert reply.headers["preference-applied"] == "code=422"


def test_a_forced_200_of_an_invalid_request_is_the_example(client: Any) -> None:
    reply = prefer(client, "code=200", {})
    assert (reply.status, reply.data["path"], reply.data["total"]) == (200, URL, 45)


def test_a_code_may_stand_in_the_query(client: Any) -> None:
    reply = client.post(query="__code=403")
    assert (reply.status, reply.headers["preference-applied"]) == (403, "code=403")
    assert prefer(client, "code=429", query="__code=403").status == 429


def test_wishes_are_joined_by_commas(client: Any) -> None:
    reply = prefer(client, 'delay=1, example="last-page"')
    assert reply.headers["preference-applied"] == "delay=1, example=last-page"
    assert reply.data["next_page_url"] is None


@pytest.mark.parametrize(
    "wish", ["respond-async", "code=200000", "code=204", "code=x", "delay=-1", "example=nope", "", ",;="]
)
def test_an_unknown_wish_is_ignored(client: Any, wish: str) -> None:
    reply = prefer(client, wish)
    assert (reply.status, "preference-applied" in reply.headers) == (200, False)


def test_an_example_of_another_status_gives_way_to_the_code(client: Any) -> None:
    reply = prefer(client, "code=403, example=success")
    assert (reply.status, reply.headers["preference-applied"]) == (403, "code=403")


@pytest.mark.parametrize(
    "name", [name for name in examples.names() if name not in ("too-many-requests", "server-error")]
)
def test_a_golden_exchange_is_what_the_fake_answers(client: Any, name: str) -> None:
    example = examples.load(name)
    assert example is not None
    reply = client.send("POST", token=example.token, body=json.dumps(example.request).encode())
    body = json.loads(json.dumps(example.body).replace(examples.URL, URL))
    assert (reply.status, reply.json) == (example.status, body)
    forced = prefer(client, f"example={name}")
    assert (forced.status, forced.json) == (example.status, body)


@pytest.mark.parametrize("text", ["200ms", "50ms..400ms", "lognormal(90,0.4)"])
def test_the_same_seed_draws_the_same_delays(text: str) -> None:
    spread = latency.parse(text)
    assert spread is not None
    first, second = Latency(spread, "s"), Latency(spread, "s")
    drawn = [first.draw_ms() for _ in range(200)]
    assert drawn == [second.draw_ms() for _ in range(200)]
    if not spread.sigma:
        assert spread.low_ms <= min(drawn) <= max(drawn) <= spread.high_ms
    else:
        assert 70 < sorted(drawn)[100] < 110


@pytest.mark.parametrize("text", ["fast", "5", "-1ms", "400ms..50ms", "61000ms", "lognormal(90)", "1s"])
def test_what_is_no_latency_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="lognormal"):
        latency.parse(text)


def test_every_answer_is_held_back_by_the_latency(make_client: Callable[..., Any]) -> None:
    client = make_client(latency=latency.parse("1ms..2ms"))
    client.post()
    client.post()
    first, second = client.app.state.sandboxes.default.journal.entries()
    assert 1 <= first.delay_ms <= 2
    assert first.delay_ms != second.delay_ms
