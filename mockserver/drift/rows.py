"""Rows in other types or under other names."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mockserver import timestamp
from mockserver.drift.answering import cells, each_row, renamed, rows, without
from mockserver.drift.violation import Drift

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.drift.answering import Row
    from mockserver.drift.call import Json, Step

_drift = partial(Drift, area="rows")
_COLUMNS, _IDS, _NUMBERS = ("rows.columns",), ("rows.id",), ("rows.numbers",)
_CREATED, _STATUS, _LIST = ("rows.created-at",), ("rows.read-status",), ("envelope.rows",)


def _some(edit: Callable[[Row], Json]) -> Step:
    """Edit every fifth row, told by its id."""
    return each_row(lambda row: edit(row) if row["id"] % 5 == 0 else row)


def _time(edit: Callable[[str], Json]) -> Step:
    return cells(created_at=edit)


def _instant(text: str) -> int:
    return timestamp.parse(text) or 0


DRIFTS = (
    _drift("ids-text", "ids are texts", _NUMBERS, cells(id=str)),
    _drift("ids-all-zero", "every id is 0, taken from a joined table", _IDS, cells(id=lambda _: 0)),
    _drift("ids-null", "ids are null in some rows", _IDS, _some(lambda row: {**row, "id": None})),
    _drift(
        "ids-renamed",
        "id is called session_id",
        _COLUMNS,
        each_row(lambda row: renamed(row, id="session_id")),
    ),
    _drift("time-spend-text", "time_spend is a text", _NUMBERS, cells(time_spend=str)),
    _drift(
        "created-at-null",
        "created_at is null in some rows",
        _CREATED,
        _some(lambda row: {**row, "created_at": None}),
    ),
    _drift(
        "created-at-iso8601",
        "created_at is in ISO 8601",
        _CREATED,
        _time(lambda text: timestamp.iso8601(_instant(text))),
    ),
    _drift(
        "created-at-without-seconds", "created_at has no seconds", _CREATED, _time(lambda text: text[:16])
    ),
    _drift("created-at-date", "created_at is a date without a time", _CREATED, _time(lambda text: text[:10])),
    _drift("created-at-fraction", "created_at has microseconds", _CREATED, _time("{}.000000".format)),
    _drift("created-at-unix", "created_at is a Unix time", _CREATED, _time(_instant)),
    _drift(
        "created-at-day-first",
        "created_at is written 31-01-2026",
        _CREATED,
        _time(lambda text: f"{text[8:10]}-{text[5:7]}-{text[:4]}{text[10:]}"),
    ),
    _drift(
        "created-at-zeros",
        "created_at is 0000-00-00 in some rows",
        _CREATED,
        _some(lambda row: {**row, "created_at": "0000-00-00 00:00:00"}),
    ),
    _drift(
        "created-at-object",
        "created_at is an object with a timezone",
        _CREATED,
        _time(lambda text: {"date": text, "timezone": "UTC"}),
    ),
    _drift("country-missing", "some rows lack country", _COLUMNS, _some(lambda row: without(row, "country"))),
    _drift("device-missing", "all rows lack device", _COLUMNS, each_row(lambda row: without(row, "device"))),
    _drift(
        "read-status-missing",
        "all rows lack read_status",
        _COLUMNS,
        each_row(lambda row: without(row, "read_status")),
    ),
    _drift(
        "platform-renamed",
        "platform_os is called os",
        _COLUMNS,
        each_row(lambda row: renamed(row, platform_os="os")),
    ),
    _drift(
        "columns-in-camel-case",
        "columns are called timeSpend and createdAt",
        _COLUMNS,
        each_row(
            lambda row: renamed(
                row,
                platform_os="platformOs",
                time_spend="timeSpend",
                read_status="readStatus",
                created_at="createdAt",
            )
        ),
    ),
    _drift(
        "columns-in-attributes",
        "the columns stand under attributes",
        _COLUMNS,
        each_row(lambda row: {"type": "session", "id": row["id"], "attributes": without(row, "id")}),
    ),
    _drift("rows-as-lists", "a row is a list of values", _LIST, each_row(lambda row: list(row.values()))),
    _drift("rows-as-texts", "a row is JSON within a text", _LIST, each_row(str)),
    _drift("rows-with-null", "the rows end with a null", _LIST, rows(lambda page: [*page[:-1], None])),
    _drift(
        "read-status-boolean",
        "read_status is true or false",
        _STATUS,
        cells(read_status=lambda status: status == "read"),
    ),
    _drift(
        "read-status-number",
        "read_status is 0 or 1",
        _STATUS,
        cells(read_status=lambda status: int(status == "read")),
    ),
    _drift(
        "read-status-capital", "read_status is Read or Unread", _STATUS, cells(read_status=str.capitalize)
    ),
)
