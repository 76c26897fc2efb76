"""Every benchmark, as one result, one plot and the tables of the README.

python benchmarks/report.py [--prism PATH]     about ten minutes; writes results.json and results.svg beside it
python benchmarks/report.py --short            within a minute, for CI: prints the goals, writes nothing
python benchmarks/report.py --draw             the plot and the tables of the results.json that is there
"""  # noqa: INP001 - commands, no package

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

import endurance
import plot
import query
import request
import servers
import start
import tables

_FOLDER = Path(__file__).parent
_RESULTS, _PLOT = _FOLDER / "results.json", _FOLDER / "results.svg"
_FEW, _MANY, _MOST = 1_000, 1_000_000, 10_000_000


def measure(prism: str | None) -> dict[str, Any]:
    """Everything, at leisure."""
    peers = servers.prisms(prism)
    return {
        "machine": _machine(),
        "query": query.compare([_FEW, _MANY, _MOST], 2000),
        "request": request.measure(7, 4000, [_FEW, _MANY], peers),
        "start": start.measure(5, _MANY, peers),
        "endurance": endurance.measure(500_000, peers),
    }


def measure_shortly() -> dict[str, Any]:
    """The same ratios from little, so less surely; without peers."""
    return {
        "machine": _machine(),
        "query": query.compare([_FEW, _MANY], 200),
        "request": request.measure(3, 1000, [_FEW, _MANY], []),
        "start": start.measure(2, _MANY, [], with_file=False),
        "endurance": endurance.measure(20_000, []),
    }


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--short", action="store_true", help="within a minute; writes nothing")
    how.add_argument("--draw", action="store_true", help="measure nothing, draw the results that are there")
    parser.add_argument("--prism", help="the program, if it is not on the PATH")
    given = parser.parse_args()
    if given.short:
        sys.stdout.write(tables.goals(measure_shortly()))
        return
    if not given.draw:
        _RESULTS.write_text(json.dumps(measure(given.prism), indent=2) + "\n")
    results = json.loads(_RESULTS.read_text())
    _PLOT.write_text(plot.svg(results))
    sys.stdout.write("\n".join((tables.servers(results), tables.sizes(results), tables.goals(results))))


if __name__ == "__main__":
    main()
