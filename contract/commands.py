"""What each command does. The heavy parts are imported by the command that needs them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from contract.second import SecondLayer

#: Requests that one window of the rate limit has room for, with some left for its owner.
LIVE_BUDGET = 55


def check(given: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Check one target, tell every report."""
    from contract import golden, ledger, report, spans, target, waivers  # noqa: PLC0415
    from contract.run import Options, Run  # noqa: PLC0415

    entries, today = ledger.load(), datetime.now(UTC).date()
    reports = report.chosen(entries, environ, junit=given.junit, json=given.json, markdown=given.markdown)
    known = golden.load(given.golden) if given.golden else {}
    waived = waivers.load(given.waive, entries) if given.waive else ()
    in_process = given.target == "mock"
    connection = (
        target.open_mock(environ) if in_process else target.open_url(given.target, environ, live=given.live)
    )
    live = connection.target.live
    options = Options(
        window=spans.window(given.start_date, given.end_date, live=live, today=today),
        ledger=entries,
        seed=given.seed,
        budget=given.budget or (LIVE_BUDGET if live else None),
        max_wait_seconds=given.max_wait,
        exhaust=given.exhaust,
        golden=known,
        waivers=waived,
        today=today,
        deeper=_deeper(given.level, given.seed, in_process=in_process),
    )
    return Run(connection, options, reports).drive().exit_code


def _deeper(level: str, seed: int, *, in_process: bool) -> SecondLayer | None:
    from contract.errors import UsageError  # noqa: PLC0415

    if level == "quick":
        return None
    if level == "full" and not in_process:
        raise UsageError(
            "--level full sends thousands of requests, so only to mock; use --level fuzz at a URL"
        )
    from contract import second  # noqa: PLC0415

    return second.SecondLayer(level, seed)


def ledger(_given: argparse.Namespace, _environ: Mapping[str, str]) -> int:
    """Print the table, and how much of it is known how well."""
    from collections import Counter  # noqa: PLC0415

    from contract import ledger as book  # noqa: PLC0415

    entries = book.load().values()
    width = max(len(entry.id) for entry in entries)
    for entry in entries:
        switch = f"  [{entry.switch}]" if entry.switch else ""
        sys.stdout.write(
            f"{entry.id:<{width}}  {entry.provenance:<10}  {entry.rule} ({entry.evidence}){switch}\n"
        )
    counts = Counter(entry.provenance for entry in entries)
    by = ", ".join(f"{counts[provenance]} {provenance}" for provenance in book.PROVENANCES)
    sys.stdout.write(f"\n{len(entries)} behaviours: {by}\n")
    return 0


def selftest(given: argparse.Namespace, _environ: Mapping[str, str]) -> int:
    """Run the kit against every drift of the fake."""
    from contract import selftest as test  # noqa: PLC0415

    return test.run(jobs=given.jobs, only=given.only)
