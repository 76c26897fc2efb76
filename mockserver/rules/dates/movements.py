"""What the words set that move a date: `tomorrow`, `next week`, `+2 days ago`, `first monday of`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mockserver.rules.dates import words
from mockserver.rules.dates.actions import to_meridian
from mockserver.rules.dates.draft import Weekday

if TYPE_CHECKING:
    import re

    from mockserver.rules.dates.actions import Action
    from mockserver.rules.dates.draft import Draft

_NOON: Final = 12
_WEEK: Final = 7


def midnight(*, days: int | None = None) -> Action:
    """Set the time to zero and, if given, the movement to so many days."""

    def action(draft: Draft, _match: re.Match[str]) -> None:
        draft.drop_time()
        if days is not None:
            draft.shift.days = days

    return action


def noon(draft: Draft, _match: re.Match[str]) -> None:
    """Set the time to twelve, whatever it was before."""
    draft.drop_time()
    draft.claim_time()
    draft.hour = _NOON


def quarter(draft: Draft, match: re.Match[str]) -> None:
    """Set a quarter past ("back of") or to ("front of") an hour; with a capital, any is "front"."""
    draft.drop_time()
    draft.claim_time()
    is_past = match[0].startswith("b")
    hour = int(match["hour"]) - (0 if is_past else 1)
    draft.hour = hour + (to_meridian(hour, match["meridian"]) if match["meridian"] else 0)
    draft.minute = 15 if is_past else 45


def month_edge(draft: Draft, match: re.Match[str]) -> None:
    """Ask for the first or last day of whichever month it will be."""
    draft.month_edge = "last" if match["edge"].lower() == "last" else "first"


def weekday_of_month(draft: Draft, match: re.Match[str]) -> None:
    """Ask for the nth such weekday of the month, counted from its end by "last" and "this"."""
    steps = words.ORDINALS[match["step"].lower()]
    draft.nth_weekday_from = "first" if steps > 0 else "last"
    draft.business_days = None
    draft.drop_time()
    choice = Weekday.FROM_TODAY if steps > 0 else _choice(match["step"])
    _to_weekday(draft, words.WEEKDAYS[match["unit"].lower()], steps, choice)


def weekday(draft: Draft, match: re.Match[str]) -> None:
    """Move to that weekday, today or later, at midnight."""
    draft.drop_time()
    draft.weekday = (words.WEEKDAYS | words.BUSINESS_DAYS)[match["unit"].lower()]
    draft.weekday_choice = max(draft.weekday_choice, Weekday.FROM_TODAY)


def week_in_words(draft: Draft, match: re.Match[str]) -> None:
    """Move by weeks, to the weekday that the text names or else to Monday."""
    draft.shift.days += _WEEK * words.ORDINALS[match["step"].lower()]
    draft.weekday_choice = Weekday.OF_THIS_WEEK
    if draft.weekday is None:
        draft.weekday = words.WEEKDAYS["monday"]


def steps_in_words(draft: Draft, match: re.Match[str]) -> None:
    """Move by "next", "last", "third" of a unit; to a weekday at midnight."""
    unit = match["unit"].lower()
    if unit not in words.UNITS:
        draft.drop_time()
    _move(draft, unit, words.ORDINALS[match["step"].lower()], _choice(match["step"]))


def steps_in_digits(draft: Draft, match: re.Match[str]) -> None:
    """Move by a number of units; each minus turns the direction around."""
    sign = -1 if match["sign"].count("-") % 2 else 1
    _move(draft, match["unit"].lower(), sign * int(match["amount"]), Weekday.FROM_TODAY)


def ago(draft: Draft, _match: re.Match[str]) -> None:
    """Turn every movement read so far around."""
    draft.shift.reverse()
    if draft.weekday is not None:
        draft.weekday = -draft.weekday or -_WEEK
    if draft.business_days is not None:
        draft.business_days = -draft.business_days


def _choice(step: str) -> Weekday:
    return Weekday.FROM_TODAY if step.lower() == "this" else Weekday.AFTER_TODAY


def _move(draft: Draft, unit: str, steps: int, choice: Weekday) -> None:
    if unit in words.UNITS:
        part, size = words.UNITS[unit]
        draft.shift.add(part, steps * size)
    elif unit in words.WEEKDAYS:
        _to_weekday(draft, words.WEEKDAYS[unit], steps, choice)
    else:
        draft.business_days = steps
        draft.nth_weekday_from = None


def _to_weekday(draft: Draft, weekday: int, steps: int, choice: Weekday) -> None:
    # The next such day is one step away already.
    draft.shift.days += (steps - 1 if steps > 0 else steps) * _WEEK
    draft.weekday = weekday
    draft.weekday_choice = choice
