"""Judgements of a page as it stands: can everyone use it, does it fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: What axe calls worth mending at once.
_GRAVE = ("serious", "critical")

#: Preloading would put the style sheets inline, which the page's policy forbids; no rule about a screen needs it.
_OPTIONS = {"resultTypes": ["violations"], "preload": False}


#: Colours on their way from one scheme to the other are neither.
_SETTLED = "Promise.allSettled(document.getAnimations().map((animation) => animation.finished))"


def assert_accessible(page: Page) -> None:
    """No serious or critical finding of axe."""
    page.evaluate(_SETTLED)
    results = Axe().run(page, options=_OPTIONS)
    found = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in results.response["violations"]
        if violation["impact"] in _GRAVE
        for node in violation["nodes"][:3]
    ]
    assert results.response["url"].startswith(page.url.partition("#")[0])
    assert not found, "\n".join(found)


def assert_fits(page: Page) -> None:
    """Nothing makes the page itself scroll sideways."""
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{overflow} px wider than the window"
