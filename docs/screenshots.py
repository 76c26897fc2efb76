#!/usr/bin/env python3
"""Take the pictures of the page that the README shows: `python docs/screenshots.py [NAME …]` writes to `docs/images/`.

Needs Playwright, Pillow and a Chromium. A server is started for it; the clock of its sandbox stands still, so that the same
page gives the same pictures.
"""

from __future__ import annotations

import http.client
import io
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IMAGES = Path(__file__).with_name("images")
MOST_BYTES = 150_000

SANDBOX = "shop"
ENDPOINT = "/api/services/analytics/v1/project/sessions"
NOW = "2026-02-01 09:41:00"
SAMPLE: dict[str, Any] = {
    "start_date": "2026-01-01 00:00:00",
    "end_date": "2026-01-31 23:59:59",
    "sortKey": "created_at",
    "sortOrder": "desc",
    "filters": {"country": "NL"},
}
#: What a client in development sends: what is right, what is refused, what is misspelt.
ASKED: tuple[dict[str, Any], ...] = (
    SAMPLE,
    {**SAMPLE, "per_page": "50"},
    {key: value for key, value in SAMPLE.items() if key != "filters"},
    {**SAMPLE, "read_status": "unread"},
    {**SAMPLE, "sortKey": "time_spend", "per_page": "100"},
    {**SAMPLE, "sortkey": "created", "sortKey": "created", "start_date": "31/01/2026"},
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A view, and how large and in which colours it is shown. `ready` is there once all is drawn."""

    name: str
    address: str
    ready: str
    width: int = 1200
    height: int = 800
    scheme: str = "light"


PICTURES = (
    Picture("requests", "#/requests?sandbox=shop", ".detail .side pre"),
    Picture("controls", "#/controls?sandbox=shop", ".card .gauge"),
    Picture("explorer", "#/explorer?sandbox=shop", ".answer .badge"),
    Picture("traffic", "#/traffic?sandbox=shop", ".sessions tbody tr"),
    Picture("docs", "docs#contract", ".json-schema-2020-12__description, .opblock-body .renderedMarkdown"),
    Picture("traffic-dark", "#/traffic?sandbox=shop", ".sessions tbody tr", scheme="dark"),
    Picture("traffic-phone", "#/traffic?sandbox=shop", ".sessions tbody tr", width=390, height=844),
)


def main(names: list[str]) -> None:
    """Take these pictures, or all."""
    IMAGES.mkdir(exist_ok=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "mockserver", "serve", "--port", "0", "--quiet"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        url = server.stdout.readline().split("url=")[1].split()[0] if server.stdout else ""
        _use(url)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
            for picture in PICTURES:
                if not names or picture.name in names:
                    _take(browser, url, picture)
    finally:
        server.terminate()
        server.wait()


def _use(url: str) -> None:
    """Give the pictures something to show: a client that was too fast, waited, and then learns the fields."""
    admin = f"/__admin/{{}}?sandbox={SANDBOX}".format
    _send(url, "PUT", admin("clock"), {"mode": "frozen", "now": NOW})
    _send(url, "POST", ENDPOINT, SAMPLE)
    _send(url, "POST", ENDPOINT, SAMPLE, {"Prefer": "code=429"})
    _send(url, "POST", admin("clock/advance"), {"seconds": 61})
    for body in ASKED:
        _send(url, "POST", ENDPOINT, body)
        _send(url, "POST", admin("clock/advance"), {"seconds": 4})


def _send(
    url: str, method: str, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
) -> None:
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    sent = {"Authorization": f"Bearer sbx-{SANDBOX}", "Content-Type": "application/json", **(headers or {})}
    connection.request(method, path, json.dumps(body), sent)
    connection.getresponse().read()
    connection.close()


def _take(browser: Browser, url: str, picture: Picture) -> None:
    page = browser.new_page(
        base_url=f"{url}/__admin/",
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    page.goto(picture.address)
    if picture.name == "explorer":
        page.get_by_role("button", name="Send").click()
    page.locator(picture.ready).first.wait_for()
    if picture.name == "docs":
        page.locator(picture.ready, has_text="Ledger envelope.shape").first.scroll_into_view_if_needed()
    page.evaluate("document.fonts.ready")
    path = IMAGES / f"{picture.name}.png"
    # A page has few colours: with a palette it takes a third of the bytes, and looks the same.
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(
        path, optimize=True
    )
    page.close()
    size = path.stat().st_size
    print(f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}: {size} bytes")  # noqa: T201 - a command
    if size > MOST_BYTES:
        sys.exit(f"{path.name} has {size} bytes, which is more than a README should load: {MOST_BYTES}")


if __name__ == "__main__":
    main(sys.argv[1:])
