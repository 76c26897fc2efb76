"""Thousands of texts that a real framework judged: the same verdict here, and the same instant."""

from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from mockserver.rules.dates import matches_format, read
from mockserver.rules.dates.gregorian import day_number

RECORDING: Final = Path(__file__).parent / "dates.jsonl.gz"
TEXTS: Final[list[dict[str, Any]]] = [
    json.loads(line) for line in gzip.decompress(RECORDING.read_bytes()).splitlines()
]
#: When the recording began; it took less than two minutes.
BEGIN: Final = datetime(2026, 11, 23, 9, 57, 42, tzinfo=UTC)
DURATION_SECONDS: Final = 120
LAYOUT: Final = "Y-m-d H:i:s"


def seconds_of(instant: str) -> int:
    """Seconds since 1970 of a recorded instant, whose year may be negative or long."""
    found = re.fullmatch(r"(-?\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z", instant)
    assert found
    year, month, day, hour, minute, second = map(int, found.groups())
    return ((day_number(year, month, day) * 24 + hour) * 60 + minute) * 60 + second


def same_instant(text: str, recorded: str | None) -> bool:
    """Whether a text means what was recorded; one that leans on today, within the recording's time."""
    first, later = read(text, BEGIN), read(text, BEGIN + timedelta(hours=1))
    if first is None or later is None or recorded is None:
        return first is None and recorded is None
    lag = seconds_of(recorded) - first.microseconds // 1_000_000
    return lag == 0 if first == later else 0 <= lag < DURATION_SECONDS


def share(differing: list[str], total: int, what: str) -> float:
    agreement = 1 - len(differing) / total
    print(f"{what}: {total - len(differing)}/{total} = {agreement:.2%}", *differing[:20], sep="\n  ")  # noqa: T201
    return agreement


def test_the_recording_is_whole() -> None:
    assert len(TEXTS) == 7422
    assert sum(text["date"] for text in TEXTS) > 3000


def test_the_date_rule_agrees_with_the_recorded_verdicts() -> None:
    readings = ((text, read(text["text"], BEGIN)) for text in TEXTS)
    differing = [
        repr(text["text"])
        for text, reading in readings
        if (reading is not None and reading.full_date) != text["date"]
    ]
    assert share(differing, len(TEXTS), "verdicts of date") >= 0.99


@pytest.mark.parametrize("accepted", [True, False])
def test_what_is_read_means_the_recorded_instant(accepted: bool) -> None:  # noqa: FBT001 - a case
    texts = [text for text in TEXTS if text["date"] is accepted]
    differing = [repr(text["text"]) for text in texts if not same_instant(text["text"], text["instant_utc"])]
    assert share(differing, len(texts), f"instants where date says {accepted}") >= 0.99


def test_the_date_format_rule_agrees_with_every_recorded_verdict() -> None:
    differing = [
        repr(text["text"])
        for text in TEXTS
        if matches_format(text["text"], LAYOUT) is not text["date_format"]
    ]
    assert share(differing, len(TEXTS), f"verdicts of date_format:{LAYOUT}") == 1
