"""Reports: each is a listener of events, and knows nothing but what they carry."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from contract.errors import UsageError
from contract.report.annotations import Annotations
from contract.report.console import ConsoleReport
from contract.report.json import JsonReport
from contract.report.junit import JunitReport
from contract.report.markdown import MarkdownReport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contract.events import Listener
    from contract.ledger import Entry

__all__ = ["Annotations", "ConsoleReport", "JsonReport", "JunitReport", "MarkdownReport", "chosen"]


def chosen(
    ledger: Mapping[str, Entry],
    environ: Mapping[str, str],
    *,
    junit: Path | None = None,
    json: Path | None = None,
    markdown: Path | None = None,
) -> list[Listener]:
    """The console, the files asked for, and what a GitHub workflow reads. Raises UsageError for a path."""
    reports: list[Listener] = [ConsoleReport()]
    if junit:
        reports.append(JunitReport(_writable("--junit", junit), ledger))
    if json:
        reports.append(JsonReport(_writable("--json", json)))
    if markdown:
        reports.append(MarkdownReport(_writable("--markdown", markdown)))
    if summary := environ.get("GITHUB_STEP_SUMMARY"):
        reports.append(MarkdownReport(Path(summary), append=True))
    if environ.get("GITHUB_ACTIONS") == "true":
        reports.append(Annotations())
    return reports


def _writable(flag: str, path: Path) -> Path:
    folder = path.absolute().parent
    if path.is_dir() or not os.access(path if path.exists() else folder, os.W_OK):
        raise UsageError(f"{flag} {path}: cannot be written; name a file in a folder that exists")
    return path
