"""Known drifts that are tolerated for a while: notes instead of findings, until a date."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from contract.errors import UsageError
from contract.model import Note

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from pathlib import Path

    from contract.model import Finding

_SHAPE = '[[waive]] with id = "…", reason = "…" and until = 2026-12-31'


@dataclass(frozen=True, slots=True)
class Waiver:
    id: str
    reason: str
    until: date


def load(path: Path, known: Container[str]) -> tuple[Waiver, ...]:
    """Raises UsageError for a file that cannot be read, a field that is missing or an id that does not exist."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))["waive"]
        waivers = tuple(Waiver(**entry) for entry in raw)
    except (OSError, ValueError) as error:
        raise UsageError(f"--waive {path}: cannot be read: {error}") from None
    except (KeyError, TypeError, AttributeError):
        raise UsageError(f"--waive {path}: each waiver is {_SHAPE}") from None
    for waiver in waivers:
        if waiver.id not in known:
            raise UsageError(
                f"--waive {path}: {waiver.id!r} is no id of the ledger (wemasy-contract ledger prints them)"
            )
        if type(waiver.until) is not date:
            raise UsageError(f"--waive {path}: until of {waiver.id} is no date; each waiver is {_SHAPE}")
    return waivers


def apply(
    waivers: Sequence[Waiver], findings: Iterable[Finding], today: date
) -> tuple[tuple[Finding, ...], tuple[Note, ...]]:
    """The findings, those covered by a waiver marked as such; and a note for each waiver that no longer helps."""
    valid = {waiver.id: waiver for waiver in waivers if waiver.until >= today}
    marked = tuple(
        replace(finding, waived=f"{valid[finding.clause].reason} (until {valid[finding.clause].until})")
        if finding.clause in valid
        else finding
        for finding in findings
    )
    broken = {finding.clause for finding in marked}
    notes = [Note(w.id, f"the waiver ran out on {w.until}") for w in waivers if w.until < today]
    unused = (w for w in waivers if w.until >= today and w.id not in broken)
    notes += [Note(w.id, "the waiver is not needed: the clause holds; remove it") for w in unused]
    return marked, tuple(notes)
