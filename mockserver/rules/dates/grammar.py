r"""The table of formats: name, pattern, and what it sets.

A pattern is a regular expression in which `<name>` stands for one of the parts. Words match in
any case where `(?i:…)` says so, and otherwise as they stand. The order of the table decides only
between formats that take in equally many characters.

Two properties are kept by hand. Alternatives stand longest first, so that an expression finds the
longest text that it can. And no stretch of text can be divided in more than a few ways, so that
no expression takes more than linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from mockserver.rules.dates import actions, movements, words

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Stands behind a text when it is read; some formats want a blank or the end, and take it along.
END: Final = "\0"


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a date or time, or a part of one."""

    name: str
    pattern: re.Pattern[str]
    sets: actions.Action


def _word(names: Iterable[str]) -> str:
    return f"(?i:{'|'.join(sorted(names, key=len, reverse=True))})"


_DAY_WORDS: Final = words.WEEKDAYS.keys() | words.BUSINESS_DAYS.keys()
_UNIT_WORDS: Final = words.UNITS.keys() | _DAY_WORDS
_ROMAN: Final = "|".join(sorted(words.ROMAN_MONTHS, key=len, reverse=True))
_OFFSET: Final = (
    r"(?:GMT)?[+-](?:(?:2[0-4]|[01][0-9]):[0-5][0-9]:(?:60|[0-5][0-9])"
    r"|(?:2[0-4]|[01][0-9])[0-5][0-9](?:60|[0-5][0-9])"
    r"|(?:2[0-4]|[01]?[0-9])(?::?[0-5]?[0-9])?)"
)
_ZONE_NAME: Final = r"[A-Z][a-z]+(?:[_/-][A-Za-z]+)+|\(?[A-Za-z]{1,6}\)?"

#: A part may use others. A "2" or "4" in the name is the number of digits, else they may be fewer.
_PARTS: Final = {
    "year": r"(?P<year>[0-9]{1,4})",
    "year 2": r"(?P<year>[0-9]{2})",
    "year 4": r"(?P<year>[0-9]{4})",
    "signed year": r"(?P<signed_year>[+-]?[0-9]{4})",
    "long year": r"(?P<signed_year>[+-][0-9]{5,19})",
    "month": r"(?P<month>1[0-2]|0?[0-9])",
    "month 2": r"(?P<month>1[0-2]|0[0-9])",
    "named month": f"(?P<month_name>{_word(words.MONTHS)})",
    "short month": f"(?P<month_name>{_word(words.SHORT_MONTHS)})",
    "named or roman month": f"(?P<month_name>{_word(words.MONTHS)}|{_ROMAN})",
    "day": r"(?P<day>3[01]|[0-2]?[0-9])",
    "day 2": r"(?P<day>3[01]|[0-2][0-9])",
    "nth day": r"<day>(?:st|nd|rd|th)",
    "any day": r"<day>(?:st|nd|rd|th)?",
    "day of year": r"(?P<day>36[0-6]|3[0-5][0-9]|[12][0-9][0-9]|0[1-9][0-9]|00[1-9])",
    "week": r"(?P<week>5[0-3]|[1-4][0-9]|0[1-9])",
    "hour": r"(?P<hour>2[0-4]|[01]?[0-9])",
    "hour 2": r"(?P<hour>2[0-4]|[01][0-9])",
    "half-day hour": r"(?P<hour>1[0-2]|0?[1-9])",
    "minute": r"(?P<minute>[0-5]?[0-9])",
    "minute 2": r"(?P<minute>[0-5][0-9])",
    "second": r"(?P<second>60|[0-5]?[0-9])",
    "second 2": r"(?P<second>60|[0-5][0-9])",
    "fraction": r"(?P<fraction>[0-9]+)",
    "meridian": rf"(?P<meridian>[AaPp])\.?[Mm]\.?[{END}\t ]",
    "offset": f"(?P<zone>{_OFFSET})",
    "zone": f"(?P<zone>{_OFFSET}|{_ZONE_NAME})",
    "blanks": "(?:[ \\t]+|\u00a0+|\u202f+)",
    "gap": r"[ \t.-]*",
    "start of clock": r"[tT]?<hour>[:.]<minute>",
    "half-day clock": r"<half-day hour>[:.]<minute 2><blanks>?<meridian>",
    "half-day long clock": r"<half-day hour>[:.]<minute>[:.]<second 2><blanks>?<meridian>",
    "month and day": rf"<named or roman month><gap><any day>(?:[,.stndrh\t ]+|{END})",
    "digits": r"<year 4><month 2><day 2>",
    "dashes": r"<year 4>-<month 2>-<day 2>",
    "colons": r"<hour 2>:<minute 2>:<second 2>",
    "timestamp": r"@(?P<sign>-?)(?P<timestamp>[0-9]+)",
    "step": f"(?P<step>{_word(words.ORDINALS)})",
    "pointer": f"(?P<step>{_word(words.POINTERS)})",
    "weekday": f"(?P<unit>{_word(words.WEEKDAYS)})",
    "day word": f"(?P<unit>{_word(_DAY_WORDS)})",
    "unit": f"(?P<unit>{_word(_UNIT_WORDS)})",
    "unit but week": f"(?P<unit>{_word(_UNIT_WORDS - {'week'})})",
}

