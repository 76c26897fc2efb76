"""The English words that the grammar knows and what each stands for, in lower case."""

from __future__ import annotations

from typing import Final

#: January is the first.
MONTH_NAMES: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
#: Sunday is the first.
WEEKDAY_NAMES: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")

FULL_MONTHS: Final = {name.lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
SHORT_MONTHS: Final = {name[:3]: number for name, number in FULL_MONTHS.items()} | {"sept": 9}
MONTHS: Final = FULL_MONTHS | SHORT_MONTHS

#: These count in capitals only.
ROMAN_MONTHS: Final = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
    "XII": 12,
}

_FULL_WEEKDAYS: Final = {name.lower(): number for number, name in enumerate(WEEKDAY_NAMES)}
WEEKDAYS: Final = (
    _FULL_WEEKDAYS
    | {name[:3]: number for name, number in _FULL_WEEKDAYS.items()}
    | {f"{name}s": number for name, number in _FULL_WEEKDAYS.items()}
)

#: Days that are no weekend when counted ("3 weekdays"); alone, the word means Monday.
BUSINESS_DAYS: Final = {"weekday": 1, "weekdays": 1}

POINTERS: Final = {"next": 1, "last": -1, "previous": -1, "this": 0}
#: How many steps a word means.
ORDINALS: Final = POINTERS | {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eight": 8,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
}

_SINGULAR_UNITS: Final = {
    "msec": ("microseconds", 1000),
    "millisecond": ("microseconds", 1000),
    "\u00b5sec": ("microseconds", 1),
    "microsecond": ("microseconds", 1),
    "usec": ("microseconds", 1),
    "sec": ("seconds", 1),
    "second": ("seconds", 1),
    "min": ("minutes", 1),
    "minute": ("minutes", 1),
    "hour": ("hours", 1),
    "day": ("days", 1),
    "week": ("days", 7),
    "fortnight": ("days", 14),
    "forthnight": ("days", 14),
    "month": ("months", 1),
    "year": ("years", 1),
}
#: What a unit moves and by how much.
UNITS: Final = (
    _SINGULAR_UNITS
    | {f"{name}s": meaning for name, meaning in _SINGULAR_UNITS.items()}
    | {"ms": ("microseconds", 1000), "\u00b5s": ("microseconds", 1)}
)
