"""For people at a terminal: progress while it runs, then findings by clause, then what was not checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from contract.events import Answered, Finished, Started, Waiting
from contract.values import stamp

if TYPE_CHECKING:
    from contract.events import Event
    from contract.model import Finding, Result

_COLOURS = {
    "holds": "green",
    "broken": "red",
    "inconclusive": "yellow",
    "unreachable": "red",
    "interrupted": "yellow",
}


class ConsoleReport:
    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(soft_wrap=True, highlight=False)
        self._progress = Progress(
            TextColumn("{task.fields[state]}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.description}", markup=False),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._progress.add_task("", state="checking")

    def __call__(self, event: Event) -> None:
        match event:
            case Started():
                span = f"{stamp(event.window.start)} to {stamp(event.window.end)}"
                self._say(f"Checking {event.target.name}, sessions from {span}, seed {event.seed}", "bold")
                self._progress.start()
                self._progress.update(self._task, total=event.planned)
            case Answered():
                self._progress.update(
                    self._task, completed=event.number, description=event.case, state="checking"
                )
            case Waiting():
                if self._console.is_terminal:
                    self._progress.update(self._task, state="waiting")
                self._say(f"Waiting {event.seconds:.0f} s: {event.why}", "yellow")
            case Finished():
                self._progress.stop()
                self._result(event.result)

    def _say(self, text: str, style: str = "", indent: int = 0) -> None:
        self._console.print(Text(" " * indent + text, style))

    def _result(self, result: Result) -> None:
        for finding in result.findings:
            self._finding(finding)
        if result.notes:
            self._say("\nNotes: the page leaves these open", "bold")
            for note in result.notes:
                self._say(f"{note.clause}: {note.text}", indent=2)
        # One answer, or none, is no run: what was not checked is then everything.
        if len(result.unchecked) <= len(result.checked):
            self._unchecked(result)
        seen = ", ".join(f"{status}: {count}" for status, count in result.statuses.items() if status)
        self._say(f"\n{result.requests} requests in {result.elapsed_seconds:.1f} s; answers {seen or 'none'}")
        self._say(
            f"{result.answers_with_rows} answers carried rows; {len(result.checked)} clauses were judged"
        )
        self._say(
            f"{result.verdict.value.upper()}: {result.reason}", f"bold {_COLOURS[result.verdict.value]}"
        )

    def _finding(self, finding: Finding) -> None:
        mark, colour = ("~", "yellow") if finding.waived else ("✗", "red")
        self._say(f"\n{mark} {finding.clause} ({finding.severity}): {finding.rule}", f"bold {colour}")
        if finding.waived:
            self._say(f"waived    {finding.waived}", "yellow", indent=2)
        self._say(f"expected  {finding.expected}", indent=2)
        self._say(f"got       {finding.got}", indent=2)
        self._say(f"from      {finding.source}", indent=2)
        self._say(f"seen in   {finding.case}; requests {', '.join(map(str, finding.requests))}", indent=2)
        self._say(finding.curl, "dim", indent=2)

    def _unchecked(self, result: Result) -> None:
        reasons: dict[str, list[str]] = {}
        for clause, reason in result.unchecked.items():
            reasons.setdefault(reason, []).append(clause)
        if reasons:
            self._say("\nNot checked", "bold")
        for reason, clauses in reasons.items():
            self._say(f"{', '.join(clauses)}: {reason}", indent=2)
