"""The server as a process: what it prints, how it stops, what it survives."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from typing import Any

import pytest


def test_one_line_says_that_it_is_ready_and_then_it_is(start: Any, tmp_path: Any) -> None:
    server = start("--port-file", "port", "--seed", "3", "--sessions", "20")
    assert re.fullmatch(
        rf"ready url=http://127\.0\.0\.1:\d+ pid={server.process.pid} seed=3 sessions=20 profile=documented\n",
        server.ready_line,
    )
    assert int((tmp_path / "port").read_text()) == server.port
    assert server.ask()[0] == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(start: Any, number: int) -> None:
    server = start()
    server.ask()
    server.process.send_signal(number)
    assert server.process.wait(10) == 0
    assert server.process.stdout.read() == ""
    assert "Traceback" not in server.log.read_text()


def test_a_busy_port_exits_3_and_names_the_way_out(start: Any) -> None:
    server = start()
    second = subprocess.run(
        [sys.executable, "-m", "mockserver", "serve", "--port", str(server.port)],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert second.returncode == 3
    assert f"port {server.port}" in second.stderr
    assert "--port 0" in second.stderr


def test_it_is_ready_to_whoever_asks(start: Any) -> None:
    server = start()
    asked = [sys.executable, "-m", "mockserver", "ready", "--wait", "--port", str(server.port)]
    assert subprocess.run(asked, timeout=30, check=False).returncode == 0
