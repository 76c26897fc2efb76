"""pytest fixtures: a server for the run, a sandbox for each test, and its journal when a test fails.

pytest imports this module wherever the distribution is installed, so it imports next to nothing and does
nothing until a fixture is asked for. Every test gets a sandbox, which is a token; tests never share quota,
clock, faults, data or journal, and may run in parallel.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from mockserver.errors import MockError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from mockserver.pytest_plugin.inprocess import AsgiSandbox, AsgiServer
    from mockserver.pytest_plugin.sandbox import Sandbox
    from mockserver.pytest_plugin.server import Server

#: The sandboxes that a test has opened.
_OPENED: pytest.StashKey[list[Sandbox]] = pytest.StashKey()


@pytest.fixture(scope="session")
def wemasy_mock_server(pytestconfig: pytest.Config) -> Iterator[Server]:
    """A server: the one at WEMASY_MOCK_URL, or one of this process's own on a free port.

    Under xdist each worker starts its own. `.url` is its base URL, `.sandbox()` opens one more sandbox.
    """
    from mockserver.pytest_plugin import server  # noqa: PLC0415 - only who asks for it pays for it

    with _told(), server.serving(os.environ, pytestconfig.invocation_params.dir) as running:
        yield running


@pytest.fixture
def wemasy_mock(wemasy_mock_server: Server, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A fresh sandbox: point the client at `.url` with `.token`; it is dropped after the test."""
    with _told(), wemasy_mock_server.sandbox() as sandbox:
        request.node.stash.setdefault(_OPENED, []).append(sandbox)
        yield sandbox


@pytest.fixture(scope="session")
def _wemasy_mock_app() -> AsgiServer:
    try:
        from mockserver.pytest_plugin import inprocess  # noqa: PLC0415 - brings FastAPI and httpx
    except ModuleNotFoundError as missing:
        pytest.fail(
            f"wemasy_mock_asgi needs {missing.name}: pip install 'wemasy-mock[pytest]'", pytrace=False
        )
    with _told():
        return inprocess.served(os.environ)


@pytest.fixture
def wemasy_mock_asgi(_wemasy_mock_app: AsgiServer, request: pytest.FixtureRequest) -> Iterator[AsgiSandbox]:
    """A fresh sandbox of an app in this process, without a socket: use `.client()` or `.transport`."""
    with _told(), _wemasy_mock_app.sandbox() as sandbox:
        request.node.stash.setdefault(_OPENED, []).append(sandbox)
        yield sandbox


@pytest.hookimpl(hookwrapper=True)  # the old kind, since older versions of pytest may load this, too
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, None, None]:
    """Put the journal under a failing test."""
    outcome = yield
    opened = item.stash.get(_OPENED, None)
    if opened is None:
        return
    report = outcome.get_result()  # type: ignore[attr-defined]  # pluggy sends its Result
    if report.failed and report.when != "teardown":
        report.sections += [("wemasy-mock journal", sandbox.journal()) for sandbox in opened]


@contextmanager
def _told() -> Iterator[None]:
    """Fail with the sentence alone: the traceback would show this plugin, not the user's test."""
    try:
        yield
    except MockError as reason:
        raise pytest.fail.Exception(f"{reason}", pytrace=False) from None
