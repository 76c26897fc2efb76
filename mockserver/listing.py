"""What the listing commands print: rows, profiles, settings."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any, TextIO

from mockserver import progress, scenario
from mockserver.profile import PRESETS
from mockserver.resources import fixture
from mockserver.settings import SETTINGS, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mockserver.settings import Settings


def write_rows(settings: Settings, form: str, out: TextIO) -> None:
    """All rows with all columns, as JSON lines or CSV; lists stand in CSV as JSON."""
    from mockserver.rowtext import as_dicts  # noqa: PLC0415 - brings numpy
    from mockserver.source import rows  # noqa: PLC0415

    dataset = rows(settings)
    # A bar would stand among rows that run over the terminal themselves.
    quiet = settings.quiet or out.isatty()
    with progress.shown("writing rows", len(dataset), quiet=quiet) as told:
        write = _write_lines if form == "jsonl" else _write_table
        write(progress.counted(as_dicts(dataset), told), out)


def _write_lines(rows: Iterable[dict[str, Any]], out: TextIO) -> None:
    out.writelines(json.dumps(row) + "\n" for row in rows)


def _write_table(rows: Iterable[dict[str, Any]], out: TextIO) -> None:
    writer: csv.DictWriter[str] | None = None
    for row in rows:
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


def write_drifts(form: str, out: TextIO) -> None:
    """The catalogue of contract violations; as JSON with the ledger ids and what it takes to see them."""
    from mockserver.drift import CATALOGUE  # noqa: PLC0415 - brings numpy

    if form == "json":
        keys = ("name", "area", "description", "breaks", "needs")
        json.dump([{key: getattr(drift, key) for key in keys} for drift in CATALOGUE], out, indent=2)
        out.write("\n")
        return
    out.writelines(f"{drift.name:34} {drift.area:24} {drift.description}\n" for drift in CATALOGUE)


def write_scenarios(out: TextIO) -> None:
    """The shipped scenarios, each with the story it tells."""
    out.writelines(f"{name:28} {scenario.story(name)}\n" for name in scenario.names())


def write_settings(origins: Mapping[str, Origin], out: TextIO) -> None:
    """Every setting with its value, where that came from, and its variable."""
    for setting in SETTINGS:
        origin = origins[setting.name]
        value = "-" if origin.text is None else setting.show(origin.text)
        out.write(f"{setting.name:14} {value:22} {origin.place:24} {setting.variable}\n")
