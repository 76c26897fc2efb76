"""A real server and a real browser. Whatever a test does, its page says nothing wrong and asks no other host.

`page` is a Playwright page whose addresses are relative to `/__admin/`, `sandbox` an id that no other test has:
`page.goto(f"#/traffic?sandbox={sandbox}")`. `open_page` opens others, such as dark or narrow ones. `server` speaks to
the server from outside. `looks` judges what a page shows.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request

ENDPOINT = "/api/services/analytics/v1/project/sessions"

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
#: Only a failure takes so long, and a machine that does much else at the same time.
_PATIENCE_MS = 20_000
_REFUSED = "Failed to load resource: the server responded with a status of "


@dataclass(frozen=True)
class Server:
    """A server, as a program beside the browser reaches it."""

    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def admin(self, method: str, path: str, body: Any = None) -> Any:
        """Call the admin API, `path` such as `clock?sandbox=a`; returns what it answers."""
        return self._ask(method, f"/__admin/{path}", body, {})[1]

    def ask(self, body: Any, token: str) -> int:
        """POST to the endpoint; returns the status."""
        return self._ask("POST", ENDPOINT, body, {"Authorization": f"Bearer {token}"}, refusal=True)[0]

    def _ask(
        self, method: str, path: str, body: Any, headers: dict[str, str], *, refusal: bool = False
    ) -> tuple[int, Any]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        sent = {"Content-Type": "application/json", "Accept": "application/json", **headers}
        connection.request(method, path, None if body is None else json.dumps(body), sent)
        reply = connection.getresponse()
        status, content = reply.status, reply.read()
        connection.close()
        assert refusal or status < 300, content
        return status, json.loads(content) if content else None


def _started(folder: Path, *words: str) -> tuple[subprocess.Popen[str], Server]:
    with (folder / "stderr").open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "mockserver", "serve", "--port", "0", *words],
            cwd=folder, stdout=subprocess.PIPE, stderr=stderr, text=True,
        )  # fmt: skip
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, (folder / "stderr").read_text()
    address = urlsplit(line.split("url=")[1].split()[0])
    assert address.hostname
    assert address.port
    return process, Server(address.hostname, address.port)


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Starts a server with these words; it is stopped with the session."""
    processes = []

    def starting(*words: str) -> Server:
        process, server = _started(tmp_path_factory.mktemp("server"), *words)
        processes.append(process)
        return server

    yield starting
    for process in processes:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture(scope="session")
def server(start: Callable[..., Server]) -> Server:
    """One server for all tests; each has a sandbox of its own."""
    return start()


# Not for the session: while Playwright runs, no other test of this process could start an event loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Its absence fails on CI, and skips elsewhere."""
    with sync_playwright() as playwright:
        program = _program(playwright)
        if program is None:
            reason = "there is no Chromium here; apt-get install chromium, or: playwright install chromium"
            pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
        expect.set_options(timeout=_PATIENCE_MS)
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


def _program(playwright: Playwright) -> str | None:
    """The machine's own browser, or the one that Playwright has downloaded."""
    own = playwright.chromium.executable_path
    return next(filter(None, map(shutil.which, _BROWSERS)), own if Path(own).exists() else None)


@dataclass
class Watch:
    """What went wrong on the pages of `host`. `refusals` are statuses that the test provokes at its admin API."""

    host: str
    refusals: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not self._is_provoked(message):
            self.wrong.append(f"console: {message.text} ({message.location['url']})")

    def request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != self.host:
            self.wrong.append(f"another host: {request.url}")

    def error(self, error: Exception) -> None:
        self.wrong.append(f"exception: {error}")

    def _is_provoked(self, message: ConsoleMessage) -> bool:
        """A refusal of the endpoint is the fake's purpose, and a browser tells of each."""
        if not message.text.startswith(_REFUSED):
            return False
        status = int(message.text.removeprefix(_REFUSED)[:3])
        return message.location["url"].partition("?")[0].endswith(ENDPOINT) or status in self.refusals


@pytest.fixture
def watch(server: Server) -> Iterator[Watch]:
    """Fails the test at its end if a page of it complained or asked another host."""
    watch = Watch(urlsplit(server.url).netloc)
    yield watch
    assert not watch.wrong, "\n".join(watch.wrong)


@pytest.fixture
def open_page(browser: Browser, server: Server, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Opens a page of its own context; keyword arguments are those of Playwright's `new_context`."""
    contexts = []

    def opening(**options: Any) -> Page:
        wanted = {
            "base_url": f"{server.url}/__admin/",
            "viewport": {"width": 1280, "height": 900},
            # Nothing moves, so that nothing is judged in the middle of a movement.
            "reduced_motion": "reduce",
            "locale": "en-GB",
            "timezone_id": "Europe/Amsterdam",
        }
        context = browser.new_context(**{**wanted, **options})
        contexts.append(context)
        context.on("console", watch.console)
        context.on("request", watch.request)
        page = context.new_page()
        page.on("pageerror", watch.error)
        page.set_default_timeout(_PATIENCE_MS)
        return page

    yield opening
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page as wide as a small laptop's, in light colours."""
    return open_page()


@pytest.fixture
def sandbox(server: Server) -> str:
    """The id of a sandbox that nobody else uses."""
    name: str = server.admin("POST", "sandboxes")["id"]
    return name
