"""The results as Markdown."""  # noqa: INP001 - commands, no package

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FEW, _MANY = "ours, 1,000 rows", "ours, 1,000,000 rows"

#: Lines of the server table: what it is called, its name among requests, among starts, and in endurance.
_SERVERS = (
    ("raw ASGI app, the floor", "floor", "floor", "floor"),
    ("**wemasy-mock**, 1,000 rows", _FEW, _FEW, "ours"),
    ("the same, a 422", f"{_FEW}, 422", None, None),
    ("the same, questions of all kinds", f"{_FEW}, varied", None, None),
    ("**wemasy-mock**, 1,000,000 rows", _MANY, _MANY, None),
    ("the same, questions of all kinds", f"{_MANY}, varied", None, None),
    ("the same rows out of a file", None, "ours, a file of 1,000,000", None),
    ("Prism, one fixed answer", "Prism static", "Prism static", "Prism static"),
    ("Prism, generated answers", "Prism dynamic", "Prism dynamic", "Prism dynamic"),
)


def servers(results: dict[str, Any]) -> str:
    """What a request, a start and staying alive cost, by server; a server that was not measured is left out."""
    head = (
        "",
        "CPU per request, µs",
        "times the floor",
        "requests per second",
        "p50, ms",
        "first answer, ms",
    )
    lines = []
    for title, request, start, endurance in _SERVERS:
        asked = results["request"]["lines"].get(request, {})
        started = results["start"]["lines"].get(start, {})
        if asked or started:
            cells = [
                f"{asked[name]:,}" if asked else ""
                for name in ("cpu_us", "over_floor", "per_second", "p50_ms")
            ]
            cells.append(f"{started['ms']:,.0f}" if started else "")
            lines.append((title, *cells, _memory(started, results["endurance"].get(endurance))))
    return _table((*head, "memory, MB"), lines)


def _memory(started: dict[str, float], endured: dict[str, Any] | None) -> str:
    if endured:
        first, *_, last = endured["memory_mb"]
        return f"{first:.0f}; after {endured['requests']:,} requests {last:.0f}"
    return f"{started['memory_mb']:.0f}" if started else ""


def sizes(results: dict[str, Any]) -> str:
    """What rows cost."""
    head = (
        "rows",
        "built in, ms",
        "memory, MB",
        "peak, MB",
        "query p50, µs",
        "p95, µs",
        "writing 15 rows, µs",
    )
    names = ("rows", "build_ms", "ready_mb", "peak_mb", "query_p50_us", "query_p95_us", "encode_p50_us")
    return _table(head, ([f"{line[name]:,}" for name in names] for line in results["query"]))


def goals(results: dict[str, Any]) -> str:
    """What was aimed at, and what was measured."""
    request, start, ours = results["request"], results["start"], results["endurance"]["ours"]
    many = next(line for line in results["query"] if line["rows"] == 1_000_000)  # noqa: PLR2004
    memory = {name: start["lines"][name]["memory_mb"] for name in (_FEW, _MANY)}
    measured = (
        ("CPU of a request, times a raw ASGI app's", 4, request["lines"][_FEW]["over_floor"]),
        ("CPU of a 422, times a valid request's", 1, request["invalid_over_valid"]),
        ("CPU of a request at 1,000,000 rows, times that at 1,000", 1.3, request["many_over_few"]),
        ("query p50 at 1,000,000 rows, ms", 0.1, round(many["query_p50_us"] / 1e3, 3)),
        ("query p95 at 1,000,000 rows, ms", 1, round(many["query_p95_us"] / 1e3, 3)),
        ("start, times `import fastapi, uvicorn`", 1.6, start["over_imports"]),
        ("the same in CPU", 1.6, start["over_imports_cpu"]),
        ("start added by 1,000,000 rows, ms", 500, start["added_ms"]),
        ("memory with 1,000 rows, MB", 80, memory[_FEW]),
        ("memory with 1,000,000 rows, MB", 160, memory[_MANY]),
        (f"memory added by {ours['requests']:,} requests, MB", 5, ours["growth_mb"]),
    )
    lines = (
        (what, f"≤ {goal}", f"{found:,}", "" if found <= goal else "missed") for what, goal, found in measured
    )
    return _table(("figure", "goal", "measured", ""), lines)


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, rule, *lines))
