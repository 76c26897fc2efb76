"""Filters that do nothing, the opposite, or too much."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mockserver.drift.asking import asks, filters_of, page_of, when
from mockserver.drift.violation import Drift
from mockserver.model import COLUMNS
from mockserver.rowtext import as_dicts

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.drift.answering import Row
    from mockserver.drift.call import Call, Fields, Json, Step
    from mockserver.respond import Answer

_drift = partial(Drift, area="options")
_MATCH, _COMPLETE = ("filters.match",), ("filters.complete",)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else str(value)


def _columns(edit: Callable[[dict[str, Json]], dict[str, Json]]) -> Step:
    """Ask with other filters, where there are any."""

    def edited(fields: Fields) -> Fields:
        filters = filters_of(fields)
        return {**fields, "filters": edit(filters) or {"none": "none"}} if filters else fields

    return asks(edited)


def _where(test: Callable[[Row, dict[str, Json]], bool]) -> Step:
    """Let rows through by another test than equality in every known column."""

    def filtered(call: Call) -> Answer:
        known = {name: value for name, value in filters_of(call.fields).items() if name in COLUMNS}
        if not known:
            return call.answer()
        ids = [row["id"] for row in as_dicts(call.sandbox.dataset) if test(row, known)]
        return call.asking({**call.fields, "filters": {"id": ids or ["none"]}}).answer()

    return filtered


def _each(compare: Callable[[str, str], bool]) -> Step:
    """Compare every column's text with the wanted one in this way."""
    return _where(
        lambda row, wanted: all(compare(_text(row[name]), _text(value)) for name, value in wanted.items())
    )


def _any(row: Row, wanted: dict[str, Json]) -> bool:
    return any(_text(row[name]) == _text(value) for name, value in wanted.items())


def _at_least(row: Row, wanted: dict[str, Json]) -> bool:
    """Numbers are a lower bound."""
    return all(
        row[name] >= value
        if isinstance(value, int) and isinstance(row[name], int)
        else _text(row[name]) == _text(value)
        for name, value in wanted.items()
    )


def _without(*names: str) -> Step:
    return _columns(lambda filters: {name: value for name, value in filters.items() if name not in names})


_IGNORED = _columns(lambda _: {})


DRIFTS = (
    _drift("filters-ignored", "filters do nothing", _MATCH, _IGNORED),
    _drift(
        "filters-ignored-from-page-two",
        "from page 2 on filters do nothing",
        _MATCH,
        when(lambda fields: page_of(fields) > 1, _IGNORED),
    ),
    _drift(
        "filters-ignored-with-read-status",
        "with read_status filters do nothing",
        _MATCH,
        when(lambda fields: fields.get("read_status"), _IGNORED),
    ),
    _drift("filters-by-country-ignored", "a filter by country does nothing", _MATCH, _without("country")),
    _drift("filters-by-browser-ignored", "a filter by browser does nothing", _MATCH, _without("browser")),
    _drift("filters-by-device-ignored", "a filter by device does nothing", _MATCH, _without("device")),
    _drift(
        "filters-by-platform-ignored", "a filter by platform_os does nothing", _MATCH, _without("platform_os")
    ),
    _drift(
        "filters-by-time-spend-ignored", "a filter by time_spend does nothing", _MATCH, _without("time_spend")
    ),
    _drift(
        "filters-only-first",
        "only the first filter counts",
        _MATCH,
        _columns(lambda filters: dict([next(iter(filters.items()))])),
    ),
    _drift(
        "filters-only-last",
        "only the last filter counts",
        _MATCH,
        _columns(lambda filters: dict([list(filters.items())[-1]])),
    ),
    _drift("filters-joined-by-or", "one of several filters is enough", _MATCH, _where(_any)),
    _drift(
        "filters-negated",
        "filters keep what they should take away",
        _MATCH,
        _each(lambda have, want: have != want),
    ),
    _drift(
        "filters-by-part",
        "a part of a value matches, in any case",
        (*_MATCH, *_COMPLETE),
        _each(lambda have, want: want.lower() in have.lower()),
    ),
    _drift(
        "filters-by-beginning",
        "the beginning of a value matches",
        _MATCH,
        _each(lambda have, want: have.startswith(want[:1])),
    ),
    _drift("filters-numbers-as-bounds", "a number filters as a lower bound", _MATCH, _where(_at_least)),
    _drift(
        "filters-numbers-by-part",
        "a number matches what begins with its first digit",
        _MATCH,
        _where(
            lambda row, wanted: all(
                _text(row[name]).startswith(_text(value)[:1])
                if isinstance(value, int)
                else _text(row[name]) == _text(value)
                for name, value in wanted.items()
            )
        ),
    ),
    _drift(
        "filters-columns-swapped",
        "a filter by device looks at browser, and the other way round",
        _COMPLETE,
        _columns(
            lambda filters: {
                {"device": "browser", "browser": "device"}.get(name, name): value
                for name, value in filters.items()
            }
        ),
    ),
    _drift(
        "filters-in-lower-case",
        "filters are lower-cased, the values are not",
        _COMPLETE,
        _columns(
            lambda filters: {
                name: value.lower() if isinstance(value, str) else value for name, value in filters.items()
            }
        ),
    ),
    _drift(
        "filters-find-nothing",
        "filters find nothing",
        _COMPLETE,
        _columns(lambda filters: {"id": "none"} if set(filters) & set(COLUMNS) else filters),
    ),
)
