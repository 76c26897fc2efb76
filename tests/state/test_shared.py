"""What one worker counts, sets or records, every worker knows."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROW = {
    "id": 7,
    "browser": "Lynx",
    "device": "Desktop",
    "platform_os": "BSD",
    "country": "NL",
    "time_spend": 3,
    "read_status": "read",
    "created_at": "2026-01-05 00:00:00",
}


def remaining(replies: list[Any]) -> list[int]:
    return [int(reply.headers["x-ratelimit-remaining"]) for reply in replies]


def test_a_window_is_one_for_all_workers(make_workers: Callable[..., Any]) -> None:
    replies = make_workers(3).ask(62)
    assert remaining(replies[:60]) == list(range(59, -1, -1))
    assert [reply.status for reply in replies[58:]] == [200, 200, 429, 429]


def test_every_worker_gives_the_same_bytes(make_workers: Callable[..., Any]) -> None:
    workers = make_workers(4)
    for changes in ({}, {"sortKey": "browser"}, {"page": 3}, {"start_date": "never"}):
        assert len({reply.body for reply in workers.ask(4, **changes)}) == 1


def test_a_memory_server_and_a_worker_give_the_same_bytes(
    workers: Any, make_client: Callable[..., Any]
) -> None:
    alone, shared = make_client().post(), workers[0].post()
    assert (alone.status, alone.headers, alone.body) == (shared.status, shared.headers, shared.body)


def test_the_journal_holds_what_every_worker_answered(workers: Any) -> None:
    workers.ask(4)
    entries = workers.admin(1, "GET", "requests")
    assert [before["id"] < after["id"] for before, after in pairwise(entries)] == [True] * 3
    assert entries == workers.admin(0, "GET", "requests")
    assert all(entry["answer"]["body"] for entry in entries)


def test_a_limit_a_clock_and_an_exhausted_window_are_seen_by_all(workers: Any) -> None:
    workers.admin(0, "PUT", "rate-limit", {"limit": 3})
    assert remaining(workers.ask(2)) == [2, 1]
    workers.admin(1, "POST", "rate-limit/exhaust")
    assert [reply.status for reply in workers.ask(2)] == [429, 429]
    workers.admin(0, "POST", "clock/advance", {"seconds": 60})
    assert [reply.status for reply in workers.ask(2)] == [200, 200]
    workers.admin(1, "PUT", "clock", {"mode": "frozen", "now": "2030-05-05 00:00:00"})
    assert workers.admin(0, "GET", "clock")["now"] == "2030-05-05T00:00:00.000Z"


def test_a_fault_strikes_as_often_as_it_says_among_all_workers(workers: Any) -> None:
    workers.admin(0, "PUT", "faults", [{"kind": "status", "status": 500, "after": 1, "times": 3}])
    assert [reply.status for reply in workers.ask(6)] == [200, 500, 500, 500, 200, 200]
    assert [(fault["seen"], fault["struck"]) for fault in workers.admin(1, "GET", "faults")] == [(6, 3)]


def test_a_fault_of_chance_strikes_the_same_requests_as_in_one_process(
    workers: Any, make_client: Callable[..., Any]
) -> None:
    fault = [{"kind": "status", "status": 500, "probability": 0.5}]
    alone = type(workers)(make_client, 1)
    for each in (workers, alone):
        each.admin(0, "PUT", "faults", fault)
    statuses = [[reply.status for reply in each.ask(30)] for each in (workers, alone)]
    assert statuses[0] == statuses[1]
    assert set(statuses[0]) == {200, 500}


def test_a_scenario_takes_each_step_once(workers: Any, make_client: Callable[..., Any]) -> None:
    alone = type(workers)(make_client, 1)
    for each in (workers, alone):
        each.admin(0, "PUT", "scenario", {"name": "data_changes_between_pages"})
    bodies = [[reply.body for reply in each.ask(8)] for each in (workers, alone)]
    assert bodies[0] == bodies[1]
    assert len(set(bodies[0])) > 1
    assert workers.admin(1, "GET", "scenario")["requests"] == 8


def test_a_server_s_own_scenario_begins_once_for_all(make_workers: Callable[..., Any], tmp_path: Any) -> None:
    story = tmp_path / "story.yaml"
    story.write_text("# two, then none\nsteps:\n  - after: 2\n    faults: [{kind: status, status: 503}]\n")
    workers = make_workers(scenario=str(story))
    assert [reply.status for reply in workers.ask(4)] == [200, 200, 503, 503]


def test_rows_that_were_given_generated_or_arrived_are_the_same_everywhere(workers: Any) -> None:
    workers.admin(0, "PUT", "data", [ROW])
    assert [reply.data["total"] for reply in workers.ask(2)] == [1, 1]
    workers.admin(1, "POST", "data/generate", {"seed": 9, "sessions": 40})
    assert len({reply.body for reply in workers.ask(2)}) == 1
    assert workers.admin(0, "GET", "data")["rows"] == 40
    workers.admin(0, "DELETE", "data")
    assert workers.admin(1, "GET", "data")["rows"] == 1000


def test_a_profile_overlay_holds_everywhere_until_the_reset(workers: Any) -> None:
    workers.admin(0, "PUT", "profile", {"rules": {"read_status": "integer"}})
    assert [workers[number].post(token="sbx-s", read_status="x").status for number in (0, 1)] == [422, 422]
    workers.admin(1, "POST", "reset")
    assert {reply.status for reply in workers.ask(2)} == {200}
    assert len(workers.admin(0, "GET", "requests")) == 2


def test_a_refused_change_changes_nothing(workers: Any) -> None:
    with pytest.raises(AssertionError, match="Unprocessable"):
        workers.admin(0, "PUT", "profile", {"rules": {"read_status": "nosuch"}})
    assert workers.admin(1, "GET", "profile") == workers.admin(0, "GET", "profile")
    assert {reply.status for reply in workers.ask(2)} == {200}


def test_a_dropped_sandbox_is_gone_everywhere(workers: Any) -> None:
    workers.admin(0, "PUT", "rate-limit", {"limit": 1})
    workers.ask(2)
    workers.admin(1, "DELETE", "sandboxes/s")
    assert remaining(workers.ask(2)) == [59, 58]


def test_whoever_waits_at_one_worker_hears_of_the_other(workers: Any) -> None:
    async def both() -> Any:
        host = {"host": "127.0.0.1"}
        waiting = asyncio.create_task(
            workers[0].raw("GET", "/__admin/requests/wait", "count=2&timeout=20&sandbox=s", host, b"")
        )
        while not workers[0].app.state.sandboxes.named("s").journal.is_followed:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0)
        await asyncio.to_thread(workers[1].post, token="sbx-s")
        await asyncio.to_thread(workers[1].post, token="sbx-s")
        return await waiting

    assert len(asyncio.run(both()).json) == 2


def test_servers_that_answer_otherwise_share_nothing(
    make_client: Callable[..., Any], redis_server: Any
) -> None:
    one, other = (make_client(state=redis_server.url, seed=seed) for seed in (1, 2))
    assert remaining([one.post(), one.post(), other.post()]) == [59, 58, 59]


def test_no_token_reaches_redis(workers: Any, redis_server: Any) -> None:
    secret = "sbx-a-token-that-nobody-may-read"
    workers[0].post(token=secret, body={"token": secret})
    workers[0].send("GET", token=secret, query=f"token={secret}")
    with redis_server.client as client:
        kept = {key: client.dump(key) for key in client.scan_iter()}
    # The name of a sandbox is what a token has behind its prefix, and no secret.
    assert kept
    assert not [key for key, content in kept.items() if secret.encode() in key or secret.encode() in content]


def test_everything_in_redis_has_an_end(workers: Any, redis_server: Any) -> None:
    workers.admin(0, "PUT", "rate-limit", {"limit": 3})
    workers.ask(2)
    with redis_server.client as client:
        assert client.dbsize() >= 6
        assert [key for key in client.scan_iter() if client.ttl(key) < 0] == []


def test_a_lost_redis_is_a_503_of_the_vendor_s_and_the_next_request_after_its_return_is_answered(
    workers: Any, redis_server: Any
) -> None:
    workers.ask(2)
    redis_server.stop()
    lost = workers.ask(4)
    assert {reply.status for reply in lost} == {503}
    assert lost[0].json == {"error": True, "message": "Service Unavailable"}
    problem = asyncio.run(workers[0].raw("GET", "/__admin/clock", "", {"host": "127.0.0.1"}, b""))
    assert (problem.status, problem.headers["content-type"]) == (503, "application/problem+json")
    assert problem.json["detail"].startswith("the state at unix:")
    probes = [
        asyncio.run(workers[0].raw("GET", f"/__admin/{name}", "", {"host": "127.0.0.1"}, b"")).status
        for name in ("livez", "readyz")
    ]
    assert probes == [200, 503]
    redis_server.start()
    assert {reply.status for reply in workers.ask(4)} == {200}
    said = [line for line in workers[0].log.getvalue().splitlines() if "the state at" in line]
    assert [line.partition("redis.sock ")[2][:17] for line in said] == ["can't be reached:", "is there again"]


def test_a_reset_of_all_reaches_every_sandbox(workers: Any) -> None:
    workers.ask(3)
    workers[0].post()
    headers = {"host": "127.0.0.1", "content-length": "2", "content-type": "application/json"}
    assert asyncio.run(workers[1].raw("POST", "/__admin/reset", "all=true", headers, b"{}")).status == 204
    assert remaining([*workers.ask(1), workers[0].post()]) == [59, 59]


def test_sandboxes_are_listed_by_every_worker(workers: Any) -> None:
    workers.ask(1)
    listed = [
        json.loads(asyncio.run(each.raw("GET", "/__admin/sandboxes", "", {"host": "127.0.0.1"}, b"")).body)
        for each in workers.all
    ]
    assert [[entry["id"] for entry in each] for each in listed] == [["default", "s"]] * 2
