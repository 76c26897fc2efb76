"""What a request costs, against a raw ASGI app and Prism in the same run.

    python benchmarks/request.py [--turns 7] [--requests 4000] [--prism PATH]

All servers run at once and are asked in turn; each figure is the median of the turns, each ratio the median of the
turns' ratios. What is compared is CPU (user and system, of the server and its children): absolute times, and requests
per second, say more of the machine than of the code. The wait is that of one client alone.
"""  # noqa: INP001 - commands, no package

from __future__ import annotations

import argparse
import json
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

import questions
import servers
from load import Turn, turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from questions import Question

_CONNECTIONS = 16
_ALONE = 8
_VARIED = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the result: a server, what it is asked, and whose cost it is a multiple of."""

    name: str
    server: servers.Server
    asked: Sequence[Question]


def measure(turns: int, requests: int, sizes: Sequence[int], peers: Sequence[servers.Kind]) -> dict[str, Any]:
    """By line: `cpu_us`, `over_floor`, `per_second`, `p50_ms`; and how much dearer the last size is than the first.

    Raises `BenchmarkError` where a server answers something else than it should.
    """
    with ExitStack() as running:
        lines = _lines(running, sizes, peers)
        for line in lines:
            _asked(line, requests)  # what only the first requests cost
        taken = [{line.name: _asked(line, requests) for line in lines} for _ in range(turns)]
    few, many = (_name(size) for size in (sizes[0], sizes[-1]))
    return {
        "lines": {line.name: _figures(line.name, taken) for line in lines},
        "many_over_few": round(median(turn[many].cpu_us / turn[few].cpu_us for turn in taken), 2),
        "invalid_over_valid": round(
            median(turn[f"{few}, 422"].cpu_us / turn[few].cpu_us for turn in taken), 2
        ),
    }


def _lines(running: ExitStack, sizes: Sequence[int], peers: Sequence[servers.Kind]) -> list[Line]:
    fakes = {
        size: running.enter_context(servers.Server(servers.ours(_name(size), "--sessions", str(size))))
        for size in sizes
    }
    length = len(fakes[sizes[0]].answer)
    lines = [Line("floor", running.enter_context(servers.Server(servers.floor(length))), questions.VALID)]
    for size, fake in fakes.items():
        lines += [
            Line(_name(size), fake, questions.VALID),
            Line(f"{_name(size)}, 422", fake, questions.INVALID),
            Line(f"{_name(size)}, varied", fake, questions.varied(_VARIED)),
        ]
    for kind in peers:
        peer = running.enter_context(servers.Server(kind))
        lines += [Line(kind.name, peer, questions.VALID), Line(f"{kind.name}, 422", peer, questions.INVALID)]
    return lines


def _name(size: int) -> str:
    return f"ours, {size:,} rows"


def _asked(line: Line, requests: int) -> Turn:
    count = requests // line.server.kind.slowness
    full = turn(line.server, line.asked, count, _CONNECTIONS)
    alone = turn(line.server, line.asked, count // _ALONE, 1)
    return Turn(full.cpu_us, full.per_second, alone.p50_ms)


def _figures(name: str, taken: Sequence[dict[str, Turn]]) -> dict[str, float]:
    return {
        "cpu_us": round(median(turn[name].cpu_us for turn in taken), 1),
        "over_floor": round(median(turn[name].cpu_us / turn["floor"].cpu_us for turn in taken), 2),
        "per_second": round(median(turn[name].per_second for turn in taken)),
        "p50_ms": round(median(turn[name].p50_ms for turn in taken), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--requests", type=int, default=4000, help="of each kind in each turn (4000)")
    parser.add_argument("--sizes", default="1000,1000000", help="rows (1000,1000000)")
    parser.add_argument("--prism", help="the program, if it is not on the PATH")
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    result = measure(given.turns, given.requests, sizes, servers.prisms(given.prism))
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
