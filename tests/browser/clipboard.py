"""What a page has copied, and what it does where it is pasted."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHELL = ("/bin/sh",)


def copied(page: Page, name: str) -> str:
    """Press a copy button, and read what it put on the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    # What was copied before must not be taken for what is copied now.
    page.evaluate("navigator.clipboard.writeText('')")
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_text(f"{name}: copied").first.wait_for()
    text: str = page.wait_for_function("() => navigator.clipboard.readText()").json_value()
    return text


def run(code: str, *, token: str = "", words: tuple[str, ...] = SHELL) -> str:
    """Run code that reads its token from the variable that it names; returns what it printed."""
    environment = {**os.environ, "WEMASY_API_TOKEN": token}
    done = subprocess.run(
        words, input=code, env=environment, capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
