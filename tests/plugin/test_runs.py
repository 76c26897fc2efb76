"""Whole pytest runs with the plugin: in parallel, against a given server, failing, and without any use of it."""

from __future__ import annotations

import re
import socket
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., pytest.RunResult]

CLIENT = """
import json, os, urllib.request

BODY = {"start_date": "2026-01-01", "end_date": "2026-01-31", "sortKey": "id", "sortOrder": "asc", "filters": {}}

def ask(url, token, **changes):
    request = urllib.request.Request(
        url + "/api/services/analytics/v1/project/sessions",
        json.dumps({**BODY, **changes}).encode(),
        {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as reply:
            return reply.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
"""


def test_the_plugin_is_found_by_pytest_itself() -> None:
    (entry,) = [entry for entry in entry_points(group="pytest11") if entry.name == "wemasy_mock"]
    assert entry.load().wemasy_mock


def test_every_test_of_a_parallel_run_sees_its_own_requests_alone(
    run_alone: Run, pytester: pytest.Pytester
) -> None:
    done = run_alone(
        CLIENT
        + """
import pathlib, pytest

@pytest.mark.parametrize("number", range(8))
def test_alone(wemasy_mock, number):
    assert [ask(wemasy_mock.url, wemasy_mock.token, note=number) for _ in range(3)] == [200] * 3
    assert [request.json["note"] for request in wemasy_mock.requests] == [number] * 3
    pathlib.Path(f"seen-{number}").write_text(f"{wemasy_mock.url} {wemasy_mock.token}")
""",
        "-p", "xdist.plugin", "-n", "2",
    )  # fmt: skip
    done.assert_outcomes(passed=8)
    seen = [path.read_text().split() for path in pytester.path.glob("seen-*")]
    assert len({token for _, token in seen}) == 8
    assert 1 <= len({url for url, _ in seen}) <= 2
    assert not any(answers(url) for url, _ in seen)


def answers(url: str) -> bool:
    parts = urlsplit(url)
    with socket.socket() as probe:
        return probe.connect_ex((parts.hostname, parts.port)) == 0


def test_a_given_server_is_used_and_left_as_it_was(run: Run, wemasy_mock_server: Any) -> None:
    before = wemasy_mock_server.admin.call("GET", "sandboxes")
    done = run(
        CLIENT
        + f"""
def test_there(wemasy_mock):
    assert wemasy_mock.url == {wemasy_mock_server.url!r}
    assert ask(wemasy_mock.url, wemasy_mock.token) == 200
"""
    )
    done.assert_outcomes(passed=1)
    after = wemasy_mock_server.admin.call("GET", "sandboxes")
    assert [known["id"] for known in after] == [known["id"] for known in before]


REFUSED = (
    CLIENT
    + """
import pytest

def test_it(wemasy_mock):
    assert ask(wemasy_mock.url, wemasy_mock.token, sortKey="created") == 200
"""
)


@pytest.mark.parametrize("words", [(), ("-p", "xdist.plugin", "-n", "2")], ids=["alone", "parallel"])
def test_a_failing_test_shows_its_journal(run: Run, words: tuple[str, ...]) -> None:
    done = run(REFUSED, *words)
    done.assert_outcomes(failed=1)
    done.stdout.re_match_lines(
        [
            r"-+ wemasy-mock journal -+",
            r"#\d+ POST /api/services/analytics/v1/project/sessions -> 422  token sbx-…",
            r'    sent: .*"sortKey": "created"',
            r"    why: sortKey is 'created'.*did you mean 'created_at'",
            r'    nearest valid: .*"sortKey": "created_at"',
        ]
    )
    _, _, journal = done.stdout.str().partition("wemasy-mock journal")
    # On CI, pytest's summary below repeats the whole assertion, whose text is the test's own.
    journal, _, _ = journal.partition("short test summary")
    assert "did you mean" in journal
    assert not re.search(r"sbx-[0-9a-f]", journal)


def test_a_failing_setup_shows_the_journal_too(run: Run) -> None:
    done = run(
        """
import pytest

@pytest.fixture
def prepared(wemasy_mock):
    raise ValueError("broken")

def test_it(prepared): pass
"""
    )
    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines(["*wemasy-mock journal*", "no request came with this sandbox's token; *"])


def test_a_passing_test_shows_no_journal(run: Run) -> None:
    done = run(REFUSED.replace("== 200", "== 422"), "-rA")
    done.assert_outcomes(passed=1)
    assert "wemasy-mock journal" not in done.stdout.str()


