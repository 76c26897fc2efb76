"""Every view: for everyone, at every width, in both colours, and by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from looks import assert_accessible, assert_fits
from playwright.sync_api import expect

WIDTHS = (360, 768, 1280)

#: What shows that a view has drawn what it has read.
DRAWN = {
    "requests": ".items [role=option]",
    "controls": ".card",
    "explorer": "form",
    "traffic": ".sessions tbody tr",
}
SAMPLE = {
    "start_date": "2026-01-01 00:00:00",
    "end_date": "2026-01-31 23:59:59",
    "sortKey": "created_at",
    "sortOrder": "desc",
    "filters": {},
}


@pytest.fixture
def busy(server: Any, sandbox: str) -> str:
    """A sandbox in whose journal something stands: an answer and a refusal."""
    token = f"sbx-{sandbox}"
    assert [server.ask(SAMPLE, token), server.ask({**SAMPLE, "sortKey": "age"}, token)] == [200, 422]
    return sandbox


def opened(page: Any, view: str, sandbox: str) -> Any:
    page.goto(f"#/{view}?sandbox={sandbox}")
    expect(page.locator(f".view-{view} {DRAWN[view]}").first).to_be_visible()
    return page


@pytest.mark.parametrize("view", DRAWN)
def test_a_view_can_be_used_by_everyone_in_both_colours(page: Any, busy: str, view: str) -> None:
    opened(page, view, busy)
    assert_accessible(page)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)


@pytest.mark.parametrize("view", DRAWN)
def test_a_view_fits_every_width_and_is_usable_at_the_smallest(page: Any, busy: str, view: str) -> None:
    opened(page, view, busy)
    for width in sorted(WIDTHS, reverse=True):
        page.set_viewport_size({"width": width, "height": 800})
        assert_fits(page)
    assert_accessible(page)


def test_the_views_are_reached_by_keyboard_alone(page: Any, busy: str) -> None:
    opened(page, "requests", busy)
    for view in ("controls", "explorer", "traffic"):
        link = page.get_by_role("navigation", name="Views").get_by_role("link", name=view.capitalize())
        _tab_to(page, link)
        page.keyboard.press("Enter")
        expect(page.locator(f".view-{view}")).to_be_visible()
        expect(page.locator("main")).to_be_focused()
        assert page.url.endswith(f"#/{view}?sandbox={busy}") or view == "traffic"


def test_the_link_over_the_bar_leads_past_it(page: Any, busy: str) -> None:
    opened(page, "requests", busy)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_colours_are_chosen_and_kept(page: Any, busy: str) -> None:
    opened(page, "controls", busy)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Colours: system").click()
    page.get_by_role("button", name="Colours: light").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("body")).not_to_have_css("background-color", light)
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("body")).not_to_have_css("background-color", light)


def _tab_to(page: Any, wanted: Any, most: int = 40) -> None:
    """Press Tab, from the top, until `wanted` has the focus."""
    page.evaluate("document.activeElement.blur()")
    page.evaluate(
        "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"
    )
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"the keyboard does not reach {wanted}")
