"""The instant that a draft means: holes filled from the present moment, movements made, zone taken off.

The movements are made one after the other, each from the day that the one before arrived at: to
the edge of the month ("first day of", "first monday of"), to a weekday, by years, months, days and
the time of day, over weekends. A day that does not exist (February 30) has run over into the next
month before the first of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mockserver.rules.dates import zones
from mockserver.rules.dates.draft import Weekday
from mockserver.rules.dates.gregorian import civil, day_number, weekday

if TYPE_CHECKING:
    from datetime import datetime

    from mockserver.rules.dates.draft import Draft

_SECOND: Final = 1_000_000
_DAY: Final = 86_400 * _SECOND
_WEEK: Final = 7
_BUSINESS_WEEK: Final = 5
_SUNDAY, _FRIDAY, _SATURDAY = 0, 5, 6


def microseconds(draft: Draft, now: datetime) -> int:
    """Microseconds since 1970 UTC; `now` is in UTC, and so is a draft without a zone."""
    number, clock = divmod(_clock(draft, now), _DAY)
    number += _start(draft, now)
    if draft.weekday is not None:
        number += _days_to_weekday(draft, draft.weekday, weekday(number))
    number, clock = _shifted(draft, number, clock)
    if draft.business_days is not None:
        number += _days_over_weekends(draft.business_days, weekday(number))
    local = number * _DAY + clock
    zone = draft.zone or zones.WORLD_TIME
    return _in_64_bits(local - zone.offset_at(local // _SECOND) * _SECOND)


def _clock(draft: Draft, now: datetime) -> int:
    """Microseconds of the day: midnight for a date alone, the present time if there is neither."""
    if draft.has_date and not draft.times:
        return 0
    hour = now.hour if draft.hour is None else draft.hour
    minute = now.minute if draft.minute is None else draft.minute
    second = now.second if draft.second is None else draft.second
    microsecond = draft.microsecond
    if microsecond is None:
        fields = (draft.year, draft.month, draft.day, draft.hour, draft.minute, draft.second)
        microsecond = 0 if any(field is not None for field in fields) else now.microsecond
    return ((hour * 60 + minute) * 60 + second) * _SECOND + microsecond


def _start(draft: Draft, now: datetime) -> int:
    """Number the day, or the one of its month from which an nth weekday is looked for."""
    year = now.year if draft.year is None else draft.year
    month = now.month if draft.month is None else draft.month
    day = now.day if draft.day is None else draft.day
    if draft.nth_weekday_from:
        months = draft.shift.months + (1 if draft.nth_weekday_from == "last" else 0)
        draft.shift.months = 0
        month, day = month + months, 1
    return _at_edge(draft, year, month, day)


def _at_edge(draft: Draft, year: int, month: int, day: int) -> int:
    if draft.month_edge == "first":
        return day_number(year, month, 1)
    if draft.month_edge == "last":
        return day_number(year, month + 1, 0)
    return day_number(year, month, day)


def _days_to_weekday(draft: Draft, wanted: int, today: int) -> int:
    if draft.weekday_choice is Weekday.OF_THIS_WEEK:
        # Such a week runs from Monday to Sunday; one turned around by "ago" stays as it is.
        if today == _SUNDAY and wanted != _SUNDAY:
            wanted -= _WEEK
        elif wanted == _SUNDAY and today != _SUNDAY:
            wanted = _WEEK
        return wanted - today
    if wanted < 0:
        return -_WEEK - wanted - today
    days = wanted - today
    is_backwards = draft.shift.days < 0
    if days < 0 if is_backwards else days <= -draft.weekday_choice:
        days += _WEEK
    return days


def _shifted(draft: Draft, number: int, clock: int) -> tuple[int, int]:
    shift = draft.shift
    seconds = (shift.hours * 60 + shift.minutes) * 60 + shift.seconds
    days, clock = divmod(clock + seconds * _SECOND + shift.microseconds, _DAY)
    year, month, day = civil(number)
    return days + _at_edge(draft, year + shift.years, month + shift.months, day + shift.days), clock


def _days_over_weekends(steps: int, today: int) -> int:
    """Count the days that so many business days take; backwards is the mirror image of forwards."""
    if steps > 0:
        return _days_forward(steps, today)
    return -_days_forward(-steps, _SATURDAY - today)


def _days_forward(steps: int, today: int) -> int:
    weeks, rest = divmod(steps, _BUSINESS_WEEK)
    days = weeks * _WEEK + rest
    if rest == 0:
        # Whole weeks end where they began, and a weekend is no place to stop: back to Friday.
        return days - {_SUNDAY: 2, _SATURDAY: 1}.get(today, 0)
    if today == _SATURDAY:
        return days + 1
    return days + 2 if today + rest > _FRIDAY else days


def _in_64_bits(instant: int) -> int:
    """Wrap the seconds as PHP's counter does, some 292 billion years away."""
    seconds, fraction = divmod(instant, _SECOND)
    return ((seconds + 2**63) % 2**64 - 2**63) * _SECOND + fraction
