"""What the listing commands print: rows, profiles, settings."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, TextIO

from mockserver.profile import PRESETS
from mockserver.resources import fixture
from mockserver.settings import SETTINGS, Origin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.settings import Settings


def write_rows(settings: Settings, form: str, out: TextIO) -> None:
    """All rows with all columns, as JSON lines or CSV; lists stand in CSV as JSON."""
    from mockserver.rowtext import as_dicts  # noqa: PLC0415 - brings numpy
    from mockserver.source import rows  # noqa: PLC0415

    writer: csv.DictWriter[str] | None = None
    for row in as_dicts(rows(settings)):
        if form == "jsonl":
            out.write(json.dumps(row) + "\n")
            continue
        if writer is None:
            writer = csv.DictWriter(out, list(row), extrasaction="ignore")
            writer.writeheader()
        writer.writerow(
            {
                key: json.dumps(item) if isinstance(item, (list, dict, bool)) else item
                for key, item in row.items()
            }
        )


def write_profiles(out: TextIO) -> None:
    """The presets, each with its first comment."""
    for name in PRESETS:
        story = fixture(f"profiles/{name}.toml").read_text(encoding="utf-8").splitlines()[0]
        out.write(f"{name:12} {story.lstrip('# ')}\n")


def write_settings(origins: Mapping[str, Origin], out: TextIO) -> None:
    """Every setting with its value, where that came from, and its variable."""
    for setting in SETTINGS:
        origin = origins[setting.name]
        value = "-" if origin.text is None else origin.text
        out.write(f"{setting.name:14} {value:22} {origin.place:24} {setting.variable}\n")
