"""JSON for machines; `contract/report.schema.json` documents it."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from contract.events import Finished
from contract.values import stamp

if TYPE_CHECKING:
    from pathlib import Path

    from contract.events import Event
    from contract.model import Result

#: Raised when a reader of the old form would misread the new one.
FORM = 1


class JsonReport:
    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, event: Event) -> None:
        if isinstance(event, Finished):
            self._path.write_text(
                json.dumps(document(event.result), indent=2, ensure_ascii=False) + "\n", "utf-8"
            )


def document(result: Result) -> dict[str, Any]:
    """The whole result as JSON values."""
    plain = dataclasses.asdict(result)
    plain["window"] = {"start": stamp(result.window.start), "end": stamp(result.window.end)}
    plain["statuses"] = {str(status): count for status, count in result.statuses.items()}
    return {"form": FORM} | plain
