"""The letters of PHP's date layouts: what each reads, what that sets, and what it writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mockserver.rules.dates import actions, words, zones
from mockserver.rules.dates.draft import UnreadableError, Weekday
from mockserver.rules.dates.gregorian import civil, day_number, weekday

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockserver.rules.dates.draft import Draft
    from mockserver.rules.dates.moment import Moment

    Setter = Callable[[Draft, str], None]
    Writer = Callable[[Moment], str]

_DAY_SECONDS: Final = 86_400
_NOON: Final = 12
_LAST_FOUR_DIGIT_YEAR: Final = 9999


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: a regular expression, and the ways from what it finds to a date and back."""

    reads: str
    sets: Setter
    writes: Writer


def _set_number(part: str) -> Setter:
    return lambda draft, digits: setattr(draft, part, int(digits))


def _set_nothing(_draft: Draft, _text: str) -> None:
    """Nothing: the suffix of a day and a blank are read over."""


def _set_short_year(draft: Draft, digits: str) -> None:
    draft.year = actions.full_year(digits)


def _set_day_of_year(draft: Draft, digits: str) -> None:
    draft.year, draft.month, draft.day = civil(day_number(draft.year or 0, 1, int(digits) + 1))


def _set_month_name(draft: Draft, name: str) -> None:
    draft.month = _meaning(name, words.MONTHS)


def _set_weekday(draft: Draft, name: str) -> None:
    draft.weekday = _meaning(name, words.WEEKDAYS)
    draft.weekday_choice = Weekday.FROM_TODAY


def _meaning(name: str, meanings: Mapping[str, int]) -> int:
    if name.lower() not in meanings:
        raise UnreadableError
    return meanings[name.lower()]


def _set_half_day_hour(draft: Draft, digits: str) -> None:
    if int(digits) > _NOON:
        raise UnreadableError
    draft.hour = int(digits)


def _set_meridian(draft: Draft, text: str) -> None:
    hour = draft.hour or 0
    draft.hour = hour + actions.to_meridian(hour, text[0])


def _set_fraction(draft: Draft, digits: str) -> None:
    draft.microsecond = int(digits.ljust(6, "0"))


def _set_timestamp(draft: Draft, digits: str) -> None:
    number, clock = divmod(actions.bounded(int(digits)), _DAY_SECONDS)
    draft.year, draft.month, draft.day = civil(number)
    draft.hour, draft.minute, draft.second = clock // 3600, clock // 60 % 60, clock % 60
    draft.zone = zones.find("+00:00")


def _set_zone(draft: Draft, text: str) -> None:
    draft.zone = zones.find(text)
    if draft.zone is None:
        raise UnreadableError


def _day_of_year(at: Moment) -> str:
    return str(at.day_number - day_number(at.year, 1, 1))


def _weekday_name(at: Moment) -> str:
    return words.WEEKDAY_NAMES[weekday(at.day_number)]


def _ordinal_suffix(at: Moment) -> str:
    if at.day in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(at.day % 10, "th")


def _month_name(at: Moment) -> str:
    return words.MONTH_NAMES[at.month - 1]


def _year(at: Moment) -> str:
    return f"{'-' if at.year < 0 else ''}{abs(at.year):04d}"


def _signed_year(at: Moment) -> str:
    return f"{'-' if at.year < 0 else '+'}{abs(at.year):04d}"


def _expanded_year(at: Moment) -> str:
    return _year(at) if at.year <= _LAST_FOUR_DIGIT_YEAR else _signed_year(at)


def _half_day_hour(at: Moment) -> int:
    return at.hour % _NOON or _NOON


def _meridian(at: Moment) -> str:
    return "am" if at.hour < _NOON else "pm"


def _offset(at: Moment) -> str:
    return zones.offset_text(at.offset_seconds)


def _offset_or_z(at: Moment) -> str:
    return "Z" if at.zone.name in ("UTC", "Z", "+00:00") else _offset(at)


_ONE_OR_TWO: Final = "[0-9]{1,2}"
_WORD: Final = r"[^ \t,;:/.()-]+"
_LETTERS_ONLY: Final = "[A-Za-z]+"
_LONG_YEAR: Final = "[+-]?[0-9]{1,18}"
_ZONE: Final = "(?:GMT)?[+-][0-9:]+|[A-Za-z0-9/_+-]+"

LETTERS: Final = {
    "d": Letter(_ONE_OR_TWO, _set_number("day"), lambda at: f"{at.day:02d}"),
    "j": Letter(_ONE_OR_TWO, _set_number("day"), lambda at: str(at.day)),
    "z": Letter("[0-9]{1,3}", _set_day_of_year, _day_of_year),
    "S": Letter("st|nd|rd|th", _set_nothing, _ordinal_suffix),
    "D": Letter(_WORD, _set_weekday, lambda at: _weekday_name(at)[:3]),
    "l": Letter(_WORD, _set_weekday, _weekday_name),
    "m": Letter(_ONE_OR_TWO, _set_number("month"), lambda at: f"{at.month:02d}"),
    "n": Letter(_ONE_OR_TWO, _set_number("month"), lambda at: str(at.month)),
    "M": Letter(_LETTERS_ONLY, _set_month_name, lambda at: _month_name(at)[:3]),
    "F": Letter(_LETTERS_ONLY, _set_month_name, _month_name),
    "Y": Letter("[0-9]{1,4}", _set_number("year"), _year),
    "y": Letter(_ONE_OR_TWO, _set_short_year, lambda at: f"{at.year % 100:02d}"),
    "X": Letter(_LONG_YEAR, _set_number("year"), _signed_year),
    "x": Letter(_LONG_YEAR, _set_number("year"), _expanded_year),
    "a": Letter("am|pm", _set_meridian, _meridian),
    "A": Letter("AM|PM", _set_meridian, lambda at: _meridian(at).upper()),
    "g": Letter(_ONE_OR_TWO, _set_half_day_hour, lambda at: str(_half_day_hour(at))),
    "h": Letter(_ONE_OR_TWO, _set_half_day_hour, lambda at: f"{_half_day_hour(at):02d}"),
    "G": Letter(_ONE_OR_TWO, _set_number("hour"), lambda at: str(at.hour)),
    "H": Letter(_ONE_OR_TWO, _set_number("hour"), lambda at: f"{at.hour:02d}"),
    "i": Letter("[0-9]{2}", _set_number("minute"), lambda at: f"{at.minute:02d}"),
    "s": Letter("[0-9]{2}", _set_number("second"), lambda at: f"{at.second:02d}"),
    "v": Letter("[0-9]{1,3}", _set_fraction, lambda at: f"{at.microsecond // 1000:03d}"),
    "u": Letter("[0-9]{1,6}", _set_fraction, lambda at: f"{at.microsecond:06d}"),
    "U": Letter("[+-]?[0-9]{1,24}", _set_timestamp, lambda at: str(at.seconds)),
    "e": Letter(_ZONE, _set_zone, lambda at: at.zone.name),
    "T": Letter(_ZONE, _set_zone, lambda at: at.abbreviation),
    "O": Letter(_ZONE, _set_zone, lambda at: _offset(at).replace(":", "")),
    "P": Letter(_ZONE, _set_zone, _offset),
    "p": Letter(_ZONE, _set_zone, _offset_or_z),
    " ": Letter("[ \t\u00a0\u202f]*", _set_nothing, lambda _at: " "),
}
