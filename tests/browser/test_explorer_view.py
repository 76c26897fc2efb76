"""The endpoint, tried by hand: the form is the contract's, and so are its errors."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from clipboard import copied, run
from playwright.sync_api import expect

BODY = {
    "start_date": "2026-01-01",
    "end_date": "2026-01-31",
    "sortKey": "id",
    "sortOrder": "asc",
    "filters": {},
}


@pytest.fixture
def explorer(page: Any, sandbox: str) -> Any:
    page.goto(f"#/explorer?sandbox={sandbox}")
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    return page


def answer(page: Any) -> Any:
    return page.get_by_role("region", name="Answer", exact=True)


def send(page: Any, status: int) -> None:
    """Send, and wait until what came back is shown: an answer of the same status may stand there already."""
    button = page.get_by_role("button", name="Send")
    with page.expect_response("**/project/sessions*"):
        button.click()
    expect(button).to_be_enabled()
    expect(answer(page).locator("h2 .badge")).to_have_text(str(status))


def sent(server: Any, sandbox: str) -> Any:
    """The body that the server got last."""
    return json.loads(server.admin("GET", f"requests/latest?sandbox={sandbox}")["request"]["body"])


def test_the_form_has_every_field_of_the_contract_with_the_pages_sample_in_it(
    explorer: Any, server: Any, sandbox: str
) -> None:
    components = server.admin("GET", "contract.json")["components"]
    sample = components["requestBodies"]["Sessions"]["content"]["application/json"]["example"]
    fields = components["schemas"]["SessionsRequest"]["properties"]
    assert len(fields) > 5
    for name in fields:
        expect(
            explorer.get_by_role("form", name="Request").get_by_text(name, exact=True).first
        ).to_be_visible()
    send(explorer, 200)
    assert sent(server, sandbox) == sample


def test_an_answer_comes_with_rows_headers_and_what_is_left(explorer: Any) -> None:
    send(explorer, 200)
    expect(answer(explorer).get_by_role("row")).to_have_count(16)
    expect(answer(explorer).get_by_role("meter")).to_have_attribute("aria-valuenow", "59")
    answer(explorer).get_by_role("radio", name="Headers").check()
    expect(answer(explorer).get_by_text("x-ratelimit-remaining")).to_be_visible()
    answer(explorer).get_by_role("radio", name="JSON").check()
    expect(answer(explorer).get_by_role("group", name="Body")).to_contain_text('"current_page": 1')


def test_the_envelope_leads_to_the_next_page_and_back(explorer: Any) -> None:
    send(explorer, 200)
    pages = answer(explorer).get_by_role("navigation", name="Pages")
    expect(pages.get_by_role("button", name="Previous page")).to_be_disabled()
    pages.get_by_role("button", name="Next page").click()
    expect(pages).to_contain_text("of 30, page 2 of 2")
    expect(pages.get_by_role("button", name="Next page")).to_be_disabled()
    pages.get_by_role("button", name="First page").click()
    expect(pages).to_contain_text("of 30, page 1 of 2")


def test_errors_stand_at_their_fields_with_their_reasons_until_they_are_mended(explorer: Any) -> None:
    date = explorer.get_by_label("start_date", exact=True)
    date.fill("31/12/2025")
    explorer.get_by_label("sortKey").select_option("")
    send(explorer, 422)
    expect(date).to_be_focused()
    for field, sentence, reason in (
        (date, "The start date field must be a valid date.", "start_date is '31/12/2025'"),
        (explorer.get_by_label("sortKey"), "The sort key field is required.", "sortKey is missing"),
    ):
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(
            re.compile(f"{re.escape(sentence)}.*{re.escape(reason)}")
        )
    expect(explorer.get_by_label("end_date", exact=True)).not_to_have_attribute("aria-invalid", "true")
    explorer.get_by_role("button", name="Put it into the form").click()
    send(explorer, 200)
    expect(explorer.locator("[aria-invalid]")).to_have_count(0)


def test_a_filter_that_is_ignored_is_told_at_the_filters_and_is_no_error(explorer: Any) -> None:
    explorer.get_by_label("Filter column").fill("countri")
    send(explorer, 200)
    filters = explorer.get_by_role("group", name="filters")
    expect(filters).to_contain_text("there is no column")
    expect(filters).to_contain_text("Did you mean country?")
    expect(explorer.locator("[aria-invalid]")).to_have_count(0)


def test_two_values_of_one_column_are_sent_as_a_list(explorer: Any, server: Any, sandbox: str) -> None:
    explorer.get_by_role("button", name="Add a filter").click()
    explorer.get_by_label("Filter column").nth(1).fill("country")
    explorer.get_by_label("Filter value").nth(1).fill("DE")
    send(explorer, 200)
    assert sent(server, sandbox)["filters"] == {"country": ["NL", "DE"]}
    for _ in range(2):
        explorer.get_by_role("button", name="Remove this filter").first.click()
    send(explorer, 200)
    assert sent(server, sandbox)["filters"] == {}


def test_a_flag_adds_its_columns(explorer: Any) -> None:
    explorer.get_by_label("include_ip_addresses").check()
    send(explorer, 200)
    expect(answer(explorer).get_by_role("columnheader", name="ip_address")).to_be_visible()


def test_a_body_as_json_is_sent_as_it_stands(explorer: Any, server: Any, sandbox: str) -> None:
    explorer.get_by_role("radio", name="JSON").check()
    text = explorer.get_by_label("Body, sent as it stands here")
    assert json.loads(text.input_value())["sortKey"] == "created_at"
    text.fill("[1.0, ")
    send(explorer, 422)
    latest = server.admin("GET", f"requests/latest?sandbox={sandbox}")
    assert latest["request"]["body"] == "[1.0, "
    expect(answer(explorer)).to_contain_text("the body was not read, because it is no JSON")
    text.fill(json.dumps(BODY))
    explorer.get_by_role("radio", name="Form").check()
    expect(explorer.get_by_label("sortKey")).to_have_value("id")


def test_a_body_that_the_form_cannot_say_is_opened_as_json(page: Any, sandbox: str) -> None:
    body = json.dumps({**BODY, "per_page": 5, "unknown": True})
    page.goto(f"#/explorer?sandbox={sandbox}&body={body}&page=2")
    text = page.get_by_label("Body, sent as it stands here")
    expect(text).to_be_visible()
    assert json.loads(text.input_value()) == json.loads(body)
    page.get_by_role("radio", name="Form").click()
    expect(page.get_by_text("The form can't say what this JSON says")).to_be_visible()
    send(page, 200)
    expect(answer(page)).to_contain_text("page 2 of")


def test_a_forced_429_says_how_long_to_wait(explorer: Any) -> None:
    explorer.get_by_label("Prefer, a header").fill("code=429")
    send(explorer, 429)
    expect(answer(explorer).get_by_role("meter")).to_contain_text(re.compile(r"whole again in (5\d|60) s"))


def test_the_request_can_be_copied_before_it_is_sent(explorer: Any, server: Any, sandbox: str) -> None:
    explorer.get_by_label("page, in the address").fill("2")
    run(copied(explorer, "Copy as curl"))
    latest = server.admin("GET", f"requests/latest?sandbox={sandbox}")
    assert (latest["request"]["query"], latest["answer"]["status"]) == ("page=2", 200)
