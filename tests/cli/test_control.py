"""The commands and flags that control the fake."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from mockserver import scenario

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def port(tmp_path: Path) -> Iterator[str]:
    """The port of a server whose admin API wants a token."""
    server = subprocess.Popen(
        [sys.executable, "-m", "mockserver", "serve", "--port", "0", "-q", "--admin-token", "s3cret"],
        cwd=tmp_path, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    yield server.stdout.readline().split("url=http://127.0.0.1:")[1].split()[0]
    server.kill()
    server.wait()
    server.stdout.close()


def test_scenarios_are_listed_with_their_stories(mock: Any) -> None:
    lines = mock("scenarios").stdout.splitlines()
    assert [line.split()[0] for line in lines] == scenario.names()
    assert all(len(line.split()) > 5 for line in lines)


def test_env_prints_a_fresh_sandbox_of_a_running_server(mock: Any, port: str) -> None:
    printed = [mock("env", "--port", port, "--admin-token", "s3cret").stdout for _ in range(2)]
    form = rf"export WEMASY_API_URL=http://127\.0\.0\.1:{port} WEMASY_API_TOKEN=sbx-[0-9a-f]{{16}}\n"
    assert all(re.fullmatch(form, line) for line in printed)
    assert printed[0] != printed[1]


def test_env_says_what_is_missing(mock: Any, port: str) -> None:
    done = mock("env", "--port", port)
    assert (done.returncode, done.stdout, "--admin-token" in done.stderr) == (1, "", True)


def test_env_says_that_nothing_runs_there(mock: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        done = mock("env", "--port", str(taken.getsockname()[1]))
    assert (done.returncode, "wemasy-mock serve" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--latency", "fast"), "--latency: 'fast'"),
        (("--scenario", "empty_acount"), "did you mean 'empty_account'?"),
        (("--admin-host", ""), "--admin-host"),
    ],
)
def test_what_cannot_be_used_is_told_and_exits_2(mock: Any, words: tuple[str, ...], told: str) -> None:
    done = mock("serve", "--port", "0", *words)
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr


def test_the_admin_token_is_never_printed_whole(mock: Any) -> None:
    printed = mock("config", WEMASY_MOCK_ADMIN_TOKEN="a-long-admin-token").stdout
    assert "a-lo…" in printed
    assert "a-long-admin-token" not in printed
