"""The journal, followed over a socket."""

from __future__ import annotations

import json
import signal
import threading
from typing import Any

import httpx

TYPE = {"Content-Type": "application/json"}


def admin(server: Any, path: str) -> str:
    return f"http://127.0.0.1:{server.port}/__admin/{path}"


def ask(server: Any, token: str) -> httpx.Response:
    return httpx.post(server.url, content=b"{}", headers={"Authorization": f"Bearer {token}", **TYPE})


def test_every_request_is_an_event_with_its_explanation(server: Any) -> None:
    with httpx.stream("GET", admin(server, "events?sandbox=followed"), timeout=10) as stream:
        lines = stream.iter_lines()
        assert (stream.headers["content-type"], next(lines)) == (
            "text/event-stream; charset=utf-8",
            ": following",
        )
        ask(server, "sbx-followed")
        ask(server, "sbx-another")
        ask(server, "sbx-followed")
        told = [
            json.loads(line.removeprefix("data: "))
            for line in (next(lines) for _ in range(9))
            if "data: " in line
        ]
    assert [event["sandbox"] for event in told] == ["followed", "followed"]
    assert told[0]["id"] < told[1]["id"]
    assert told[0]["explanation"]["remarks"][0]["ledger"] == "rule.required"


def test_a_wait_is_ended_by_a_request_of_another_connection(server: Any) -> None:
    waiting = threading.Timer(0, lambda: ask(server, "sbx-waited"))
    waiting.start()
    reply = httpx.get(admin(server, "requests/wait?sandbox=waited&count=1&timeout=10"), timeout=15)
    waiting.join()
    assert (reply.status_code, len(reply.json())) == (200, 1)


def test_a_follower_does_not_keep_the_server_from_stopping(start: Any) -> None:
    server = start()
    with httpx.stream("GET", admin(server, "events"), timeout=10) as stream:
        assert next(stream.iter_lines()) == ": following"
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(5) == 0
    assert "Traceback" not in server.log.read_text()
