"""The command line: help, usage errors, exit codes, and the suite for pytest."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from benign import App, Variant

from contract.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Bridge(BaseHTTPRequestHandler):
    """The benign app behind a real socket."""

    app = App(Variant(size=60))

    def answer(self) -> None:
        path, _, query = self.path.partition("?")
        scope = {
            "type": "http",
            "method": self.command,
            "path": path,
            "scheme": "http",
            "query_string": query.encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in self.headers.items()],
        }
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        reply, _ = self.app.answer(scope, body)
        self.send_response(reply.status)
        for name, value in (reply.headers | {"Content-Length": str(len(reply.body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    do_GET = do_POST = do_PUT = do_PATCH = answer  # noqa: N815 - the names that http.server looks for

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Bridge) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test finds the rate limit unspent, and no variable of the caller's."""
    Bridge.app = App(Variant(size=60))
    for name in ("WEMASY_API_TOKEN", "WEMASY_API_FORBIDDEN_TOKEN", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


def test_a_correct_url_holds_and_writes_every_report(url: str, tmp_path: Path, capsys: Any) -> None:
    files = {flag: tmp_path / flag for flag in ("junit", "json", "markdown")}
    assert (
        main(["check", url, *(word for flag, path in files.items() for word in (f"--{flag}", str(path)))])
        == 0
    )
    assert json.loads(files["json"].read_text("utf-8"))["target"]["url"].startswith(f"{url}/api/services")
    assert files["junit"].stat().st_size > 1000
    assert "HOLDS" in capsys.readouterr().out


def test_a_base_url_with_api_is_the_same(url: str) -> None:
    assert main(["check", f"{url}/api", "--budget", "45"]) == 0


def test_no_server_is_exit_3(capsys: Any) -> None:
    assert main(["check", "http://127.0.0.1:9", "--budget", "3"]) == 3
    assert "no connection" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "nonsense"], "mock, or a base URL"),
        (["check", "https://api.wemasy.nl"], "--live"),
        (["check", "http://127.0.0.1:9", "--level", "full"], "--level full"),
        (["check", "http://127.0.0.1:9", "--golden", "/nowhere"], "--golden"),
        (["check", "http://127.0.0.1:9", "--waive", "/nowhere"], "--waive"),
        (["check", "http://127.0.0.1:9", "--json", "/nowhere/x"], "--json"),
    ],
)
def test_a_usage_error_is_one_sentence_and_exit_2(arguments: list[str], said: str, capsys: Any) -> None:
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["check", "--budget", "0"], ["check", "--start-date", "soon"], [], ["nope"]]
)
def test_a_flag_that_cannot_be_read_is_exit_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_a_live_target_without_a_token_is_exit_3(capsys: Any) -> None:
    assert main(["check", "https://api.example.invalid", "--live"]) == 3
    assert "WEMASY_API_TOKEN" in capsys.readouterr().err


def test_without_its_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert main(["check"]) == 2
    assert capsys.readouterr().err == (
        "wemasy-contract: the contract kit is not installed: pip install 'wemasy-mock[contract]'\n"
    )


def test_the_ledger_is_printed_with_its_counts(capsys: Any) -> None:
    assert main(["ledger"]) == 0
    text = capsys.readouterr().out
    assert "envelope.links" in text
    assert "documented" in text.splitlines()[-1]


def test_python_m_contract_prints_help_with_the_exit_codes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "contract", "--help"], capture_output=True, text=True, check=True
    )
    assert "exit codes: 0 the contract holds, 1 it is broken" in done.stdout


def test_the_suite_runs_under_pytest(url: str) -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "contract.suite.plugin",
        "-p",
        "no:cacheprovider",
        "-o",
        "addopts=",
    ]
    done = subprocess.run(
        [*command, "--pyargs", "contract.suite", "--target", url], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout
    assert "failed" not in done.stdout