_TABLE: Final[tuple[tuple[str, str, actions.Action], ...]] = (
    # Words for days and times
    ("yesterday", r"(?i:yesterday)", movements.midnight(days=-1)),
    ("now", r"(?i:now)", actions.nothing),
    ("noon", r"(?i:noon)", movements.noon),
    ("today", r"(?i:midnight|today)", movements.midnight()),
    ("tomorrow", r"(?i:tomorrow)", movements.midnight(days=1)),
    ("timestamp", r"<timestamp>", actions.timestamp),
    ("timestamp, fraction", r"<timestamp>\.(?P<fraction>[0-9]{0,6})", actions.timestamp),
    ("edge of month", r"(?P<edge>(?i:first|last))(?i: day of)", movements.month_edge),
    ("quarter", r"(?i:back|front)(?i: of )<hour>(?:<blanks>?<meridian>)?", movements.quarter),
    ("weekday of month", r"<step><blanks><weekday><blanks>(?i:of)", movements.weekday_of_month),
    # Times
    ("half-day hour", r"<half-day hour><blanks>?<meridian>", actions.time),
    ("half-day clock", r"<half-day clock>", actions.time),
    ("half-day long clock", r"<half-day long clock>", actions.time),
    ("sql server", r"<half-day hour>:<minute 2>:<second 2>[:.]<fraction><meridian>", actions.time),
    ("hour", r"[tT]<hour>", actions.time),
    ("clock", r"<start of clock>", actions.time),
    ("long clock", r"<start of clock>[:.]<second>", actions.time),
    ("long clock, fraction", r"<start of clock>[:.]<second>\.<fraction>", actions.time),
    ("four digits", r"[tT]?<hour 2><minute 2>", actions.hours_or_year),
    ("six digits", r"[tT]?<hour 2><minute 2><second 2>", actions.time),
    # Dates
    ("american, no year", r"<month>/<any day>", actions.date()),
    ("american", r"<month>/<day>/<year>", actions.date()),
    ("american, suffix", r"<month>/<nth day>/[0-9]{1,4}", actions.date()),  # the year goes unread
    ("iso", r"<signed year>-<month 2>-<day 2>", actions.date()),
    ("iso, slashes", r"<year 4>/<month 2>/<day 2>/?", actions.date()),
    ("year first, slashes", r"<year 4>/<month>/<any day>", actions.date()),
    ("iso, short year", r"<year 2>-<month 2>-<day 2>", actions.date()),
    ("iso, long year", r"<long year>-<month 2>-<day 2>", actions.date()),
    ("year and month", r"<year 4>-<month>", actions.date(day=1)),
    ("year first", r"<year>-<month>-<any day>", actions.date()),
    ("day first, named month", r"<any day><gap><named or roman month><gap><year>", actions.date()),
    ("day first", r"<any day>[.\t-]<month>[.-]<year 4>", actions.date()),
    ("day first, short year", r"<any day>[.\t]<month>\.<year 2>", actions.date()),
    ("named month and year", r"<named or roman month><gap><year 4>", actions.date(day=1)),
    ("year and named month", r"<year 4><gap><named or roman month>", actions.date(day=1)),
    (
        "month first, named",
        r"<named or roman month><gap><any day>[,.stndrh\t ]+<year>",
        actions.date(),
    ),
    ("month and day", r"<month and day>", actions.date(year=None)),
    ("day and month", r"<any day><gap><named or roman month>", actions.date()),
    ("eight digits", r"<digits>", actions.date()),
    # Dates with times
    ("xml-rpc", r"<digits>T<hour>:<minute 2>:<second 2>", actions.date_and_time),
    ("xml-rpc, digits", r"<digits>[tT]<hour 2><minute 2><second 2>", actions.date_and_time),
    (
        "xml-rpc, five digits",  # let in as one, two and two digits, but read as two, two and one
        (
            r"<digits>[tT](?=[0-9][0-5][0-9](?:60|[0-5][0-9]))"
            r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9])"
        ),
        actions.date_and_time,
    ),
    ("soap", r"<dashes>T<colons>\.<fraction><offset>?", actions.date_and_time),
    ("wddx", r"<year 4>-<month>-<any day>T<hour>:<minute>:<second>", actions.date_and_time),
    ("exif", r"<year 4>:<month 2>:<day 2> <colons>", actions.date_and_time),
    # Other dates
    ("day of year", r"<year 4>[.-]?<day of year>", actions.date(month=1)),
    ("iso week, day", r"<year 4>-?W<week>-?(?P<weekday>[0-7])", actions.iso_week),
    ("iso week", r"<year 4>-?W<week>", actions.iso_week),
    ("postgres", r"<short month>-<day 2>-<year>", actions.date()),
    ("postgres, reversed", r"<year>-<short month>-<day 2>", actions.date()),
    (
        "common log",
        r"<any day>/<short month>/<year 4>:<colons><blanks><offset>",
        actions.date_and_time,
    ),
    ("year", r"<year 4>", actions.year),
    # Movements
    ("ago", r"(?i:ago)", movements.ago),
    ("weekday", r"<day word>", movements.weekday),
    ("week in words", r"<pointer><blanks>(?i:week)", movements.week_in_words),
    ("steps in words", r"<step><blanks><unit but week>", movements.steps_in_words),
    # What else a word may be
    ("month", r"<named month>", actions.date()),
    ("zone", r"<zone>", actions.zone),
    # A month and day with the time that would else be taken for the year
    ("month, day, half-day clock", r"<month and day><half-day clock>", actions.date_and_time),
    ("month, day, half-day long clock", r"<month and day><half-day long clock>", actions.date_and_time),
    ("month, day, clock", r"<month and day><start of clock>", actions.date_and_time),
    ("month, day, long clock", r"<month and day><start of clock>:<second>", actions.date_and_time),
    (
        "month, day, pointed clock",  # behind hours and minutes, a point is taken for a zone
        r"<month and day><start of clock>\.<second>",
        actions.refuse,
    ),
    (
        "month, day, clock, zone",
        r"<month and day><start of clock>:<second 2><blanks>?<zone>",
        actions.date_and_time,
    ),
    (
        "steps in digits",
        r"(?P<sign>[+-]*)[ \t]*(?P<amount>[0-9]{1,13})<blanks>?<unit>",
        movements.steps_in_digits,
    ),
    ("separator", rf"[.,\n{END}]|<blanks>", actions.nothing),
)

_PLACE: Final = re.compile(r"(?<!\?P)<([^<>]+)>")


@cache
def formats() -> tuple[Format, ...]:
    """Compile the table, when the first text needs it."""
    return tuple(Format(name, _compile(pattern), sets) for name, pattern, sets in _TABLE)


def _compile(pattern: str) -> re.Pattern[str]:
    while _PLACE.search(pattern):
        pattern = _PLACE.sub(lambda place: _PARTS[place[1]], pattern)
    return re.compile(pattern, re.ASCII)
