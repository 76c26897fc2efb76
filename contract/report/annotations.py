"""Workflow commands that GitHub shows beside a job: one a finding, and one for a run that could not judge."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from contract.events import Finished
from contract.model import Verdict

if TYPE_CHECKING:
    from contract.events import Event


class Annotations:
    def __call__(self, event: Event) -> None:
        if not isinstance(event, Finished):
            return
        result = event.result
        for finding in result.findings:
            level = "notice" if finding.waived else "error" if finding.severity == "major" else "warning"
            _command(level, finding.clause, f"{finding.rule} Expected {finding.expected}; got {finding.got}")
        if result.verdict not in {Verdict.HOLDS, Verdict.BROKEN}:
            _command("error", f"contract {result.verdict.value}", result.reason)


def _command(level: str, title: str, text: str) -> None:
    title = _escape(title).replace(":", "%3A").replace(",", "%2C")
    sys.stdout.write(f"::{level} title={title}::{_escape(text)}\n")


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
