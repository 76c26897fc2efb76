"""What a format sets: each action takes the draft and the match, whose groups say what stands there.

The names of the groups are the vocabulary between the patterns of `grammar` and the actions here
and in `movements`: year, signed_year, month, month_name, day, hour, minute, second, fraction,
meridian, zone, week, weekday, sign, timestamp, amount, step, unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mockserver.rules import php
from mockserver.rules.dates import words, zones
from mockserver.rules.dates.draft import UnreadableError
from mockserver.rules.dates.gregorian import day_number, day_of_iso_week

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from mockserver.rules.dates.draft import Draft

    Action = Callable[[Draft, re.Match[str]], None]

#: PHP looks at no more digits of a number.
_MOST_DIGITS: Final = 24
_SIXTIES: Final = 70
_NOON: Final = 12


def nothing(_draft: Draft, _match: re.Match[str]) -> None:
    """Set nothing: the text is there and means the present moment, or separates others."""


def refuse(_draft: Draft, _match: re.Match[str]) -> None:
    """Refuse the text: the format recognises it only to stumble over it."""
    raise UnreadableError


def date(**fixed: int | None) -> Action:
    """Set the parts of a date that stand there, and those that the format itself implies."""

    def action(draft: Draft, match: re.Match[str]) -> None:
        _set_date(draft, match)
        for part, value in fixed.items():
            setattr(draft, part, value)

    return action


def _set_date(draft: Draft, match: re.Match[str]) -> None:
    draft.claim_date()
    found = match.groupdict()
    if month := found.get("month"):
        draft.month = int(month)
    if month_name := found.get("month_name"):
        draft.month = _month(month_name)
    if day := found.get("day"):
        draft.day = int(day)
    if year := found.get("year"):
        draft.year = full_year(year)
    if signed_year := found.get("signed_year"):
        draft.year = bounded(int(signed_year))


def _month(name: str) -> int:
    return words.ROMAN_MONTHS.get(name) or words.MONTHS[name.lower()]


def full_year(digits: str) -> int:
    """Read a year; with fewer than four digits, 0 to 69 are of this century, 70 to 99 of the last."""
    year = int(digits)
    if len(digits) == 4 or year >= 100:  # noqa: PLR2004 - the digits of a full year, and a century
        return year
    return year + (2000 if year < _SIXTIES else 1900)


def bounded(number: int) -> int:
    """Give the number back; raises UnreadableError if it needs more than PHP's 64 bits."""
    if not php.INT_MIN <= number <= php.INT_MAX:
        raise UnreadableError
    return number


def time(draft: Draft, match: re.Match[str]) -> None:
    """Set the time of day; what does not stand there is zero."""
    draft.claim_time()
    found = match.groupdict()
    draft.hour = int(found["hour"])
    draft.minute = int(found.get("minute") or 0)
    draft.second = int(found.get("second") or 0)
    draft.microsecond = _micro(found.get("fraction") or "")
    if meridian := found.get("meridian"):
        draft.hour += to_meridian(draft.hour, meridian)
    if text := found.get("zone"):
        draft.zone = _zone(text)


def _micro(fraction: str) -> int:
    return int(fraction[:6].ljust(6, "0"))


def to_meridian(hour: int, meridian: str) -> int:
    """Tell by how many hours the `a` of "am" or the `p` of "pm" moves an hour."""
    if meridian in "aA":
        return -_NOON if hour == _NOON else 0
    return 0 if hour == _NOON else _NOON


def date_and_time(draft: Draft, match: re.Match[str]) -> None:
    """Set both; what does not stand there of the date stays as it is."""
    time(draft, match)
    _set_date(draft, match)


def hours_or_year(draft: Draft, match: re.Match[str]) -> None:
    """Set hours and minutes, but the year if the time is known."""
    if draft.times == 0:
        draft.hour, draft.minute, draft.second = int(match["hour"]), int(match["minute"]), 0
    elif draft.times == 1:
        draft.year = int(match["hour"] + match["minute"])
    else:
        raise UnreadableError
    draft.times += 1


def year(draft: Draft, match: re.Match[str]) -> None:
    """Set the year alone, which does not count as a date."""
    draft.year = int(match["year"])


def iso_week(draft: Draft, match: re.Match[str]) -> None:
    """Set New Year's Day and the way from there to the week's day, Monday if none stands there."""
    draft.claim_date()
    draft.year, draft.month, draft.day = int(match["year"]), 1, 1
    weekday = int(match.groupdict().get("weekday", 1))
    there = day_of_iso_week(draft.year, int(match["week"]), weekday)
    draft.shift.days = there - day_number(draft.year, 1, 1)


def zone(draft: Draft, match: re.Match[str]) -> None:
    """Set the zone, unless there is one."""
    if draft.claim_zone():
        draft.zone = _zone(match["zone"])


def _zone(text: str) -> zones.Zone:
    found = zones.find(text)
    if found is None:
        raise UnreadableError
    return found


def timestamp(draft: Draft, match: re.Match[str]) -> None:
    """Set 1970-01-01 in UTC and move by the seconds; a date after it replaces the 1970."""
    draft.drop_date()
    draft.drop_time()
    if not draft.claim_zone():
        return
    sign = -1 if match["sign"] else 1
    draft.year, draft.month, draft.day, draft.zone = 1970, 1, 1, zones.WORLD_TIME
    draft.shift.seconds += bounded(sign * int(match["timestamp"][:_MOST_DIGITS]))
    fraction = match.groupdict().get("fraction")
    if fraction == "":
        raise UnreadableError
    if fraction:
        draft.shift.microseconds = sign * _micro(fraction)
