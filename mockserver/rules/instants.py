"""Which instant a value means to the framework's date class, which rules and queries ask.

It hands texts to PHP's parser, but first turns numbers and `@` texts into a written date, which
the parser then reads like any other: a year of five digits comes out as something else.
Source: the date class's constructor; held by the recorded exchanges (groups `dates`, `rule_before`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.rules import dates, php
from mockserver.rules.dates.gregorian import civil

if TYPE_CHECKING:
    from datetime import datetime

MICROSECONDS = 1_000_000

_DAY = 86_400 * MICROSECONDS

#: Texts of digits up to this length go to the date parser; every other number is a timestamp.
_DATE_DIGITS = 14


def instant(value: object, now: datetime) -> int | None:
    """Microseconds since 1970 UTC, an integer of any size; None for what is no date."""
    reading = _reading(value, now)
    return reading.microseconds if reading else None


def wall_clock(value: object, now: datetime) -> int | None:
    """The same without the offset: what the clocks show there, taken for UTC."""
    reading = _reading(value, now)
    return reading.microseconds + reading.offset_seconds * MICROSECONDS if reading else None


def _reading(value: object, now: datetime) -> dates.Reading | None:
    common = dates.read_common(value) if isinstance(value, str) else None
    return common or _uncommon_reading(value, now)


def _uncommon_reading(value: object, now: datetime) -> dates.Reading | None:
    timestamp = value[1:] if isinstance(value, str) and value.startswith("@") else value
    if timestamp is not value or (php.is_numeric(value) and not _is_short_number(value)):
        number = php.to_decimal(timestamp)
        return dates.read(_written(int(number * MICROSECONDS)), now) if number is not None else None
    return dates.read(value, now) if isinstance(value, str) else None


def _is_short_number(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _DATE_DIGITS


def _written(microseconds: int) -> str:
    """A timestamp as the date class writes it before the parser reads it."""
    day, clock = divmod(microseconds, _DAY)
    year, month, day = civil(day)
    seconds, fraction = divmod(clock, MICROSECONDS)
    sign = "-" if year < 0 else ""
    time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{fraction:06}"
    return f"{sign}{abs(year):04}-{month:02}-{day:02}T{time}+00:00"
