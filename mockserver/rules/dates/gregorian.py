"""Day arithmetic in the proleptic Gregorian calendar, for years of any size.

A day is a whole number, counted from 1970-01-01, which is 0. Inside, a year starts in March, so
that its leap day comes last and months can be counted in whole fifths of 153 days.
"""

from __future__ import annotations

from typing import Final

_MARCH: Final = 3
_MONTHS: Final = 12
#: Years in which the calendar repeats, and the days of these.
_ERA_YEARS: Final = 400
_ERA_DAYS: Final = 146_097
#: From 0000-03-01 to 1970-01-01.
_DAYS_TO_1970: Final = 719_468
#: The last year that PHP's `checkdate` takes.
_LAST_YEAR: Final = 32_767


def day_number(year: int, month: int, day: int) -> int:
    """Count the days from 1970-01-01; a month or day beyond its range runs into the next ones."""
    carried_years, months = divmod(month - _MARCH, _MONTHS)
    year += carried_years
    leap_days = year // 4 - year // 100 + year // 400
    return year * 365 + leap_days + (months * 153 + 2) // 5 + day - 1 - _DAYS_TO_1970


def civil(number: int) -> tuple[int, int, int]:
    """Turn a day number into year, month and day."""
    era, days = divmod(number + _DAYS_TO_1970, _ERA_DAYS)
    year = (days - days // 1460 + days // 36_524 - days // 146_096) // 365
    days -= 365 * year + year // 4 - year // 100
    months = (days * 5 + 2) // 153
    carried_years, month = divmod(months + _MARCH - 1, _MONTHS)
    return era * _ERA_YEARS + year + carried_years, month + 1, days - (months * 153 + 2) // 5 + 1


def weekday(number: int) -> int:
    """Tell the weekday, 0 is Sunday."""
    return (number + 4) % 7


def is_real(year: int, month: int, day: int) -> bool:
    """Tell whether the calendar has this day, in a year from 1 to 32767 as `checkdate` has it."""
    if not (1 <= year <= _LAST_YEAR and 1 <= month <= _MONTHS and day >= 1):
        return False
    return day_number(year, month, day) < day_number(year, month + 1, 1)


def day_of_iso_week(year: int, week: int, day: int) -> int:
    """Number a day of an ISO week: 1 is its Monday, 0 the Sunday before."""
    # The fourth of January is in week 1 of every year.
    fourth = day_number(year, 1, 4)
    monday = fourth - (weekday(fourth) - 1) % 7
    return monday + (week - 1) * 7 + day - 1
