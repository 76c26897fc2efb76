"""Every command but `serve`, from outside."""

from __future__ import annotations

import csv
import io
import json
import socket
import sys
from typing import TYPE_CHECKING, Any

import pytest

from mockserver import __version__

if TYPE_CHECKING:
    from pathlib import Path


def test_the_version_is_told(mock: Any) -> None:
    assert mock("--version").stdout == f"wemasy-mock {__version__}\n"


def test_rows_are_printed_as_json_lines_and_as_csv(mock: Any) -> None:
    lines = [json.loads(line) for line in mock("rows", "--sessions", "20").stdout.splitlines()]
    table = list(csv.DictReader(io.StringIO(mock("rows", "--sessions", "20", "--format", "csv").stdout)))
    assert [row["id"] for row in lines] == list(range(1, 21))
    assert [row["created_at"] for row in table] == [row["created_at"] for row in lines]
    assert {"irregular_traffic", "ip_addresses"} <= set(lines[0])


def test_printed_rows_can_be_served_again(mock: Any, tmp_path: Path) -> None:
    for form in ("jsonl", "csv"):
        printed = mock("rows", "--sessions", "50", "--format", form).stdout
        (tmp_path / f"rows.{form}").write_text(printed)
        assert mock("rows", "--data", f"rows.{form}", "--format", form).stdout == printed


def test_profiles_are_listed(mock: Any) -> None:
    assert [line.split()[0] for line in mock("profiles").stdout.splitlines()] == ["documented", "laravel"]


def test_config_says_where_each_value_comes_from(mock: Any, tmp_path: Path) -> None:
    (tmp_path / "wemasy-mock.toml").write_text("sessions = 5\n")
    lines = {
        line.split()[0]: line.split()
        for line in mock("config", "--port", "1", WEMASY_MOCK_SEED="2").stdout.splitlines()
    }
    assert lines["port"][1:3] == ["1", "--port"]
    assert lines["seed"][1:3] == ["2", "WEMASY_MOCK_SEED"]
    assert lines["sessions"][1:3] == ["5", "wemasy-mock.toml,"]
    assert lines["profile"][1:3] == ["documented", "default"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("serve", "--port", "x"), "--port: 'x' can't be used; accepted: a whole number from 0 to 65535"),
        (("serve", "--profile", "nope"), "there is no profile 'nope'"),
        (("serve", "--data", "nope.jsonl"), "nope.jsonl"),
        (("rows", "--as-of", "soon"), "--as-of: 'soon'"),
        (("exec",), "no program given"),
        (("serve", "--nonsense"), "--nonsense"),
        (("nonsense",), "nonsense"),
        ((), "COMMAND"),
    ],
)
def test_what_cannot_be_used_is_told_and_exits_2(mock: Any, words: tuple[str, ...], told: str) -> None:
    done = mock(*words)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_row_is_told_with_file_and_line(mock: Any, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text('{"id": 1, "created_at": "2026-01-01 00:00:00"}\n{"id": "x"}\n')
    done = mock("serve", "--data", "rows.jsonl")
    assert (done.returncode, "rows.jsonl" in done.stderr, "2" in done.stderr) == (2, True, True)


def test_a_variable_that_means_nothing_is_warned_of(mock: Any) -> None:
    done = mock("profiles", WEMASY_MOCK_PROT="1")
    assert done.returncode == 0
    assert "did you mean WEMASY_MOCK_PORT?" in done.stderr


def test_nothing_there_is_not_ready(mock: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        done = mock("ready", "--port", str(taken.getsockname()[1]))
    assert (done.returncode, "nothing ready at 127.0.0.1" in done.stderr) == (1, True)


def test_exec_runs_a_program_beside_a_server_and_returns_its_code(mock: Any) -> None:
    program = (
        "import os, sys, urllib.request as r\n"
        "url = os.environ['WEMASY_API_URL'] + '/__admin/readyz'\n"
        "print(r.urlopen(url).status, os.environ['WEMASY_API_TOKEN'])\n"
        "sys.exit(7)"
    )
    done = mock("exec", "--sessions", "3", "--", sys.executable, "-c", program)
    assert (done.returncode, done.stdout.split()) == (7, ["200", "local-token"])


def test_exec_says_when_there_is_no_such_program(mock: Any) -> None:
    done = mock("exec", "--", "no-such-program-anywhere")
    assert (done.returncode, "no-such-program-anywhere" in done.stderr) == (127, True)
