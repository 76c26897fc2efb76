"""The results as a small SVG that reads on a light and on a dark page."""  # noqa: INP001 - commands, no package

from __future__ import annotations

from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WIDTH, _HEIGHT = 860, 300
_TOP, _BOTTOM = 56, 262
_GOAL = 4

#: The bars: what they are called here, and among the results.
_SERVERS = {
    "raw ASGI app": "floor",
    "ours, 1,000 rows": "ours, 1,000 rows",
    "ours, 1,000,000 rows": "ours, 1,000,000 rows",
    "ours, a 422": "ours, 1,000 rows, 422",
    "Prism, fixed": "Prism static",
    "Prism, generated": "Prism dynamic",
}

_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600; font-size: 13px }
.soft { fill: #57606a }
.grid { stroke: #8c959f; stroke-opacity: .35 }
.goal { stroke: #8c959f; stroke-dasharray: 4 3 }
.ours { fill: #0969da } .peer { fill: #afb8c1 }
.line { fill: none; stroke: #0969da; stroke-width: 2 } .thin { stroke-opacity: .5 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .soft { fill: #9198a1 }
  .ours { fill: #4493f8 } .peer { fill: #656c76 } .line { stroke: #4493f8 }
}
"""


class _Scale:
    """A logarithmic axis: whole powers of ten around some values, over some pixels."""

    def __init__(self, values: Sequence[float], first: float, last: float) -> None:
        self._low, self._high = floor(log10(min(values))), ceil(log10(max(values)))
        self._first, self._last = first, last

    def __call__(self, value: float) -> float:
        share = (log10(value) - self._low) / (self._high - self._low)
        return round(self._first + share * (self._last - self._first), 1)

    def ticks(self) -> list[float]:
        return [float(f"1e{power}") for power in range(self._low, self._high + 1)]


def svg(results: dict[str, Any]) -> str:
    """What a request costs, by server; and what a query costs, by the number of rows."""
    parts = [*_requests(results["request"]["lines"]), *_queries(results["query"])]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
        f' aria-label="CPU per request by server, and query time by rows">\n<style>{_STYLE}</style>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _requests(lines: dict[str, dict[str, float]]) -> Iterator[str]:
    """Horizontal bars of the cost of a request, as multiples of the floor's."""
    shown = {title: lines[name]["over_floor"] for title, name in _SERVERS.items() if name in lines}
    scale = _Scale([1, 10, *shown.values()], 150, 400)
    yield _text(0, 20, "CPU per request, times a raw ASGI app", "title")
    for tick in scale.ticks():
        yield f'<line class="grid" x1="{scale(tick)}" x2="{scale(tick)}" y1="{_TOP - 8}" y2="{_BOTTOM}"/>'
        yield _text(scale(tick), _BOTTOM + 20, f"{tick:,.0f}", "soft", "middle")
    yield f'<line class="goal" x1="{scale(_GOAL)}" x2="{scale(_GOAL)}" y1="{_TOP - 8}" y2="{_BOTTOM}"/>'
    yield _text(scale(_GOAL), _BOTTOM + 20, f"goal {_GOAL}", "soft", "middle")
    step = (_BOTTOM - _TOP) / len(shown)
    for number, (title, cost) in enumerate(shown.items()):
        y, length = _TOP + number * step, max(scale(cost) - scale(1), 1)
        kind = "ours" if title.startswith("ours") else "peer"
        yield _text(142, y + step / 2, title, anchor="end")
        yield (
            f'<rect class="{kind}" x="{scale(1)}" y="{y:.1f}" width="{length:.1f}"'
            f' height="{step * 0.7:.1f}" rx="2"/>'
        )
        yield _text(scale(1) + length + 6, y + step / 2, f"{cost:g}", "soft")


def _queries(lines: Sequence[dict[str, float]]) -> Iterator[str]:
    """Median and 95th percentile of a query over the number of rows."""
    across = _Scale([line["rows"] for line in lines], 540, 800)
    up = _Scale([line[name] for line in lines for name in ("query_p50_us", "query_p95_us")], _BOTTOM, _TOP)
    yield _text(480, 20, "Query: two filters, a range of dates, any order", "title")
    for tick in up.ticks():
        yield f'<line class="grid" x1="540" x2="800" y1="{up(tick)}" y2="{up(tick)}"/>'
        yield _text(532, up(tick) + 4, f"{tick / 1000:g} ms", "soft", "end")
    for line in lines:
        yield _text(across(line["rows"]), _BOTTOM + 20, _short(line["rows"]), "soft", "middle")
    yield _text(670, _BOTTOM + 36, "rows", "soft", "middle")
    for name, title, kind in (("query_p50_us", "p50", "line"), ("query_p95_us", "p95", "line thin")):
        points = [(across(line["rows"]), up(line[name])) for line in lines]
        yield f'<polyline class="{kind}" points="{" ".join(f"{x},{y}" for x, y in points)}"/>'
        for x, y in points:
            yield f'<circle class="ours" cx="{x}" cy="{y}" r="3"/>'
        yield _text(points[-1][0] + 8, points[-1][1] + 4, title)


def _short(rows: float) -> str:
    return f"{rows / 1e6:g} million" if rows >= 1e6 else f"{rows:,.0f}"  # noqa: PLR2004 - a million


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> str:
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{style} text-anchor="{anchor}">{text}</text>'
