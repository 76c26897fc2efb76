"""Whether memory grows under load: before the first and after the last of half a million requests.

    python benchmarks/endurance.py [--requests 500000] [--prism PATH]

Questions of all kinds under a few tokens, the journal on. Prism gets fewer, as it would take hours.
"""  # noqa: INP001 - commands, no package

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

import questions
import servers
from load import turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from questions import Question

_CONNECTIONS = 16
_VARIED = 1000
_STRETCHES = 10
_FLOOR_BYTES = 3000

#: Of so many requests, peers get one per their `slowness`.
_FEWER = 4


def measure(requests: int, peers: Sequence[servers.Kind]) -> dict[str, Any]:
    """By server: how many requests, memory at ten places on the way, and how much it grew from the first answer."""
    runs: list[tuple[servers.Kind, Sequence[Question], int]] = [
        (servers.floor(_FLOOR_BYTES), questions.VALID, requests),
        (servers.ours("ours"), questions.varied(_VARIED), requests),
    ]
    runs += [(kind, questions.VALID, requests // _FEWER // kind.slowness) for kind in peers]
    return {kind.name: _endured(kind, asked, count) for kind, asked, count in runs}


def _endured(kind: servers.Kind, asked: Sequence[Question], count: int) -> dict[str, Any]:
    with servers.Server(kind) as server:
        memory_mb = [server.memory_mb()]
        for _ in range(_STRETCHES):
            turn(server, asked, count // _STRETCHES, _CONNECTIONS)
            memory_mb.append(server.memory_mb())
    return {
        "requests": count // _STRETCHES * _STRETCHES,
        "memory_mb": [round(size, 1) for size in memory_mb],
        "growth_mb": round(memory_mb[-1] - memory_mb[0], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--requests", type=int, default=500_000)
    parser.add_argument("--prism", help="the program, if it is not on the PATH")
    given = parser.parse_args()
    sys.stdout.write(json.dumps(measure(given.requests, servers.prisms(given.prism)), indent=2) + "\n")


if __name__ == "__main__":
    main()
