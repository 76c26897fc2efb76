"""Rows that show what is not so, or not what they showed a moment ago."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mockserver.drift.answering import cells, each_row, rows
from mockserver.drift.asking import moved, page_of, when
from mockserver.drift.violation import Drift

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.drift.answering import Row
    from mockserver.drift.call import Call, Json, Step
    from mockserver.respond import Answer

_drift = partial(Drift, area="row-values")
_CONSTANT, _FILTERED = ("rows.constant",), ("filters.complete", "filters.match")
_HOUR = 3600


def _time(edit: Callable[[str], Json]) -> Step:
    return cells(created_at=edit)


def _from_page_two(step: Step) -> Step:
    return when(lambda fields: page_of(fields) > 1, step)


def _foreign(call: Call) -> Answer:
    """The last row of a page is another tenant's, always the same."""

    def edit(page: list[Row]) -> list[Row]:
        return [*page[:-1], {**page[-1], "id": 9_000_001}] if len(page) > 1 else page

    return rows(edit)(call)


def _new_ids(call: Call) -> Answer:
    """Ids are made for each answer anew."""
    return cells(id=lambda number: number + 10_000 * call.memory.requests)(call)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


DRIFTS = (
    _drift(
        "browser-truncated",
        "browser is cut to 4 characters, the filter knows the whole",
        _FILTERED,
        cells(browser=lambda name: name and name[:4]),
    ),
    _drift(
        "browser-upper-case",
        "browser is shown in capitals, the filter knows it as it was",
        _FILTERED,
        cells(browser=lambda name: name and name.upper()),
    ),
    _drift(
        "browser-with-version",
        "browser is shown with a version that the filter does not know",
        _FILTERED,
        cells(browser=lambda name: name and f"{name} 120"),
    ),
    _drift(
        "country-as-name",
        "country is shown in lower case with a prefix, the filter knows the code",
        _FILTERED,
        cells(country=lambda code: code and f"country.{code.lower()}"),
    ),
    _drift(
        "browser-and-platform-swapped",
        "browser and platform_os show each other's value",
        (*_FILTERED, "sort.order"),
        each_row(lambda row: {**row, "browser": row["platform_os"], "platform_os": row["browser"]}),
    ),
    _drift(
        "created-at-in-local-time",
        "created_at is shown an hour late, the range knows the true time",
        ("range.inside", "range.complete"),
        _time(lambda text: moved(text, lambda instant: instant + _HOUR)),
    ),
    _drift(
        "created-at-rounded",
        "created_at is shown without its seconds, as :00",
        ("range.inside", "range.complete"),
        _time(lambda text: f"{text[:17]}00"),
    ),
    _drift(
        "time-spend-as-clock",
        "time_spend is shown as 00:01:36, the filter knows seconds",
        _FILTERED,
        cells(time_spend=lambda seconds: None if seconds is None else _clock(seconds)),
    ),
    _drift(
        "time-spend-in-minutes",
        "time_spend is shown in minutes, the filter knows seconds",
        _FILTERED,
        cells(time_spend=lambda seconds: seconds and seconds // 60),
    ),
    _drift(
        "read-status-turned",
        "read_status is shown the other way round",
        ("read-status.matches",),
        cells(read_status=lambda status: {"read": "unread"}.get(status, "read")),
    ),
    _drift(
        "read-status-as-asked",
        "read_status is unread in every row, unless it is asked for",
        ("rows.constant", "read-status.complete"),
        when(lambda fields: not fields.get("read_status"), cells(read_status=lambda _: "unread")),
    ),
    _drift("foreign-row", "another tenant's row ends every page", ("rows.known", "sort.whole-set"), _foreign),
    _drift("ids-new-each-time", "every answer numbers the rows anew", _CONSTANT, _new_ids),
    _drift(
        "time-spend-in-ms-from-page-two",
        "from page 2 on time_spend is in milliseconds",
        _CONSTANT,
        _from_page_two(cells(time_spend=lambda seconds: seconds and seconds * 1000)),
    ),
    _drift(
        "country-lower-case-from-page-two",
        "from page 2 on country is in lower case",
        _CONSTANT,
        _from_page_two(cells(country=lambda code: code and code.lower())),
    ),
    _drift(
        "device-null-with-flags",
        "with addresses device is null",
        _CONSTANT,
        when(lambda fields: fields.get("include_ip_addresses") == "1", cells(device=lambda _: None)),
    ),
)
