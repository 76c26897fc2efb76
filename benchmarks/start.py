"""How long until the first answer, and how much memory then.

    python benchmarks/start.py [--turns 5] [--rows 1000000] [--prism PATH]

Each turn starts every server once, and once `python -c "import fastapi, uvicorn"`, to which ours is compared. A start
lasts from the command to the first 200 that a client gets. Ours is started with a thousand rows, with many generated
ones, and with as many out of a file.
"""  # noqa: INP001 - commands, no package

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import servers

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEW = 1000
_FLOOR_BYTES = 3000
IMPORTS = "import fastapi, uvicorn"
_COMMAND = [sys.executable, "-c", IMPORTS]


@dataclass(frozen=True, slots=True)
class Start:
    """What it took by the clock and of CPU, and the memory that it held in the end."""

    ms: float
    cpu_ms: float
    memory_mb: float


def measure(
    turns: int, rows: int, peers: Sequence[servers.Kind], *, with_file: bool = True
) -> dict[str, Any]:
    """By line: `ms`, `cpu_ms`, `memory_mb`; how ours compares to the imports, and what many rows add."""
    with tempfile.TemporaryDirectory(prefix="wemasy-mock-") as folder:
        few, many = f"ours, {_FEW:,} rows", f"ours, {rows:,} rows"
        kinds = [servers.floor(_FLOOR_BYTES), servers.ours(few), servers.ours(many, "--sessions", str(rows))]
        if with_file:
            path = _written(Path(folder) / "rows.jsonl", rows)
            kinds.append(servers.ours(f"ours, a file of {rows:,}", "--data", str(path)))
        kinds += peers
        _imports()  # leaves compiled modules behind, which every later start finds
        taken = [{IMPORTS: _imports()} | {kind.name: _started(kind) for kind in kinds} for _ in range(turns)]
    return {
        "lines": {name: _figures([turn[name] for turn in taken]) for name in taken[0]},
        "over_imports": round(median(turn[few].ms / turn[IMPORTS].ms for turn in taken), 2),
        "over_imports_cpu": round(median(turn[few].cpu_ms / turn[IMPORTS].cpu_ms for turn in taken), 2),
        "added_ms": round(median(turn[many].ms - turn[few].ms for turn in taken)),
        "added_cpu_ms": round(median(turn[many].cpu_ms - turn[few].cpu_ms for turn in taken)),
    }


def _imports() -> Start:
    began = time.perf_counter()
    process = subprocess.Popen(_COMMAND, env=servers.environment())  # noqa: S603 - see above
    _, status, used = os.wait4(process.pid, 0)
    ms = (time.perf_counter() - began) * 1e3
    process.returncode = status
    if status:
        raise servers.BenchmarkError(f"{IMPORTS!r} failed")
    return Start(ms, (used.ru_utime + used.ru_stime) * 1e3, used.ru_maxrss / 1024)


def _started(kind: servers.Kind) -> Start:
    with servers.Server(kind) as server:
        return Start(server.start_seconds * 1e3, server.start_cpu_seconds * 1e3, server.memory_mb())


def _figures(starts: Sequence[Start]) -> dict[str, float]:
    columns = zip(*(asdict(start).items() for start in starts), strict=True)
    return {column[0][0]: round(median(value for _, value in column), 1) for column in columns}


def _written(path: Path, rows: int) -> Path:
    """A file of so many rows."""
    command = [sys.executable, "-m", "mockserver", "rows", "--sessions", str(rows)]
    with path.open("wb") as file:
        subprocess.run(command, check=True, stdout=file, env=servers.environment())  # noqa: S603 - our own
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--rows", type=int, default=1_000_000, help="many (1000000)")
    parser.add_argument("--prism", help="the program, if it is not on the PATH")
    given = parser.parse_args()
    sys.stdout.write(
        json.dumps(measure(given.turns, given.rows, servers.prisms(given.prism)), indent=2) + "\n"
    )


if __name__ == "__main__":
    main()
