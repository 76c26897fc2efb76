"""Which instant a value means to the framework's date class, which rules and queries ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.rules import dates, php

if TYPE_CHECKING:
    from datetime import datetime

MICROSECONDS = 1_000_000

#: Texts of digits up to this length go to the date parser; every other number is a timestamp.
_DATE_DIGITS = 14


def instant(value: object, now: datetime) -> int | None:
    """Microseconds since 1970 UTC, an integer of any size; None for what is no date."""
    if not php.is_numeric(value) or _is_short_number(value):
        reading = dates.read(value, now) if isinstance(value, str) else None
        return reading.microseconds if reading else None
    number = php.to_decimal(value)
    return int(number * MICROSECONDS) if number is not None else None


def _is_short_number(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _DATE_DIGITS
