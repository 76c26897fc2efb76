"""Markdown for a job's summary page or a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.events import Finished
from contract.values import stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from contract.events import Event
    from contract.model import Finding, Result


class MarkdownReport:
    def __init__(self, path: Path, *, append: bool = False) -> None:
        self._path = path
        self._mode = "a" if append else "w"

    def __call__(self, event: Event) -> None:
        if isinstance(event, Finished):
            with self._path.open(self._mode, encoding="utf-8") as file:
                file.write("\n".join(_lines(event.result)) + "\n")


def _lines(result: Result) -> Iterator[str]:
    yield f"## Contract of {_cell(result.target.name)}: {result.verdict.value}"
    yield f"\n{_cell(result.reason)}\n"
    yield f"{result.requests} requests, {result.answers_with_rows} answers with rows, {len(result.checked)} clauses judged, "
    yield f"sessions from {stamp(result.window.start)} to {stamp(result.window.end)}, seed {result.seed}."
    if result.findings:
        yield "\n| clause | severity | expected | got | from |\n|---|---|---|---|---|"
        yield from map(_row, result.findings)
        yield "\n<details><summary>Requests to repeat</summary>\n"
        for finding in result.findings:
            yield f"{finding.clause}\n\n{_block(finding.curl)}\n"
        yield "</details>"
    if result.notes:
        yield "\n### Notes\n"
        yield from (f"* {note.clause}: {_cell(note.text)}" for note in result.notes)
    if result.unchecked:
        yield "\n### Not checked\n"
        yield from (f"* {clause}: {reason}" for clause, reason in result.unchecked.items())


def _row(finding: Finding) -> str:
    clause = f"{finding.clause} (waived)" if finding.waived else f"**{finding.clause}**"
    cells = (clause, finding.severity, finding.expected, finding.got, finding.source)
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """Text that can end no cell and open no tag."""
    for old, new in (("\\", "\\\\"), ("|", "\\|"), ("<", "&lt;"), ("`", "\\`"), ("\r", " "), ("\n", " ")):
        text = text.replace(old, new)
    return text


def _block(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}sh\n{text}\n{fence}"
