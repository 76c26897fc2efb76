"""The ledger: every behaviour with where it is known from. Read from `ledger.toml`, never written."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from contract.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

PROVENANCES = ("documented", "sibling", "framework", "assumed")
_PATH = Path(__file__).with_name("ledger.toml")


@dataclass(frozen=True, slots=True)
class Entry:
    """One behaviour: what, how well it is known, which profile switch turns it, what holds it."""

    id: str
    rule: str
    provenance: str
    evidence: str
    switch: str = ""
    held_by: tuple[str, ...] = ()

    @property
    def severity(self) -> str:
        """`major` where the page or a page beside it speaks; `minor` where a framework or we do."""
        return "major" if self.provenance in {"documented", "sibling"} else "minor"

    @property
    def source(self) -> str:
        """Where it is known from, ready to print."""
        return f"{self.provenance}, {self.evidence}" if self.evidence else self.provenance

    @property
    def checks(self) -> tuple[str, ...]:
        """The stages of the kit that judge it: main, exhaust, forbidden, golden or note."""
        return tuple(held.removeprefix("check:") for held in self.held_by if held.startswith("check:"))


def load(path: Path = _PATH) -> Mapping[str, Entry]:
    """Every entry by id, in the file's order. Raises UsageError for an entry that is malformed."""
    entries: dict[str, Entry] = {}
    for raw in tomllib.loads(path.read_text("utf-8"))["entry"]:
        entry = _entry(raw, path)
        if entry.id in entries:
            raise UsageError(f"{path.name}: the id {entry.id} stands twice; ids are unique")
        entries[entry.id] = entry
    return entries


def _entry(raw: Mapping[str, object], path: Path) -> Entry:
    try:
        entry = Entry(**(dict(raw) | {"held_by": tuple(raw["held_by"])}))  # type: ignore[arg-type]
    except (TypeError, KeyError) as error:
        raise UsageError(f"{path.name}: the entry {raw.get('id')!r} is malformed: {error}") from None
    if entry.provenance not in PROVENANCES:
        accepted = ", ".join(PROVENANCES)
        raise UsageError(f"{path.name}: {entry.id} has provenance {entry.provenance!r}; accepted: {accepted}")
    return entry
