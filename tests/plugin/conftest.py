"""The plugin's fixtures on both roads, and pytest runs of their own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "/api/services/analytics/v1/project/sessions"
BODY: dict[str, Any] = {
    "start_date": "2026-01-01", "end_date": "2026-01-31 23:59:59", "sortKey": "id", "sortOrder": "asc",
    "filters": {},
}  # fmt: skip


@pytest.fixture(params=["wemasy_mock", "wemasy_mock_asgi"])
def sandbox(request: pytest.FixtureRequest) -> Any:
    """A sandbox behind a socket, and one in this process."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def ask(sandbox: Any) -> Callable[..., httpx.Response]:
    """POST to the endpoint in the sandbox; keyword arguments are fields on top of a valid body."""

    def post(*, query: str = "", token: str | None = None, **changes: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token or sandbox.token}"}
        with httpx.Client(transport=getattr(sandbox, "transport", None)) as client:
            return client.post(sandbox.url + PATH + query, json={**BODY, **changes}, headers=headers)

    return post


@pytest.fixture
def run_alone(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Callable[..., pytest.RunResult]:
    """Run pytest with this plugin and no other on one test file; warnings are errors."""
    for name in [name for name in os.environ if name.startswith("WEMASY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def started(source: str, *words: str) -> pytest.RunResult:
        pytester.makepyfile(test_it=source)
        return pytester.runpytest_subprocess("-p", "mockserver.pytest_plugin", "-W", "error", *words)

    return started


@pytest.fixture
def run(
    run_alone: Callable[..., pytest.RunResult], wemasy_mock_server: Any, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., pytest.RunResult]:
    """The same against a server that runs already."""
    monkeypatch.setenv("WEMASY_MOCK_URL", f"{wemasy_mock_server.url}/")
    return run_alone
