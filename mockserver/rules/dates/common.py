"""The spellings that almost every request sends, read without the grammar.

`2026-01-31 23:59:59`, a date alone, and the same with `T` and `Z`. The table reads them too, as `iso`,
`long clock` and their like, at some fifty times the cost. What does not exist is left to the table.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

LAYOUT: Final = "Y-m-d H:i:s"

_SHAPE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}:[0-9]{2}Z?)?")
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - a text without a zone, or in UTC, has no jumps
_LAYOUT_LENGTH: Final = len("2026-01-31 23:59:59")


def instant(text: str) -> int | None:
    """Microseconds since 1970 UTC; None for any other spelling and for what does not exist."""
    if not _SHAPE.fullmatch(text):
        return None
    try:
        since = datetime.fromisoformat(text.removesuffix("Z")) - _EPOCH
    except ValueError:
        return None
    return (since.days * 86_400 + since.seconds) * 1_000_000


def is_layout(text: str) -> bool:
    """Whether the text is a time that exists, written as `LAYOUT` writes it."""
    return len(text) == _LAYOUT_LENGTH and text[10] == " " and instant(text) is not None
