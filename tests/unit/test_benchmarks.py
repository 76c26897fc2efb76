"""The benchmarks measure the answers that they mean to, and their results can be shown. Nothing is timed here."""

from __future__ import annotations

import importlib
import socketserver
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from mockserver.reading import UNLIMITED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER = Path(__file__).parents[2] / "benchmarks"
NAMES = ("questions", "servers", "load", "tables", "plot")


@pytest.fixture
def benchmarks(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The modules of the folder, imported as its commands do."""
    monkeypatch.syspath_prepend(str(FOLDER))
    yield SimpleNamespace(**{name: importlib.import_module(name) for name in NAMES})
    for name in NAMES:
        del sys.modules[name]


@pytest.fixture
def peer() -> Iterator[Callable[[bytes], SimpleNamespace]]:
    """Starts servers that send the same bytes whatever they are asked, and then wait for more."""
    started: list[socketserver.ThreadingTCPServer] = []

    def start(sent: bytes) -> SimpleNamespace:
        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                while sent and self.request.recv(65536):
                    self.request.sendall(sent)

        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.block_on_close = False
        started.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        return SimpleNamespace(
            port=server.server_address[1], kind=SimpleNamespace(name="peer"), cpu_seconds=lambda: 0.0
        )

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


def _answer(status: str, body: bytes = b"{}") -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status.encode(), len(body), body)


def _results(*, with_peers: bool) -> dict[str, Any]:
    ours = [f"ours, {size} rows" for size in ("1,000", "1,000,000")]
    names = ["floor", *ours, f"{ours[0]}, 422", f"{ours[0]}, varied"]
    names += ["Prism static", "Prism dynamic"] if with_peers else []
    asked = {"cpu_us": 1234.5, "over_floor": 3.21, "per_second": 98765, "p50_ms": 0.123}
    started = {"ms": 654.3, "cpu_ms": 543.2, "memory_mb": 65.4}
    return {
        "request": {
            "lines": dict.fromkeys(names, asked),
            "many_over_few": 1.31,
            "invalid_over_valid": 0.66,
        },
        "start": {
            "lines": dict.fromkeys(["floor", *ours], started),
            "over_imports": 1.21,
            "over_imports_cpu": 1.11,
            "added_ms": 222,
        },
        "endurance": {"ours": {"requests": 5000, "memory_mb": [60.1, 62.2, 64.3], "growth_mb": 4.2}},
        "query": [
            {
                "rows": rows, "build_ms": 1.5, "ready_mb": 90, "peak_mb": 99,
                "query_p50_us": 71.2, "query_p95_us": 345.6, "encode_p50_us": 23.4,
            }
            for rows in (1000, 1_000_000)
        ],
    }  # fmt: skip


def test_every_question_gets_the_status_that_it_expects(
    benchmarks: SimpleNamespace, make_client: Any
) -> None:
    client = make_client(rate_limit=UNLIMITED)
    questions = benchmarks.questions
    asked = [*questions.VALID, *questions.INVALID, *questions.varied(200)]
    for question in asked:
        head, _, body = question.wire.partition(b"\r\n\r\n")
        query = head.split()[1].decode().partition("?")[2]
        assert client.send("POST", query=query, body=body).status == question.status
    assert {question.status for question in asked} == {200, 422}


def test_questions_are_counted_over_all_connections(benchmarks: SimpleNamespace, peer: Any) -> None:
    server = peer(_answer("200 OK"))
    turn = benchmarks.load.turn(server, benchmarks.questions.VALID, requests=50, connections=4)
    assert (turn.cpu_us, turn.per_second > 0, turn.p50_ms > 0) == (0.0, True, True)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (_answer("429 Too Many Requests"), "peer answers b'HTTP/1.1 429"),
        (_answer("500 Internal Server Error", b"x" * 90_000), "peer answers b'HTTP/1.1 500"),
        (b"", "peer closed a connection"),
    ],
)
def test_an_error_is_never_measured(benchmarks: SimpleNamespace, peer: Any, sent: bytes, told: str) -> None:
    with pytest.raises(benchmarks.servers.BenchmarkError, match=told):
        benchmarks.load.turn(peer(sent), benchmarks.questions.VALID, requests=10, connections=2)


def test_a_server_that_does_not_start_says_why(benchmarks: SimpleNamespace) -> None:
    kind = benchmarks.servers.Kind("broken", (sys.executable, "-c", "raise SystemExit('no room here')"))
    with pytest.raises(benchmarks.servers.BenchmarkError, match="broken stopped: no room here"):
        benchmarks.servers.Server(kind)


def test_prism_is_left_out_where_it_is_missing(
    benchmarks: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert benchmarks.servers.prisms("no-such-program-anywhere") == []
    assert "Prism is not installed" in capsys.readouterr().err


@pytest.mark.parametrize("with_peers", [False, True])
def test_servers_that_were_measured_are_shown_and_no_others(
    benchmarks: SimpleNamespace, *, with_peers: bool
) -> None:
    results = _results(with_peers=with_peers)
    drawn = "".join(ET.fromstring(benchmarks.plot.svg(results)).itertext())  # noqa: S314 - drawn above
    table = benchmarks.tables.servers(results)
    assert ("Prism" in table, "Prism" in drawn) == (with_peers, with_peers)
    assert "| 1,234.5 | 3.21 | 98,765 | 0.123 | 654 | 60; after 5,000 requests 64 |" in table
    assert "goal 4" in drawn


def test_a_missed_goal_is_said(benchmarks: SimpleNamespace) -> None:
    missed = [
        line for line in benchmarks.tables.goals(_results(with_peers=False)).splitlines() if "missed" in line
    ]
    assert missed == ["| CPU of a request at 1,000,000 rows, times that at 1,000 | ≤ 1.3 | 1.31 | missed |"]


def test_each_size_has_a_line(benchmarks: SimpleNamespace) -> None:
    lines = benchmarks.tables.sizes(_results(with_peers=False)).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| 1,000", "| 1,000,000"]
