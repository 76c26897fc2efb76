"""What can be set, set on the page; the server says whether it is so."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from clipboard import copied, run
from playwright.sync_api import expect

from mockserver import profile
from mockserver.faults import Kind

VALID = {
    "start_date": "2026-01-01 00:00:00",
    "end_date": "2026-01-31 23:59:59",
    "sortKey": "created_at",
    "sortOrder": "desc",
    "filters": {},
}


@pytest.fixture
def token(sandbox: str) -> str:
    return f"sbx-{sandbox}"


@pytest.fixture
def controls(page: Any, sandbox: str) -> Any:
    page.goto(f"#/controls?sandbox={sandbox}")
    expect(page.get_by_role("region", name="Throttle")).to_be_visible()
    return page


def card(page: Any, name: str) -> Any:
    return page.get_by_role("region", name=name, exact=True)


def press(card: Any, name: str) -> None:
    """Press a button, and wait until its call is done and the page has read what came of it."""
    button = card.get_by_role("button", name=name, exact=True)
    with card.page.expect_response(lambda response: response.request.method != "GET"):
        button.click()
    expect(button).not_to_have_attribute("aria-busy", "true")


def test_nothing_can_be_set_before_the_page_knows_what_is_set(page: Any, sandbox: str) -> None:
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    page.route("**/rate-limit?*", hold, times=1)
    with page.expect_request("**/rate-limit?*"):
        page.goto(f"#/controls?sandbox={sandbox}")
    expect(page.get_by_role("button", name="Set limit", exact=True)).to_have_count(0)
    held.pop().continue_()
    expect(page.get_by_role("button", name="Set limit", exact=True)).to_be_visible()


def test_the_gauge_shows_a_window_that_others_use(controls: Any, server: Any, token: str) -> None:
    throttle = card(controls, "Throttle")
    expect(throttle).to_contain_text("No window is open")
    server.ask(VALID, token)
    server.ask({}, token)
    gauge = throttle.get_by_role("meter")
    expect(gauge).to_have_attribute("aria-valuenow", "58")
    expect(gauge).to_contain_text("58 of 60 left")
    expect(gauge).to_contain_text(re.compile(r"whole again in (5\d|60) s"))


def test_the_window_runs_down_with_the_sandboxes_clock(controls: Any, server: Any, token: str) -> None:
    server.ask(VALID, token)
    press(card(controls, "Clock"), "Set clock")
    gauge = card(controls, "Throttle").get_by_role("meter")
    expect(gauge).to_contain_text("the clock stands")
    press(card(controls, "Clock"), "Advance by a minute")
    expect(card(controls, "Throttle")).to_contain_text("No window is open")


def test_a_spent_quota_is_a_429_until_it_is_given_back(controls: Any, server: Any, token: str) -> None:
    throttle = card(controls, "Throttle")
    press(throttle, "Exhaust")
    expect(throttle.get_by_role("meter")).to_contain_text("spent: 0 of 60 left")
    assert server.ask(VALID, token) == 429
    press(throttle, "Whole quota again")
    assert server.ask(VALID, token) == 200


def test_another_limit_holds_at_once(controls: Any, server: Any, sandbox: str) -> None:
    throttle = card(controls, "Throttle")
    throttle.get_by_label("Requests").fill("3")
    throttle.get_by_label("Seconds").fill("10")
    press(throttle, "Set limit")
    expect(throttle).to_contain_text("3 in 10 s")
    limit = server.admin("GET", f"rate-limit?sandbox={sandbox}")
    assert (limit["limit"], limit["window_seconds"], limit["enforced"]) == (3, 10, True)


def test_the_clock_stands_where_it_is_told_and_goes_forward(controls: Any, server: Any, sandbox: str) -> None:
    clock = card(controls, "Clock")
    clock.get_by_label("At (UTC)").fill("2026-05-01 12:00:00")
    press(clock, "Set clock")
    expect(clock).to_contain_text("UTC, frozen")
    press(clock, "Advance by an hour")
    clock.get_by_label("Seconds").fill("5")
    press(clock, "Advance")
    expect(clock).to_contain_text("2026-05-01 13:00:05")
    assert server.admin("GET", f"clock?sandbox={sandbox}")["now"] == "2026-05-01T13:00:05.000Z"
    clock.get_by_role("radio", name="Real").check()
    press(clock, "Set clock")
    expect(clock).to_contain_text("UTC, real")


def test_only_the_next_answer_is_the_forced_one(controls: Any, server: Any, token: str) -> None:
    force = card(controls, "Force the next answer")
    force.get_by_role("radio", name="403").check()
    press(force, "Force")
    expect(force).to_contain_text("1 staged")
    assert [server.ask(VALID, token) for _ in range(2)] == [403, 200]


def test_forcing_keeps_what_is_left_of_the_faults_that_are_there(
    controls: Any, server: Any, sandbox: str, token: str
) -> None:
    given = [{"kind": "status", "times": 1}, {"kind": "maintenance_503", "times": 2, "after": 1}]
    server.admin("PUT", f"faults?sandbox={sandbox}", given)
    assert [server.ask(VALID, token) for _ in range(3)] == [500, 200, 503]
    expect(card(controls, "Faults").get_by_role("row").nth(2)).to_contain_text(
        "maintenance_503, 2 times, after 121"
    )
    press(card(controls, "Force the next answer"), "Force")
    assert [server.ask(VALID, token) for _ in range(3)] == [429, 503, 200]


def test_a_request_can_ask_for_it_by_itself_where_a_header_can_say_it(controls: Any) -> None:
    force = card(controls, "Force the next answer")
    force.get_by_role("radio", name="500", exact=True).check()
    expect(force).to_contain_text("Prefer: code=500")
    force.get_by_role("radio", name="truncate").check()
    expect(force.get_by_text("Prefer:")).to_be_hidden()


def test_a_fault_of_every_kind_can_be_added_and_all_be_cleared(
    controls: Any, server: Any, sandbox: str
) -> None:
    faults = card(controls, "Faults")
    for kind in get_args(Kind):
        faults.get_by_label("Kind").select_option(kind)
        press(faults, "Add fault")
    expect(faults.get_by_role("rowheader")).to_have_count(len(get_args(Kind)))
    kinds = [fault["kind"] for fault in server.admin("GET", f"faults?sandbox={sandbox}")]
    assert kinds == list(get_args(Kind))
    press(faults, "Clear all")
    expect(faults).to_contain_text("No faults")
    assert server.admin("GET", f"faults?sandbox={sandbox}") == []


def test_a_fault_strikes_as_often_and_whom_its_form_says(controls: Any, server: Any, token: str) -> None:
    faults = card(controls, "Faults")
    faults.get_by_label("Status").fill("502")
    faults.get_by_label("Times").fill("1")
    faults.get_by_label("After requests").fill("1")
    faults.get_by_text("Only requests that match").click()
    faults.get_by_label("Body or query has").fill('{"sortKey": "id"}')
    press(faults, "Add fault")
    asked = [VALID, *[{**VALID, "sortKey": "id"}] * 3]
    assert [server.ask(body, token) for body in asked] == [200, 200, 502, 200]
    row = faults.get_by_role("row").nth(1)
    expect(row.get_by_role("cell")).to_have_text(["3", "1", "Remove"])
    row.get_by_role("button").click()
    expect(faults).to_contain_text("No faults")


def test_a_half_written_match_is_told_and_not_sent(controls: Any) -> None:
    faults = card(controls, "Faults")
    faults.get_by_text("Only requests that match").click()
    faults.get_by_label("Body or query has").fill('{"sortKey"')
    expect(faults).to_contain_text("is no JSON object yet")


def test_a_scenario_plays_until_it_is_stopped(controls: Any, server: Any, sandbox: str, token: str) -> None:
    scenarios = card(controls, "Scenarios")
    expect(scenarios.get_by_role("listitem").filter(has_text="Play")).not_to_have_count(0)
    press(scenarios, "Play empty_account")
    expect(scenarios).to_contain_text("empty_account, 0 requests so far")
    server.ask(VALID, token)
    expect(scenarios).to_contain_text("empty_account, 1 request so far")
    press(scenarios, "Stop")
    assert server.admin("GET", f"scenario?sandbox={sandbox}")["name"] is None


def test_a_switch_changes_answers_and_is_restored(controls: Any, server: Any, sandbox: str) -> None:
    switches = card(controls, "Profile switches")
    switches.get_by_label("errors.envelope").select_option("framework")
    switches.get_by_label("per_page", exact=True).fill("nullable|integer")
    expect(switches).to_contain_text("2 changes")
    press(switches, "Apply changes")
    tables = server.admin("GET", f"profile?sandbox={sandbox}")["tables"]
    assert tables["errors"]["envelope"] == "framework"
    assert tables["rules"]["per_page"] == "nullable|integer"
    press(switches, "Restore the server's own")
    expect(switches.get_by_label("errors.envelope")).to_have_value("documented")


def test_a_rule_that_there_is_not_is_refused_in_the_servers_words(controls: Any, watch: Any) -> None:
    watch.refusals = {422}
    switches = card(controls, "Profile switches")
    switches.get_by_label("per_page", exact=True).fill("whatever")
    switches.get_by_role("button", name="Apply changes", exact=True).click()
    expect(controls.locator(".toast.bad")).to_contain_text("whatever")
    expect(switches.get_by_label("per_page", exact=True)).to_have_value("whatever")


def test_every_switch_is_there_with_its_clause_and_the_words_that_the_server_takes(
    controls: Any, server: Any
) -> None:
    ledger = [entry["switch"] for entry in server.admin("GET", "ledger")]
    switches = card(controls, "Profile switches")
    expect(switches.get_by_label("errors.envelope")).to_be_visible()
    offered = controls.evaluate("import('/__admin/page/controls/switches.js').then((file) => file.CHOICES)")
    judged = 0
    for table, keys in profile.SWITCHES.items():
        for key, complaint in keys.items():
            name = f"{table}.{key}"
            expect(switches.get_by_label(name, exact=True)).to_be_visible()
            assert any(name in switch for switch in ledger), name
            described = switches.get_by_label(name, exact=True).get_attribute("aria-describedby")
            expect(controls.locator(f"#{described}")).not_to_be_empty()
            said = complaint("neither")
            words = re.findall(r'"(.+?)"', said or "")
            assert offered.get(name, []) == words
            judged += 1
    assert judged > 10


@pytest.mark.parametrize("button", ["Exhaust", "Force"])
def test_the_call_that_is_shown_does_what_the_button_does(
    controls: Any, server: Any, token: str, button: str
) -> None:
    run(copied(controls, f"Copy “{button}” as curl"))
    assert server.ask(VALID, token) == 429


def test_a_reset_brings_back_how_the_sandbox_began(controls: Any, server: Any, token: str) -> None:
    press(card(controls, "Throttle"), "Exhaust")
    controls.get_by_role("button", name="Reset the sandbox").click()
    expect(controls.get_by_text("The sandbox is as it began")).to_be_visible()
    assert server.ask(VALID, token) == 200
