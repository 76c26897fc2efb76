"""What the data costs: to build, to hold, and to ask, at a thousand rows and at ten million.

    python benchmarks/query.py [--sizes 1000,1000000,10000000] [--questions 2000]

A question has a date range, two filters, any sort key, and asks for one of the pages 1 to 50. Prints a
table on stderr and the same figures as JSON on stdout. Each size has a process of its own.
"""  # noqa: INP001 - commands, no package

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mockserver.generation import generate
from mockserver.model import SORT_KEYS, Query
from mockserver.query import search
from mockserver.rowtext import encode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockserver.dataset import Dataset

AS_OF = 1_769_903_999
SPAN_SECONDS = 90 * 86_400
PAGE_SIZE = 15
PAGES = 50
SEED = 1
REPEATS = 3

COLUMNS = {
    "rows": "rows",
    "build_ms": "build ms",
    "ready_mb": "ready MB",
    "peak_mb": "peak MB",
    "query_p50_us": "query p50 µs",
    "query_p95_us": "query p95 µs",
    "query_max_us": "max µs",
    "encode_p50_us": "encode p50 µs",
}


def question(chance: random.Random, dataset: Dataset) -> Query:
    """Two columns, each with one value or two, as frequent as in the data."""
    start, end = sorted(AS_OF - chance.randrange(SPAN_SECONDS) for _ in range(2))
    filters = {}
    for name in chance.sample(["browser", "device", "platform_os", "country"], 2):
        column = dataset.text[name]
        rows = [chance.randrange(len(dataset)) for _ in range(chance.choice((1, 1, 2)))]
        filters[name] = [column.values[column.codes[row]] for row in rows]
    sort_key, descending = chance.choice(SORT_KEYS), chance.random() < 0.5  # noqa: PLR2004 - a coin
    return Query(start, end, sort_key, descending, filters=filters)


def measure(rows: int, questions: int) -> dict[str, float]:
    """One size's figures. Of each question the best of a few runs counts: the machine does other things too."""
    began = time.perf_counter()
    dataset = generate(SEED, rows, AS_OF)
    build_seconds = time.perf_counter() - began
    ready_mb = _resident_mb()
    chance = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    queries, encodings = [], []
    for _ in range(questions):
        asked, offset = question(chance, dataset), chance.randrange(PAGES) * PAGE_SIZE
        queries.append(min(_search_seconds(dataset, asked, offset) for _ in range(REPEATS)))
        encodings.append(min(_encode_seconds(dataset, asked, offset) for _ in range(REPEATS)))
    return {
        "rows": rows,
        "build_ms": round(build_seconds * 1e3, 1),
        "ready_mb": ready_mb,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "query_p50_us": _microseconds(queries, 50),
        "query_p95_us": _microseconds(queries, 95),
        "query_max_us": _microseconds(queries, 100),
        "encode_p50_us": _microseconds([seconds for seconds in encodings if seconds], 50),
    }


def _search_seconds(dataset: Dataset, asked: Query, offset: int) -> float:
    began = time.perf_counter()
    search(dataset, asked).page(offset, PAGE_SIZE)
    return time.perf_counter() - began


def _encode_seconds(dataset: Dataset, asked: Query, offset: int) -> float:
    """Of a full page; nothing for any other."""
    positions = search(dataset, asked).page(offset, PAGE_SIZE)
    dataset.pages.clear()  # what is kept need not be written
    began = time.perf_counter()
    encode(dataset, positions, irregular_traffic=False, ip_addresses=False, iso8601=False)
    return time.perf_counter() - began if positions.size == PAGE_SIZE else 0.0


def _microseconds(seconds: list[float], percent: int) -> float:
    return round(float(np.percentile(seconds, percent)) * 1e6, 1) if seconds else 0.0


def _resident_mb() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() >> 20


def _in_own_process(rows: int, questions: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", str(rows), "--questions", str(questions)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this very file
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def compare(sizes: Sequence[int], questions: int) -> list[dict[str, float]]:
    """Each size's figures, told on stderr as they come."""
    sys.stderr.write("  ".join(f"{title:>13}" for title in COLUMNS.values()) + "\n")
    results = []
    for size in sizes:
        results.append(_in_own_process(size, questions))
        sys.stderr.write("  ".join(f"{results[-1][name]:>13,}" for name in COLUMNS) + "\n")
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--sizes", default="1000,1000000,10000000")
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one is not None:
        sys.stdout.write(json.dumps(measure(given.one, given.questions)))
        return
    results = compare([int(size) for size in given.sizes.split(",")], given.questions)
    sys.stdout.write(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
