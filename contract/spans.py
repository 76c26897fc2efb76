"""The window of dates that a run looks at: given, or by the kind of target."""

from __future__ import annotations

import argparse
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from contract.errors import UsageError
from contract.model import Window
from contract.values import moment, stamp

if TYPE_CHECKING:
    from datetime import date

#: The page's own example (page:131-136).
PAGE_WINDOW = Window(datetime(2026, 1, 1), datetime(2026, 1, 31, 23, 59, 59))  # noqa: DTZ001 - UTC without a zone
_LIVE_DAYS = 30
_LAST_SECOND = time(23, 59, 59)
_DAY = len("2026-01-01")


def moment_flag(text: str) -> str:
    """A date or a moment as it was given. Raises ArgumentTypeError for anything else."""
    if moment(text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no date: use 2026-01-31 or '2026-01-31 23:59:59'")
    return text


def window(start: str | None, end: str | None, *, live: bool, today: date) -> Window:
    """The window to look at; a day alone starts at midnight and ends with its last second."""
    usual = _last_days(today) if live else PAGE_WINDOW
    first = (moment(start) if start else None) or usual.start
    last = _end(end) if end else usual.end
    if last < first:
        raise UsageError(f"--end-date {stamp(last)} lies before --start-date {stamp(first)}")
    return Window(first, last)


def _end(text: str) -> datetime:
    last = moment(text) or PAGE_WINDOW.end
    return datetime.combine(last, _LAST_SECOND) if len(text) <= _DAY else last


def _last_days(today: date) -> Window:
    yesterday = today - timedelta(days=1)
    first = today - timedelta(days=_LIVE_DAYS)
    return Window(datetime.combine(first, time()), datetime.combine(yesterday, _LAST_SECOND))
