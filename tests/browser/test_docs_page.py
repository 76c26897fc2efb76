"""The documents: the contract with its ledger, the admin API, the ledger itself; none of it from another host."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from looks import assert_accessible, assert_fits
from playwright.sync_api import expect

from contract import ledger

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENTS = ("contract", "admin", "ledger")
ENTRIES = ledger.load()

#: What shows that a document is drawn to its end.
DRAWN = {"contract": "#model-Error, .models", "admin": "#operations-tag-documents", "ledger": "table.ledger"}


def opened(page: Any, document: str) -> Any:
    page.goto(f"docs#{document}")
    expect(page.locator(DRAWN[document]).first).to_be_visible()
    return page


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_can_be_read_by_everyone_in_both_colours(page: Any, document: str, colours: Any) -> None:
    page.emulate_media(color_scheme=colours)
    opened(page, document)
    if document == "ledger":
        page.get_by_label("Search").fill("envelope")  # two hundred rows are judged as a few are
    assert_accessible(page)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_fits_every_width(page: Any, document: str) -> None:
    opened(page, document)
    for width in (1280, 768, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert_fits(page)


def test_a_clause_of_the_contract_shows_what_the_ledger_says_and_leads_there(page: Any) -> None:
    opened(page, "contract")
    clause = page.locator(
        ".renderedMarkdown, .json-schema-2020-12__description", has_text="Ledger envelope.shape"
    ).first
    entry = ENTRIES["envelope.shape"]
    expect(clause).to_contain_text(entry.rule)
    expect(clause).to_contain_text(f"({entry.provenance}, {entry.evidence})")
    clause.get_by_role("link", name="envelope.shape").click()
    expect(page.locator("tr.wanted")).to_contain_text(entry.rule)
    expect(page.locator("tr.wanted")).to_be_in_viewport()


def test_a_request_tried_out_in_the_contract_is_answered_by_the_fake(page: Any) -> None:
    opened(page, "contract")
    operation = page.locator("#operations-default-listProjectSessions")
    operation.get_by_role("button", name="Try it out").click()
    with page.expect_response("**/project/sessions*") as caught:
        operation.get_by_role("button", name="Execute").click()
    answer = caught.value
    assert (answer.status, answer.json()["data"]["per_page"]) == (200, 15)


def test_a_call_tried_out_in_the_admin_api_is_made(page: Any) -> None:
    opened(page, "admin")
    call = page.locator("[id^=operations-server-info]")
    call.locator(".opblock-summary-control").click()
    call.get_by_role("button", name="Try it out").click()
    with page.expect_response("**/__admin/info") as caught:
        call.get_by_role("button", name="Execute").click()
    assert caught.value.json()["sessions"] == 1000


def test_the_ledger_is_searched_and_narrowed(page: Any) -> None:
    opened(page, "ledger")
    rows = page.locator("table.ledger tbody tr:visible")
    expect(rows).to_have_count(len(ENTRIES))
    page.get_by_label("Search").fill("retry-after")
    expect(rows.filter(has_text="throttle.retry-after")).to_have_count(1)
    assert rows.count() < len(ENTRIES) / 2
    page.get_by_label("Search").fill("")
    page.get_by_role("radio", name=re.compile("sibling")).check()
    expect(rows).to_have_count(sum(entry.provenance == "sibling" for entry in ENTRIES.values()))
    expect(page.get_by_role("status").first).to_contain_text(f"of {len(ENTRIES)}")


def test_the_documents_ask_for_the_admin_token_and_use_it(
    start: Callable[..., Any], open_page: Callable[..., Any], watch: Any
) -> None:
    guarded = start("--admin-token", "s3cret")
    watch.host, watch.refusals = f"{guarded.host}:{guarded.port}", {401}
    page = open_page(base_url=f"{guarded.url}/__admin/")
    page.goto("docs#admin")
    page.get_by_role("textbox", name="Token").fill("s3cret")
    page.get_by_role("button", name="Continue").click()
    call = page.locator("[id^=operations-server-info]")
    call.locator(".opblock-summary-control").click()
    call.get_by_role("button", name="Try it out").click()
    with page.expect_response("**/__admin/info") as caught:
        call.get_by_role("button", name="Execute").click()
    assert caught.value.status == 200
