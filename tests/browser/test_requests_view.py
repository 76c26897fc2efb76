"""The journal on the page: live, explained, and as code that does the same again."""

from __future__ import annotations

import json
import re
import shutil
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from clipboard import SHELL, copied, run
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

VALID = {
    "start_date": "2026-01-01 00:00:00",
    "end_date": "2026-01-31 23:59:59",
    "sortKey": "created_at",
    "sortOrder": "desc",
    "filters": {},
}
#: Two fields wrong, one of them by a name that is nearly right.
REFUSED = {**VALID, "sort_key": "id", "sortOrder": "DESC", "note": 'it\'s $HOME \\ `x` "é" 🦆'}
del REFUSED["sortKey"]


@pytest.fixture
def token(sandbox: str) -> str:
    return f"sbx-{sandbox}"


@pytest.fixture
def requests(page: Any, sandbox: str) -> Any:
    """The view of a sandbox that nobody asked anything yet, connected."""
    page.goto(f"#/requests?sandbox={sandbox}")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    return page


def items(page: Any) -> Any:
    return page.get_by_role("option")


def detail(page: Any) -> Any:
    return page.get_by_role("article")


def test_an_empty_sandbox_shows_a_first_request_that_works_as_it_is(requests: Any) -> None:
    expect(requests.get_by_role("heading", name="Nothing was asked yet")).to_be_visible()
    command = copied(requests, "Copy the first request")
    assert '"total":' in run(command)
    expect(items(requests)).to_have_count(1)
    expect(items(requests)).to_contain_text("200")
    expect(requests.get_by_role("heading", name="Nothing was asked yet")).to_be_hidden()


def test_requests_appear_as_they_come_the_newest_first(requests: Any, server: Any, token: str) -> None:
    server.ask(VALID, token)
    expect(items(requests)).to_have_count(1)
    server.ask({}, token)
    expect(items(requests)).to_have_text([re.compile("422"), re.compile("200")])


def test_a_refusal_is_explained_beside_its_request_and_answer(requests: Any, server: Any, token: str) -> None:
    server.ask(REFUSED, token)
    why = requests.get_by_role("region", name="Explanation")
    expect(why).to_contain_text("sortKey is missing, and 'sort_key' is there")
    expect(why.get_by_text("Did you mean desc?")).to_be_visible()
    expect(why.get_by_role("link", name="rule.in")).to_have_attribute("href", "docs#ledger/rule.in")
    clause = next(entry for entry in server.admin("GET", "ledger") if entry["id"] == "rule.in")
    expect(why).to_contain_text(clause["rule"])
    expect(why.get_by_text(clause["provenance"], exact=True).first).to_be_visible()
    expect(requests.get_by_role("region", name="Request", exact=True)).to_contain_text('"sort_key": "id"')
    expect(requests.get_by_role("region", name="Answer", exact=True)).to_contain_text("field is required")


def test_the_nearest_valid_body_is_accepted_in_the_explorer(requests: Any, server: Any, token: str) -> None:
    server.ask({**VALID, "sortOrder": "DESC"}, token)
    requests.get_by_role("link", name="Try in Explorer").click()
    expect(requests.get_by_label("sortOrder")).to_have_value("desc")
    requests.get_by_role("button", name="Send").click()
    expect(requests.get_by_role("region", name="Answer")).to_contain_text("Sessions retrieved successfully")


def test_the_arrow_keys_choose_enter_opens_and_escape_leads_back(
    requests: Any, server: Any, token: str
) -> None:
    for body in (VALID, {}):
        server.ask(body, token)
    expect(items(requests)).to_have_count(2)
    listbox = requests.get_by_role("listbox")
    listbox.focus()
    requests.keyboard.press("Home")
    expect(detail(requests)).to_contain_text("start_date is missing")
    requests.keyboard.press("ArrowDown")
    expect(detail(requests)).to_contain_text("Sessions retrieved successfully")
    expect(items(requests).nth(1)).to_have_attribute("aria-selected", "true")
    requests.keyboard.press("Enter")
    expect(detail(requests)).to_be_focused()
    requests.keyboard.press("Escape")
    expect(listbox).to_be_focused()


