"""The traffic view: analytics of a customer's page, told by the public endpoint alone and within its limit."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

ENDPOINT = "/api/services/analytics/v1/project/sessions"

#: What stands between the ends of a range.
TO = "\N{EN DASH}"

#: The generated data has its newest day on 31 January 2026; so many sessions are in the month.
JANUARY = 351


class Traffic:
    """The view as someone sees it, and what it has asked."""

    def __init__(self, page: Any, server: Any, sandbox: str) -> None:
        self.page, self.server, self.sandbox = page, server, sandbox
        self.asked: list[Any] = []
        page.on("request", self._note)

    def _note(self, request: Any) -> None:
        if urlsplit(request.url).path == ENDPOINT:
            self.asked.append(request.post_data_json)

    def open(self, query: str = "") -> Traffic:
        self.page.goto(f"#/traffic?sandbox={self.sandbox}{query}")
        return self

    def shows(self, sessions: int, days: str = f"1 {TO} 31 January 2026") -> None:
        expect(self.page.locator("h1 + p")).to_have_text(re.compile(rf"^{sessions:,} sessions? · .*{days}$"))

    def figure(self, name: str) -> Any:
        return self.page.locator(".figure", has_text=name)

    def rows(self) -> Any:
        return self.page.locator(".sessions tbody tr")

    def place(self, text: str) -> None:
        expect(self.page.locator(".sessions header p")).to_have_text(text)

    def admin(self, method: str, path: str, body: Any = None) -> Any:
        return self.server.admin(method, f"{path}?sandbox={self.sandbox}", body)

    def total(self, **changes: Any) -> int:
        """How many sessions of January the endpoint itself counts, asked from outside with another token."""
        counted = self.page.request.post(
            f"{self.server.url}{ENDPOINT}",
            headers={"Authorization": f"Bearer sbx-{self.sandbox}"},
            data={
                "start_date": "2026-01-01 00:00:00", "end_date": "2026-01-31 23:59:59", "sortKey": "id",
                "sortOrder": "asc", "per_page": "1", "filters": {}, **changes,
            },
        )  # fmt: skip
        found: int = counted.json()["data"]["total"]
        return found


@pytest.fixture
def traffic(page: Any, server: Any, sandbox: str) -> Traffic:
    """The view, about to be opened in a sandbox of its own."""
    return Traffic(page, server, sandbox)


def test_it_shows_the_newest_month_and_asks_nothing_but_the_public_endpoint(
    page: Any, traffic: Traffic
) -> None:
    fetched = []
    page.on(
        "request",
        lambda request: (
            request.resource_type in ("fetch", "xhr") and fetched.append(urlsplit(request.url).path)
        ),
    )
    traffic.open().shows(JANUARY)
    traffic.place(f"1 {TO} 15 of 351")
    assert set(fetched) == {ENDPOINT}
    assert len(fetched) <= 6


def test_its_figures_are_those_of_the_endpoint(page: Any, traffic: Traffic) -> None:
    traffic.open().shows(JANUARY)
    expect(traffic.figure("Unread")).to_contain_text(f"{traffic.total(read_status='unread')} sessions")
    dutch = traffic.total(filters={"country": "NL"})
    expect(page.get_by_role("button", name=re.compile(f"Netherlands NL {dutch} "))).to_be_visible()
    tablets = traffic.total(filters={"device": "tablet"})
    expect(page.get_by_role("button", name=re.compile(f"Tablet {tablets} "))).to_be_visible()


def test_the_numbers_of_the_days_stand_below_their_chart_and_add_up(page: Any, traffic: Traffic) -> None:
    traffic.open().shows(JANUARY)
    chart = page.get_by_role("region", name="Sessions per day", exact=True)
    chart.get_by_text("As a table").click()
    numbers = chart.locator("td").all_inner_texts()
    assert len(numbers) == 2 * 31
    assert sum(map(int, numbers)) == JANUARY


def test_arrow_keys_tell_of_one_day_after_the_other(page: Any, traffic: Traffic) -> None:
    traffic.open().shows(JANUARY)
    chart = page.get_by_role("group", name=re.compile("Sessions per day"))
    chart.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(chart.locator("output")).to_contain_text("Friday, 2 January 2026")
    page.keyboard.press("End")
    expect(chart.locator("output")).to_contain_text("Saturday, 31 January 2026")
    page.keyboard.press("Escape")
    expect(chart.locator("output")).to_be_hidden()


def test_the_pointer_tells_of_a_day(page: Any, traffic: Traffic) -> None:
    traffic.open().shows(JANUARY)
    chart = page.get_by_role("group", name=re.compile("Sessions per day"))
    chart.locator(".column").nth(9).hover()
    expect(chart.locator("output")).to_contain_text("Saturday, 10 January 2026")


def test_a_country_that_is_chosen_narrows_everything_and_can_be_linked(page: Any, traffic: Traffic) -> None:
    traffic.open().shows(JANUARY)
    german = traffic.total(filters={"country": "DE"})
    page.get_by_role("button", name=re.compile("^Germany DE")).click()
    traffic.shows(german)
    traffic.place(f"1 {TO} 15 of {german}")
    expect(page.get_by_role("button", name=re.compile("^Germany DE"))).to_be_focused()
    assert traffic.asked[-1]["filters"]["country"] == ["DE"]
    page.reload()
    traffic.shows(german)
    page.get_by_role("button", name="Remove the filter Country: Germany").click()
    traffic.shows(JANUARY)


def test_unread_sessions_alone_are_shown(page: Any, traffic: Traffic) -> None:
    traffic.open().shows(JANUARY)
    page.get_by_label("Status").select_option("unread")
    traffic.shows(45)
    expect(traffic.figure("Unread")).to_contain_text("100%")


def test_the_table_is_sorted_by_the_endpoint(page: Any, traffic: Traffic) -> None:
    traffic.open().place(f"1 {TO} 15 of 351")
    page.get_by_role("button", name="Time spent").click()
    expect(page.get_by_role("columnheader", name="Time spent")).to_have_attribute("aria-sort", "descending")
    expect(traffic.rows().first).to_contain_text(" m ")
    page.get_by_role("button", name="Time spent").click()
    expect(page.get_by_role("columnheader", name="Time spent")).to_have_attribute("aria-sort", "ascending")
    expect(traffic.rows().first.locator("td").nth(5)).to_have_text("0 s")
    assert [(body["sortKey"], body["sortOrder"]) for body in traffic.asked[-2:]] == [
        ("time_spend", "desc"),
        ("time_spend", "asc"),
    ]


def test_the_table_is_paged_by_the_endpoint(page: Any, traffic: Traffic) -> None:
    traffic.open().place(f"1 {TO} 15 of 351")
    expect(page.get_by_role("button", name="The page before")).to_be_disabled()
    page.get_by_role("button", name="The page after").click()
    traffic.place(f"16 {TO} 30 of 351")
    page.get_by_role("button", name="The page before").click()
    traffic.place(f"1 {TO} 15 of 351")
    page.get_by_label("Sessions a page").select_option("100")
    traffic.place(f"1 {TO} 100 of 351")
    expect(traffic.rows()).to_have_count(100)


def test_a_range_is_picked_from_what_is_newest_or_by_its_days(page: Any, traffic: Traffic) -> None:
    traffic.open().shows(JANUARY)
    page.get_by_role("radio", name="7 days").check()
    week = traffic.total(start_date="2026-01-25 00:00:00")
    traffic.shows(week, f"25 {TO} 31 January 2026")
    page.get_by_role("radio", name="All").check()
    traffic.shows(1000, "31 January 2026")
    page.get_by_label("From").fill("2026-01-31")
    traffic.shows(traffic.total(start_date="2026-01-31 00:00:00"), "31 January 2026")


def test_days_without_sessions_say_so_and_lead_back(page: Any, traffic: Traffic) -> None:
    traffic.open("&from=2020-01-01&to=2020-01-31")
    expect(page.get_by_role("heading", name="No sessions here")).to_be_visible()
    page.get_by_role("button", name="Show the newest").click()
    traffic.shows(JANUARY)


def test_data_of_another_time_is_found(traffic: Traffic) -> None:
    traffic.admin("POST", "data/generate", {"as_of": "2030-06-15 12:00:00", "sessions": 200})
    traffic.open()
    expect(traffic.page.locator("h1 + p")).to_contain_text("15 June 2030")


def test_a_sandbox_without_rows_is_no_trouble(page: Any, traffic: Traffic) -> None:
    traffic.admin("PUT", "data", [])
    traffic.open()
    expect(page.get_by_role("heading", name="No sessions here")).to_be_visible()


def test_of_very_many_sessions_it_reads_a_part_and_says_so(page: Any, traffic: Traffic) -> None:
    traffic.admin("POST", "data/generate", {"sessions": 200_000})
    total = traffic.total()
    traffic.open().shows(total)
    expect(page.get_by_text(re.compile(f"^Shares come from [67],... of {total:,} sessions"))).to_be_visible()
    expect(traffic.figure("Unread")).to_contain_text(f"{traffic.total(read_status='unread'):,} sessions")
    traffic.place(f"1 {TO} 15 of {total:,}")
    assert len(traffic.asked) <= 13
    chart = page.get_by_role("region", name="Sessions per day", exact=True)
    expect(chart.locator(".column")).to_have_count(7)


def test_an_exhausted_limit_is_waited_for_and_can_be_tried_sooner(page: Any, traffic: Traffic) -> None:
    traffic.open().place(f"1 {TO} 15 of 351")
    traffic.admin("POST", "rate-limit/exhaust")
    page.get_by_role("button", name="The page after").click()
    expect(page.get_by_text(re.compile(r"The rate limit is reached. Waiting \d+ s"))).to_be_visible()
    traffic.admin("POST", "clock/advance", {"seconds": 60})
    page.get_by_role("button", name="Try now").click()
    traffic.place(f"16 {TO} 30 of 351")
    expect(page.get_by_text("The rate limit is reached.")).to_be_hidden()


def test_it_stops_before_the_limit_instead_of_at_it(page: Any, traffic: Traffic) -> None:
    traffic.admin("PUT", "rate-limit", {"limit": 3, "window_seconds": 60})
    traffic.open()
    expect(page.get_by_text(re.compile(r"The rate limit is reached. Waiting \d+ s"))).to_be_visible()
    statuses = [exchange["answer"]["status"] for exchange in traffic.admin("GET", "requests")]
    assert statuses == [200, 200, 200]


def test_a_failure_is_told_and_tried_again(page: Any, traffic: Traffic) -> None:
    traffic.admin("PUT", "faults", [{"kind": "status", "status": 503, "times": 1}])
    traffic.open()
    expect(page.get_by_role("alert")).to_contain_text("The endpoint answered 503")
    page.get_by_role("button", name="Try again").click()
    traffic.shows(JANUARY)
    expect(page.get_by_role("alert")).to_be_hidden()


def test_it_serves_an_api_that_decides_otherwise_where_the_contract_leaves_room(
    page: Any, traffic: Traffic
) -> None:
    tables = {
        "rules": {"filters": "required|array"},
        "rows": {"created_at": "iso8601"},
        "flags": {"truth": "php"},
    }
    traffic.admin("PUT", "profile", {**tables, "pagination": {"links": "list", "urls": "documented"}})
    traffic.open().shows(JANUARY)
    expect(page.get_by_role("group", name=re.compile("Hour of the day")).locator(".column i")).to_have_count(
        24
    )


def test_what_it_has_asked_can_be_read(page: Any, traffic: Traffic) -> None:
    traffic.open().place(f"1 {TO} 15 of 351")
    asked = page.locator(".asked")
    expect(asked.locator("summary")).to_have_text(
        re.compile(r"^5 requests to the public endpoint, 55 of 60 left")
    )
    asked.locator("summary").click()
    expect(asked.locator("pre")).to_have_count(5)
    expect(asked.locator("pre").last).to_contain_text('"sortKey": "created_at"')
