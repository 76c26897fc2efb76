"""What a test can do with its sandbox, behind a socket and in this process."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from mockserver.pytest_plugin.admin import ControlError

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask = Callable[..., httpx.Response]

ROW = {"id": 7, "browser": "Lynx", "created_at": "2026-01-05 10:00:00", "read_status": "unread"}


def statuses(ask: Ask, count: int, **changes: Any) -> list[int]:
    return [ask(**changes).status_code for _ in range(count)]


def test_every_test_begins_with_a_whole_quota_and_an_empty_journal(sandbox: Any, ask: Ask) -> None:
    assert sandbox.requests == []
    assert ask().headers["x-ratelimit-remaining"] == "59"


def test_requests_are_read_with_what_was_sent_and_answered(sandbox: Any, ask: Ask) -> None:
    reply = ask(query="?page=2", per_page=5)
    (request,) = sandbox.requests
    assert (request.method, request.query, request.status) == ("POST", "page=2", 200)
    assert (request.json["per_page"], request.answer) == (5, reply.text)
    assert request.answer_headers["x-ratelimit-remaining"] == "59"
    assert (request.token, sandbox.token in str(sandbox.requests)) == ("sbx-…", False)


def test_a_refused_request_is_explained(sandbox: Any, ask: Ask) -> None:
    ask(sortKey="created")
    (request,) = sandbox.requests
    assert (request.status, request.nearest_valid["sortKey"]) == (422, "created_at")
    (remark,) = [remark for remark in request.remarks if remark.field == "sortKey"]
    assert (remark.did_you_mean, remark.ledger in request.explanation) == ("created_at", True)


def test_a_good_request_needs_no_explanation(sandbox: Any, ask: Ask) -> None:
    ask()
    assert (sandbox.requests[0].explanation, sandbox.requests[0].nearest_valid) == ("", {})


def test_forced_answers_come_in_their_order_and_then_it_is_well_again(sandbox: Any, ask: Ask) -> None:
    sandbox.force(429)
    sandbox.force(503, times=2)
    assert statuses(ask, 4) == [429, 503, 503, 200]


def test_a_forced_answer_that_was_given_is_not_given_again(sandbox: Any, ask: Ask) -> None:
    sandbox.force(503, after=1)
    assert statuses(ask, 2) == [200, 503]
    sandbox.force(429)
    assert statuses(ask, 2) == [429, 200]


def test_what_a_fault_has_let_pass_stays_counted_when_another_is_added(sandbox: Any, ask: Ask) -> None:
    sandbox.force(503, after=2)
    assert statuses(ask, 1) == [200]
    sandbox.faults.add("delay", delay_ms=0)
    assert statuses(ask, 3) == [200, 503, 200]


def test_a_forced_429_says_when_to_come_again(sandbox: Any, ask: Ask) -> None:
    sandbox.force(429)
    assert 1 <= int(ask().headers["retry-after"]) <= 60


def test_a_status_may_be_forced_for_one_page_or_one_body(sandbox: Any, ask: Ask) -> None:
    sandbox.force(500, times=None, page=2)
    sandbox.force(503, times=None, body={"sortOrder": "desc"})
    assert [ask(query=query).status_code for query in ("", "?page=2", "?page=3")] == [200, 500, 200]
    assert statuses(ask, 1, sortOrder="desc") == [503]


def test_faults_are_listed_and_cleared(sandbox: Any, ask: Ask) -> None:
    sandbox.faults.add("html_500")
    assert "html" in ask().headers["content-type"]
    assert [(fault["kind"], fault["struck"]) for fault in sandbox.faults.all()] == [("html_500", 1)]
    sandbox.faults.clear()
    assert (sandbox.faults.all(), statuses(ask, 1)) == ([], [200])


@pytest.mark.parametrize("kind", ["reset", "empty", "truncate"])
def test_a_connection_that_ends_is_an_error_of_the_transport(sandbox: Any, ask: Ask, kind: str) -> None:
    sandbox.faults.add(kind, times=1)
    with pytest.raises(httpx.TransportError):
        ask()
    assert ask().status_code == 200


def test_the_clock_stands_and_goes_forward(sandbox: Any, ask: Ask) -> None:
    sandbox.clock.freeze("2026-02-01 12:00:00")
    assert sandbox.clock.now() == datetime(2026, 2, 1, 12, tzinfo=UTC)
    sandbox.rate_limit.exhaust()
    assert ask().headers["retry-after"] == "60"
    sandbox.clock.advance(59)
    assert ask().headers["retry-after"] == "1"
    sandbox.clock.advance(1)
    assert ask().status_code == 200


def test_a_moment_is_a_datetime_a_text_or_seconds(sandbox: Any) -> None:
    for moment in (datetime(2030, 6, 1, 12, tzinfo=UTC), "2030-06-01 12:00:00", 1906545600):
        sandbox.clock.freeze(moment)
        assert sandbox.clock.now() == datetime(2030, 6, 1, 12, tzinfo=UTC)


def test_the_clock_runs_on_from_a_moment_and_with_the_machine_again(sandbox: Any) -> None:
    sandbox.clock.run_from("2030-06-01")
    assert sandbox.clock.now().year == 2030
    sandbox.clock.run_with_machine()
    assert abs(sandbox.clock.now() - datetime.now(UTC)).total_seconds() < 60
    sandbox.clock.freeze()
    assert sandbox.clock.now() == sandbox.clock.now()


def test_the_quota_is_set(sandbox: Any, ask: Ask) -> None:
    sandbox.rate_limit.set(2, window_seconds=10)
    assert statuses(ask, 3) == [200, 200, 429]


def test_rows_are_put_generated_and_restored(sandbox: Any, ask: Ask) -> None:
    before = ask().json()["data"]["total"]
    sandbox.data.put([ROW, {"id": 8, "created_at": datetime(2026, 1, 6, tzinfo=UTC)}])
    assert [row["id"] for row in ask().json()["data"]["data"]] == [7, 8]
    sandbox.data.generate(sessions=3, seed=2, as_of="2026-01-31 12:00:00")
    assert ask(start_date="2025-01-01").json()["data"]["total"] == 3
    sandbox.data.restore()
    assert ask().json()["data"]["total"] == before != 3


def test_a_scenario_is_played(sandbox: Any, ask: Ask) -> None:
    sandbox.scenario("token_revoked_midway")
    assert statuses(ask, 3) == [200, 200, 401]


def test_a_profile_is_laid_over_and_reset(sandbox: Any, ask: Ask) -> None:
    sandbox.profile({"rules": {"per_page": "integer|max:5"}, "throttle": {"limit": 3}})
    reply = ask(per_page=6)
    assert (reply.status_code, reply.headers["x-ratelimit-limit"]) == (422, "3")
    sandbox.reset()
    assert (ask(per_page=6).status_code, len(sandbox.requests)) == (200, 1)


def test_who_waits_for_requests_gets_them(sandbox: Any, ask: Ask) -> None:
    ask()
    ask()
    assert [request.status for request in sandbox.wait_for_requests(2)] == [200, 200]
    with pytest.raises(ControlError, match="2 of 3 requests came"):
        sandbox.wait_for_requests(3, timeout_seconds=0)


def test_the_variables_are_those_that_exec_sets(sandbox: Any) -> None:
    assert sandbox.environ == {"WEMASY_API_URL": sandbox.url, "WEMASY_API_TOKEN": sandbox.token}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda sandbox: sandbox.scenario("flaky_than_ok"), "did you mean 'flaky_then_ok'"),
        (lambda sandbox: sandbox.force(200), "greater than or equal to 400"),
        (lambda sandbox: sandbox.faults.add("explode"), "maintenance_503"),
        (lambda sandbox: sandbox.clock.freeze("soon"), "use a moment such as"),
        (lambda sandbox: sandbox.data.put([{"id": "x"}]), r"row \[0\]"),
        (lambda sandbox: sandbox.profile({"flags": {"truht": "php"}}), "unknown key 'truht'"),
    ],
)
def test_what_cannot_be_done_is_told(sandbox: Any, wrong: Callable[[Any], None], told: str) -> None:
    with pytest.raises(ControlError, match=told):
        wrong(sandbox)


def test_what_is_no_json_is_told(sandbox: Any) -> None:
    with pytest.raises(TypeError, match="use texts, numbers"):
        sandbox.data.put([{"id": 1, "created_at": object()}])


def test_a_journal_without_requests_says_what_may_be_wrong(sandbox: Any, ask: Ask) -> None:
    ask(token="somebody-else")
    assert sandbox.journal().startswith("no request came with this sandbox's token")


def test_two_sandboxes_of_one_server_never_meet(wemasy_mock_server: Any) -> None:
    with wemasy_mock_server.sandbox() as left, wemasy_mock_server.sandbox() as right:
        left.rate_limit.exhaust()
        replies = [
            httpx.get(tenant.url + "/nowhere", headers={"Authorization": f"Bearer {tenant.token}"})
            for tenant in (left, right, right)
        ]
        assert [reply.status_code for reply in replies] == [404] * 3
        assert [len(tenant.requests) for tenant in (left, right)] == [1, 2]


def test_a_sandbox_is_dropped_at_the_end(wemasy_mock_server: Any) -> None:
    with wemasy_mock_server.sandbox() as tenant:
        ids = [known["id"] for known in wemasy_mock_server.admin.call("GET", "sandboxes")]
        assert tenant.id in ids
    ids = [known["id"] for known in wemasy_mock_server.admin.call("GET", "sandboxes")]
    assert tenant.id not in ids


def test_a_sandbox_that_is_gone_already_is_no_error(wemasy_mock_server: Any) -> None:
    with wemasy_mock_server.sandbox() as tenant:
        wemasy_mock_server.admin.call("DELETE", f"sandboxes/{tenant.id}")
        with pytest.raises(ControlError, match="there is no sandbox"):
            wemasy_mock_server.admin.call("DELETE", f"sandboxes/{tenant.id}")