def test_a_status_filter_shows_those_alone_and_counts_all(requests: Any, server: Any, token: str) -> None:
    for body in (VALID, {}, {}):
        server.ask(body, token)
    expect(items(requests)).to_have_count(3)
    for status, count in (("422", 2), ("2xx", 1), ("4xx", 2), ("5xx", 0)):
        requests.get_by_role("radio", name=re.compile(f"^{status}")).check()
        expect(items(requests)).to_have_count(count)
    expect(requests.get_by_text("No request of this sandbox has such a status")).to_be_visible()
    expect(requests.get_by_role("radio", name="All 3")).to_be_attached()


def test_while_paused_requests_wait_and_are_counted(requests: Any, server: Any, token: str) -> None:
    requests.get_by_role("button", name="Pause").click()
    server.ask(VALID, token)
    server.ask(VALID, token)
    resume = requests.get_by_role("button", name="Resume · 2 waiting")
    expect(resume).to_be_visible()
    expect(items(requests)).to_have_count(0)
    resume.click()
    expect(items(requests)).to_have_count(2)


def test_clear_empties_the_journal(requests: Any, server: Any, sandbox: str, token: str) -> None:
    server.ask(VALID, token)
    expect(items(requests)).to_have_count(1)
    requests.get_by_role("button", name="Clear").click()
    expect(requests.get_by_role("heading", name="Nothing was asked yet")).to_be_visible()
    assert server.admin("GET", f"requests?sandbox={sandbox}") == []


def test_a_stream_that_ends_is_followed_again_and_nothing_is_missed(
    page: Any, server: Any, sandbox: str, token: str
) -> None:
    breaks = [lambda: server.ask({}, token)]

    def once_broken(route: Any) -> None:
        if not breaks:
            route.continue_()
            return
        route.fulfill(content_type="text/event-stream", body=": following\n\n")
        breaks.pop()()

    page.route("**/events?*", once_broken)
    page.goto(f"#/requests?sandbox={sandbox}")
    expect(items(page)).to_have_count(1)
    server.ask(VALID, token)
    expect(items(page)).to_have_count(2)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Copy as curl", SHELL),
        ("Copy as Python, httpx", (sys.executable, "-")),
        ("Copy as JavaScript, fetch", ("node", "--input-type=module", "-")),
    ],
)
def test_a_copied_call_asks_the_same_again(
    requests: Any, server: Any, name: str, words: Any, token: str
) -> None:
    if shutil.which(words[0]) is None:
        pytest.skip(f"there is no {words[0]} here")
    bodies = (REFUSED, {**VALID, "filters": {"country": ["NL", "DE"]}, "read_status": None})
    for asked, body in enumerate(bodies):
        server.ask(body, token)
        expect(items(requests)).to_have_count(2 * asked + 1)
        items(requests).first.click()
        code = copied(requests, name)
        assert token not in code
        run(code, token=token, words=words)
        first, second = server.admin("GET", f"requests?sandbox={token.removeprefix('sbx-')}")[-2:]
        assert second["answer"]["body"] == first["answer"]["body"]
        assert json.loads(second["request"]["body"]) == body
        expect(items(requests)).to_have_count(2 * asked + 2)


def test_a_call_copied_for_laravel_says_that_an_empty_filter_is_an_object(
    requests: Any, server: Any, token: str
) -> None:
    server.ask({**VALID, "note": "it's"}, token)
    code = copied(requests, "Copy as PHP, Laravel's Http client")
    assert "Http::withToken(env('WEMASY_API_TOKEN'))" in code
    assert "    'json' => [\n        'start_date' => '2026-01-01 00:00:00'," in code
    assert "'filters' => (object) []," in code
    assert "'note' => 'it\\'s'," in code


