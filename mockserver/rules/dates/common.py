"""The spellings that almost every request sends, read without the grammar.

`2026-01-31 23:59:59`, a date alone, and the same with `T` and `Z`. The table reads them too, as `iso`,
`long clock` and their like, at some fifty times the cost. What does not exist is left to the table.

A request's dates are read twice, by the rule and by the query, and few clients ask for other dates each
time: the last readings are kept.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

LAYOUT: Final = "Y-m-d H:i:s"

_SHAPE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}:[0-9]{2}Z?)?")
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - a text without a zone, or in UTC, has no jumps
_LAYOUT_LENGTH: Final = len("2026-01-31 23:59:59")
_LONGEST: Final = len("2026-01-31T23:59:59Z")


class Reading(NamedTuple):
    """What PHP's parser makes of a text."""

    #: Year, month and day all stand in the text and name a real day: what the `date` rule wants.
    full_date: bool
    #: The instant since 1970 UTC, of any size.
    microseconds: int
    #: How far east of UTC its clocks are, by the zone in the text; 0 without one.
    offset_seconds: int = 0


def read(text: str) -> Reading | None:
    """The reading of a common spelling; None for any other one and for what does not exist."""
    # Bounded in number and in length: what is kept is a few hundred kilobytes at most.
    return _read(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=1024)
def _read(text: str) -> Reading | None:
    if not _SHAPE.fullmatch(text):
        return None
    try:
        since = datetime.fromisoformat(text.removesuffix("Z")) - _EPOCH
    except ValueError:
        return None
    return Reading(full_date=True, microseconds=(since.days * 86_400 + since.seconds) * 1_000_000)


def is_layout(text: str) -> bool:
    """Whether the text is a time that exists, written as `LAYOUT` writes it."""
    return len(text) == _LAYOUT_LENGTH and text[10] == " " and read(text) is not None
