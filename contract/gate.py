"""From judgements to a verdict: what is broken, what was never judged, and which exit code that is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contract import waivers
from contract.curl import curl
from contract.errors import TargetError
from contract.model import Auth, Finding, Note, Result, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contract.ledger import Entry
    from contract.model import Answer, Case, Judgement, Target
    from contract.run import Options

EXIT_CODES = {
    Verdict.HOLDS: 0,
    Verdict.BROKEN: 1,
    Verdict.UNREACHABLE: 3,
    Verdict.INCONCLUSIVE: 4,
    Verdict.INTERRUPTED: 130,
}
#: Why a clause of an optional stage was not judged.
_OPT_IN = {
    "exhaust": "spends a whole window, so only with --exhaust",
    "forbidden": "needs a token that must get 403, in WEMASY_API_FORBIDDEN_TOKEN",
    "golden": "needs rows known to be right, with --golden",
    "open": "no answer showed it; the page leaves it open whether one does",
}
_TURNED_AWAY = frozenset({401, 403, 429})
_NEARLY_ALL = 0.8


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a run has when it ends. `stop` is what ended it early."""

    target: Target
    options: Options
    answers: Sequence[Answer]
    judgements: Sequence[tuple[Judgement, Case]]
    stop: BaseException | None
    requests: int
    elapsed_seconds: float


def result(outcome: Outcome) -> Result:
    """The whole verdict, not yet redacted."""
    options = outcome.options
    findings, stale = waivers.apply(options.waivers, _findings(outcome), options.today)
    checked = Counter(judgement.clause for judgement, _ in outcome.judgements if not judgement.note)
    unchecked = _unchecked(options.ledger, checked)
    verdict, reason = _verdict(outcome, findings, unchecked)
    return Result(
        target=outcome.target,
        window=options.window,
        seed=options.seed,
        verdict=verdict,
        reason=reason,
        exit_code=EXIT_CODES[verdict],
        requests=outcome.requests,
        elapsed_seconds=round(outcome.elapsed_seconds, 3),
        findings=findings,
        notes=(*_notes(outcome), *stale),
        checked=dict(sorted(checked.items())),
        unchecked=unchecked,
        statuses=dict(sorted(Counter(answer.status for answer in outcome.answers).items())),
        answers_with_rows=sum(bool(answer.rows) for answer in outcome.answers),
    )


def _findings(outcome: Outcome) -> list[Finding]:
    """One a clause, in the ledger's order, with the first case that showed it."""
    broken: dict[str, list[tuple[Judgement, Case]]] = {}
    for judgement, case in outcome.judgements:
        if judgement.breach:
            broken.setdefault(judgement.clause, []).append((judgement, case))
    order = list(outcome.options.ledger)
    return [_finding(outcome, clause, broken[clause]) for clause in sorted(broken, key=order.index)]


def _finding(outcome: Outcome, clause: str, shown: Sequence[tuple[Judgement, Case]]) -> Finding:
    entry, (judgement, case) = outcome.options.ledger[clause], shown[0]
    return Finding(
        clause=clause,
        rule=entry.rule,
        severity=entry.severity,
        source=entry.source,
        expected=judgement.expected,
        got=judgement.got,
        case=case.name,
        curl=curl(outcome.target.url, case),
        requests=tuple(sorted({j.number for j, _ in shown if j.number is not None})),
    )


def _notes(outcome: Outcome) -> list[Note]:
    notes = ((j.clause, j.expected) for j, _ in outcome.judgements if j.note)
    return [Note(clause, text) for clause, text in dict.fromkeys(notes)]


def _unchecked(ledger: Mapping[str, Entry], checked: Mapping[str, int]) -> dict[str, str]:
    """Every clause that the kit holds and did not judge; an empty reason is one that it should have."""
    missed = (entry for entry in ledger.values() if entry.checks and entry.id not in checked)
    return {
        entry.id: next(
            (_OPT_IN[stage] for stage in entry.checks if stage in _OPT_IN), "no answer showed a relevant case"
        )
        for entry in missed
        if entry.checks != ("note",)
    }


def _verdict(
    outcome: Outcome, findings: Sequence[Finding], unchecked: Mapping[str, str]
) -> tuple[Verdict, str]:
    stop, said = outcome.stop, f"{outcome.stop}"
    if isinstance(stop, KeyboardInterrupt):
        return Verdict.INTERRUPTED, f"interrupted after {outcome.requests} requests"
    if count := sum(not finding.waived for finding in findings):
        clauses = "1 clause is" if count == 1 else f"{count} clauses are"
        return Verdict.BROKEN, f"{clauses} broken{f'; {said}' if stop else ''}"
    if isinstance(stop, TargetError):
        return Verdict.UNREACHABLE, said
    if stop is not None:
        return Verdict.INCONCLUSIVE, said
    return _conclusive(outcome, unchecked)


def _conclusive(outcome: Outcome, unchecked: Mapping[str, str]) -> tuple[Verdict, str]:
    asked = [answer for answer in outcome.answers if answer.case.auth is Auth.VALID]
    away = sum(answer.status in _TURNED_AWAY for answer in asked)
    if not asked or away >= _NEARLY_ALL * len(asked):
        return Verdict.INCONCLUSIVE, f"{away} of {len(asked)} requests were turned away with 401, 403 or 429"
    if not any(answer.rows for answer in asked):
        return (
            Verdict.INCONCLUSIVE,
            "no answer carried a row: choose a window with data (--start-date, --end-date)",
        )
    core = [clause for clause, reason in unchecked.items() if reason not in _OPT_IN.values()]
    if core:
        return Verdict.INCONCLUSIVE, f"no relevant case was seen for {', '.join(core)}"
    return Verdict.HOLDS, "every clause that was checked holds"