def test_what_was_forced_or_befell_an_answer_is_marked(
    requests: Any, server: Any, sandbox: str, token: str
) -> None:
    server.admin("PUT", f"faults?sandbox={sandbox}", [{"kind": "maintenance_503", "times": 1}])
    server.ask(VALID, token)
    expect(items(requests)).to_contain_text("fault: maintenance_503")
    expect(detail(requests)).to_contain_text("fault: maintenance_503")


def test_markup_in_a_request_is_shown_and_not_obeyed(requests: Any, server: Any, token: str) -> None:
    server.ask({"sortKey": '<img src="/elsewhere" onerror="document.title = 1">'}, token)
    expect(detail(requests).get_by_text("onerror").first).to_be_visible()
    assert requests.locator("main img").count() == 0


def test_one_request_can_be_linked_to(page: Any, server: Any, sandbox: str, token: str) -> None:
    for body in ({}, VALID):
        server.ask(body, token)
    first = server.admin("GET", f"requests?sandbox={sandbox}")[0]
    page.goto(f"#/requests?sandbox={sandbox}&id={first['id']}")
    expect(detail(page)).to_contain_text(f"#{first['id']}")


def test_a_phone_shows_the_list_or_the_request(
    open_page: Callable[..., Any], server: Any, sandbox: str, token: str
) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, has_touch=True)
    server.ask(VALID, token)
    page.goto(f"#/requests?sandbox={sandbox}")
    expect(items(page)).to_be_visible()
    expect(detail(page)).to_be_hidden()
    items(page).tap()
    expect(detail(page)).to_be_visible()
    expect(items(page)).to_be_hidden()
    page.get_by_role("button", name="All requests").tap()
    expect(items(page)).to_be_visible()


def test_a_new_sandbox_is_made_shown_and_dropped(page: Any, server: Any, sandbox: str) -> None:
    page.goto("#/requests")
    page.get_by_role("button", name="Sandbox default").click()
    page.get_by_label("New sandbox").fill(f"{sandbox}.b")
    page.get_by_role("button", name="Create").click()
    expect(page).to_have_url(re.compile(rf"#/requests\?sandbox={sandbox}\.b$"))
    page.get_by_role("button", name=f"Sandbox {sandbox}.b").click()
    assert copied(page, "Copy the token") == f"sbx-{sandbox}.b"
    page.get_by_role("button", name=f"Drop {sandbox}.b").click()
    expect(page.get_by_role("button", name="Sandbox default")).to_be_visible()
    expect(page.get_by_text(f"The sandbox {sandbox}.b is gone")).to_be_visible()
    assert f"{sandbox}.b" not in [one["id"] for one in server.admin("GET", "sandboxes")]


def test_another_sandbox_is_one_choice_away_in_the_same_view(page: Any, sandbox: str) -> None:
    page.goto("#/controls")
    page.get_by_role("button", name="Sandbox default").click()
    page.get_by_role("link", name=re.compile(f"^{sandbox}")).click()
    expect(page).to_have_url(re.compile(rf"#/controls\?sandbox={sandbox}$"))
    page.get_by_role("link", name="Explorer").click()
    expect(page).to_have_url(re.compile(rf"#/explorer\?sandbox={sandbox}$"))


def test_an_admin_token_is_asked_for_once_and_kept_in_the_tab_alone(
    start: Callable[..., Any], open_page: Callable[..., Any], watch: Any
) -> None:
    guarded = start("--admin-token", "a-good-secret")
    watch.host, watch.refusals = urlsplit(guarded.url).netloc, {401}
    page = open_page(base_url=f"{guarded.url}/__admin/")
    page.goto("#/requests")
    for token in ("wrong", "a-good-secret"):
        page.get_by_label("Token", exact=True).fill(token)
        page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    page.get_by_role("link", name="Controls").click()
    expect(page.get_by_role("heading", name="Throttle")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.evaluate("Object.values(localStorage).length") == 0
