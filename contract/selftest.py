"""Does the kit catch what it is there to catch? The fake once plain, and once with each of its drifts."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from random import Random
from typing import TYPE_CHECKING

from rich.progress import track

from contract import ledger, target
from contract.model import Query
from contract.oracle import PAGE_ROWS, by_id
from contract.plan.board import Board
from contract.run import Options, check
from contract.spans import PAGE_WINDOW

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contract.model import Result
    from contract.oracle import Row


@dataclass(frozen=True, slots=True)
class Trial:
    """One run: which clauses it found broken, and its verdict in words."""

    drift: str
    broken: tuple[str, ...]
    verdict: str
    requests: int


def run(*, jobs: int, only: str = "") -> int:
    """Prints `caught N/N, false alarms 0`, after a line for each drift that got away. 0 if none did."""
    plain = _trial({}, {}, "")
    names = [name for name in target.drifts() if only in name]
    golden = _rows() if names else {}
    # A fresh interpreter each: this one already runs the thread that the in-process target needs.
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        answers = pool.map(partial(_named, golden), names, chunksize=4)
        trials = list(track(answers, "drifts", len(names), transient=True, disable=not sys.stderr.isatty()))
    missed = [trial for trial in trials if not trial.broken]
    for trial in missed:
        sys.stdout.write(f"missed {trial.drift}: {trial.verdict}\n")
        sys.stdout.flush()
    alarms = len(plain.broken) + (plain.verdict != "holds")
    for clause in plain.broken:
        sys.stdout.write(f"false alarm {clause}\n")
    sys.stdout.write(f"caught {len(trials) - len(missed)}/{len(trials)}, false alarms {alarms}\n")
    return 1 if missed or alarms or not trials else 0


def _named(golden: Mapping[str, Row], drift: str) -> Trial:
    needs = target.drifts()[drift]
    return _trial({"drift": (drift,)}, golden if needs == "golden" else {}, drift)


def _trial(settings: Mapping[str, object], golden: Mapping[str, Row], drift: str) -> Trial:
    # Not the caller's environment: a drift is caught with any token.
    options = Options(PAGE_WINDOW, ledger.load(), exhaust=True, golden=golden)
    result: Result = check(target.open_mock({}, **settings), options)
    return Trial(drift, tuple(f.clause for f in result.findings), result.verdict.value, result.requests)


def _rows() -> Mapping[str, Row]:
    """Every row that the plain fake shows: rows known to be right."""
    connection, board = target.open_mock({}), Board(PAGE_WINDOW, Random(0))  # noqa: S311 - picks nothing here
    rows: dict[str, Row] = {}
    page, last = 1, 1
    while page <= last:
        answer = connection.send(board.ask("golden", Query(PAGE_WINDOW, per_page=PAGE_ROWS, page=page)), page)
        rows |= by_id(answer.rows)
        page, last = page + 1, answer.whole("last_page") or 1
    return rows
