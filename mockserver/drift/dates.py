"""A range of dates whose ends are not where they were asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mockserver import timestamp
from mockserver.drift.asking import FIRST, LAST, asks, both, filters_of, moved, moves, page_of, swaps, when
from mockserver.drift.violation import Drift
from mockserver.timestamp import SECONDS_A_DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.drift.call import Fields, Json, Step

_drift = partial(Drift, area="date-range")
_INSIDE, _COMPLETE, _BOTH = ("range.inside",), ("range.complete",), ("range.inside", "range.complete")
_HOUR, _MINUTE = 3600, 60
_WEEK = 7 * SECONDS_A_DAY


def _floor(unit: int) -> Callable[[int], int]:
    return lambda instant: instant // unit * unit


def _ceiling(unit: int) -> Callable[[int], int]:
    return lambda instant: instant // unit * unit + unit - 1


def _by(seconds: int) -> Callable[[int], int]:
    return lambda instant: instant + seconds


def _unbounded(*names: str) -> Step:
    """A date that is sent bounds nothing."""
    edges = {"start_date": FIRST, "end_date": LAST}
    return moves(**{name: lambda _, edge=edges[name]: edge for name in names})


def _between(edit: Callable[[int, int], tuple[int, int]]) -> Step:
    """Ask for another range than the two ends say; where one can't be read both stay."""

    def edited(fields: Fields) -> Fields:
        start, end = (timestamp.parse(str(fields.get(name))) for name in ("start_date", "end_date"))
        if start is None or end is None:
            return fields
        first, last = edit(start, end)
        return {
            **fields,
            "start_date": moved(fields["start_date"], lambda _: first),
            "end_date": moved(fields["end_date"], lambda _: last),
        }

    return asks(edited)


def _offsets(edit: Callable[[str], str]) -> Step:
    """Read dates with a T otherwise than the page's own notation."""

    def read(value: Json) -> Json:
        return edit(value) if isinstance(value, str) and "T" in value else value

    start, end = swaps("start_date", read), swaps("end_date", read)
    return both(start, end)


DRIFTS = (
    _drift("range-ignored", "all rows, whatever the range", _INSIDE, _unbounded("start_date", "end_date")),
    _drift("range-start-ignored", "rows before start_date come too", _INSIDE, _unbounded("start_date")),
    _drift("range-end-ignored", "rows after end_date come too", _INSIDE, _unbounded("end_date")),
    _drift("range-end-exclusive", "the second of end_date is left out", _COMPLETE, moves(end_date=_by(-1))),
    _drift(
        "range-start-exclusive", "the second of start_date is left out", _COMPLETE, moves(start_date=_by(1))
    ),
    _drift(
        "range-ends-exclusive",
        "both ends are left out",
        _COMPLETE,
        moves(start_date=_by(1), end_date=_by(-1)),
    ),
    _drift(
        "range-whole-days",
        "the time of both ends is ignored: whole days",
        _INSIDE,
        moves(start_date=_floor(SECONDS_A_DAY), end_date=_ceiling(SECONDS_A_DAY)),
    ),
    _drift(
        "range-start-of-day",
        "the time of start_date is ignored",
        _INSIDE,
        moves(start_date=_floor(SECONDS_A_DAY)),
    ),
    _drift(
        "range-end-of-day",
        "the time of end_date is ignored: the whole day",
        _INSIDE,
        moves(end_date=_ceiling(SECONDS_A_DAY)),
    ),
    _drift(
        "range-last-day-dropped",
        "end_date ends at its midnight",
        _COMPLETE,
        moves(end_date=_floor(SECONDS_A_DAY)),
    ),
    _drift(
        "range-first-day-dropped",
        "start_date begins at the next midnight",
        _COMPLETE,
        moves(start_date=_ceiling(SECONDS_A_DAY)),
    ),
    _drift(
        "range-whole-minutes",
        "seconds are ignored: end_date at its full minute",
        _COMPLETE,
        moves(start_date=_floor(_MINUTE), end_date=_floor(_MINUTE)),
    ),
    _drift(
        "range-whole-hours",
        "minutes are ignored: whole hours",
        _INSIDE,
        moves(start_date=_floor(_HOUR), end_date=_ceiling(_HOUR)),
    ),
    _drift(
        "range-in-local-time",
        "both ends are read as Amsterdam's time",
        _BOTH,
        moves(start_date=_by(-_HOUR), end_date=_by(-_HOUR)),
    ),
    _drift(
        "range-west-of-utc",
        "both ends are read as New York's time",
        _BOTH,
        moves(start_date=_by(5 * _HOUR), end_date=_by(5 * _HOUR)),
    ),
    _drift(
        "range-end-in-local-time",
        "end_date is read as Amsterdam's time",
        _COMPLETE,
        moves(end_date=_by(-_HOUR)),
    ),
    _drift(
        "range-one-day-late",
        "both ends are a day late",
        _BOTH,
        moves(start_date=_by(SECONDS_A_DAY), end_date=_by(SECONDS_A_DAY)),
    ),
    _drift(
        "range-last-week",
        "never more than the last seven days",
        _COMPLETE,
        _between(lambda start, end: (max(start, end - _WEEK), end)),
    ),
    _drift(
        "range-first-week",
        "never more than the first seven days",
        _COMPLETE,
        _between(lambda start, end: (start, min(end, start + _WEEK))),
    ),
    _drift(
        "range-only-first-day",
        "only the day of start_date",
        _COMPLETE,
        _between(lambda start, end: (start, min(end, _ceiling(SECONDS_A_DAY)(start)))),
    ),
    _drift(
        "range-reversed-is-turned",
        "an end before the start is taken the other way round",
        ("range.reversed",),
        _between(lambda start, end: (min(start, end), max(start, end))),
    ),
    _drift(
        "range-with-filters-ignored",
        "with filters rows of any date come",
        _INSIDE,
        when(filters_of, _unbounded("start_date", "end_date")),
    ),
    _drift(
        "range-with-read-status-ignored",
        "with read_status rows of any date come",
        _INSIDE,
        when(lambda fields: fields.get("read_status"), _unbounded("start_date", "end_date")),
    ),
    _drift(
        "range-from-page-two-ignored",
        "from page 2 on rows of any date come",
        _INSIDE,
        when(lambda fields: page_of(fields) > 1, _unbounded("start_date", "end_date")),
    ),
    _drift(
        "range-time-after-t-ignored",
        "of a date with a T only the day counts",
        ("range.notation",),
        _offsets(lambda text: text.partition("T")[0]),
    ),
)