@pytest.mark.skipif(sys.platform != "linux", reason="finds the server in /proc")
def test_a_server_that_died_spoils_neither_report_nor_run(run_alone: Run) -> None:
    done = run_alone(
        CLIENT
        + """
import os, signal, urllib.request

def test_it(wemasy_mock, wemasy_mock_server, capfd):
    with open(f"/proc/self/task/{os.getpid()}/children") as children:
        os.kill(int(children.read().split()[0]), signal.SIGKILL)
    wemasy_mock.reset()

def test_next(): pass
"""
    )
    done.assert_outcomes(passed=1, failed=1)
    done.stdout.fnmatch_lines(["*no wemasy-mock answers at*", "the journal can't be read: *"])


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("WEMASY_MOCK_URL", "localhost:8420", "'localhost:8420' is no base URL; use one such as http://*"),
        (
            "WEMASY_MOCK_URL",
            "http://127.0.0.1:1",
            "no wemasy-mock answers at http://127.0.0.1:1 *serve*unset*",
        ),
        (
            "WEMASY_MOCK_PROFILE",
            "nix",
            "wemasy-mock did not start (exit code 2)*\nwemasy-mock: there is no profile*",
        ),
    ],
)
def test_a_server_that_cannot_be_had_is_told_in_a_sentence(
    run_alone: Run, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str
) -> None:
    monkeypatch.setenv(variable, value)
    done = run_alone("def test_it(wemasy_mock): pass")
    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines(told.splitlines())
    assert "Traceback" not in done.stdout.str()


def test_a_server_that_wants_a_token_gets_it(run_alone: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEMASY_MOCK_ADMIN_TOKEN", "s3cret")
    run_alone(
        "def test_it(wemasy_mock, wemasy_mock_asgi): assert wemasy_mock.requests == []"
    ).assert_outcomes(passed=1)


def test_a_token_that_the_settings_hide_is_asked_for(run_alone: Run, pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("wemasy-mock.toml").write_text('admin-token = "s3cret"\n')
    done = run_alone("def test_it(wemasy_mock): pass")
    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines(["*stands in WEMASY_MOCK_ADMIN_TOKEN"])


def test_the_settings_of_the_folder_hold(run_alone: Run, pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("wemasy-mock.toml").write_text("sessions = 3\nno-admin = true\n")
    run_alone(
        """
def test_it(wemasy_mock_server, wemasy_mock_asgi):
    assert wemasy_mock_server.admin.call("GET", "info")["sessions"] == 3
    with wemasy_mock_asgi.client() as client:
        assert client.post("/services/analytics/v1/project/sessions", json={
            "start_date": "2020-01-01", "end_date": "2027-01-01", "sortKey": "id", "sortOrder": "asc", "filters": {},
        }).json()["data"]["total"] == 3
"""
    ).assert_outcomes(passed=1)


def test_a_folder_of_the_same_name_as_the_package_is_not_meant(run_alone: Run) -> None:
    run_alone(
        """
import pathlib

def test_it(request, monkeypatch):
    monkeypatch.delenv("PYTHONPATH", raising=False)
    pathlib.Path("mockserver").mkdir()
    pathlib.Path("mockserver/__init__.py").write_text("raise ImportError")
    assert request.getfixturevalue("wemasy_mock").requests == []
"""
    ).assert_outcomes(passed=1)


IMPORTED = """
import sys

def test_it():
    heavy = {"fastapi", "starlette", "uvicorn", "numpy", "httpx", "http.client", "pydantic", "asyncio"}
    print(sorted(name for name in sys.modules if name.startswith("mockserver")))
    assert heavy & set(sys.modules) == set()

def test_that():
    assert 1 == 2
"""


def test_a_suite_that_does_not_use_it_runs_as_without_it(run_alone: Run) -> None:
    done = run_alone(IMPORTED, "-rA", "--strict-markers")
    without = run_alone(IMPORTED, "-rA", "--strict-markers", "-p", "no:mockserver.pytest_plugin")
    for result in (done, without):
        result.assert_outcomes(passed=1, failed=1)
    loaded = "['mockserver', 'mockserver.errors', 'mockserver.pytest_plugin']"
    assert steady(done) == [line.replace("[]", loaded) for line in steady(without)]


def steady(done: pytest.RunResult) -> list[str]:
    return [re.sub(r"in \d+\.\d+s", "", line) for line in done.outlines]


@pytest.mark.usefixtures("run_alone")
def test_exec_and_the_plugin_work_together(pytester: pytest.Pytester) -> None:
    source = (
        CLIENT
        + """
import json, pathlib

def test_client_of_the_environment():
    assert ask(os.environ["WEMASY_API_URL"], os.environ["WEMASY_API_TOKEN"]) == 200

def test_sandbox_beside_it(wemasy_mock):
    assert ask(os.environ["WEMASY_API_URL"], os.environ["WEMASY_API_TOKEN"]) == 200
    assert wemasy_mock.requests == []
    assert ask(**{"url": wemasy_mock.url, "token": wemasy_mock.token}) == 200
    assert len(wemasy_mock.requests) == 1

def test_client_that_is_pointed_here(wemasy_mock, monkeypatch):
    for name, value in wemasy_mock.environ.items():
        monkeypatch.setenv(name, value)
    assert ask(os.environ["WEMASY_API_URL"], os.environ["WEMASY_API_TOKEN"]) == 200
    assert len(wemasy_mock.requests) == 1
"""
    )
    pytester.makepyfile(test_it=source)
    pytest_itself = [sys.executable, "-m", "pytest", "-p", "mockserver.pytest_plugin", "-W", "error"]
    done = pytester.run(sys.executable, "-m", "mockserver", "exec", "-q", "--", *pytest_itself)
    done.assert_outcomes(passed=3)
    assert done.ret == 0
