"""A paginator whose numbers do not add up, or are not there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mockserver.drift.answering import item, paged, without
from mockserver.drift.violation import Drift

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.drift.call import Call, Json, Step
    from mockserver.respond import Answer

    Page = dict[str, Json]

_drift = partial(Drift, area="pagination")
_TOTAL_CAP = 100
_TOTAL, _LAST, _COUNT = ("pagination.total",), ("pagination.last-page",), ("pagination.row-count",)
_SHAPE = ("envelope.page",)


def _shifted(key: str, by: int) -> Step:
    return item(key, lambda data: None if data[key] is None else data[key] + by)


def _lacking(*keys: str) -> Step:
    return paged(lambda data: without(data, *keys))


def _on_empty(edit: Callable[[Page], Json]) -> Step:
    return paged(lambda data: data if data["data"] else edit(data))


def _of_all(key: str) -> Step:
    """The key as it were without filters and read_status."""

    def unfiltered(call: Call) -> Answer:
        everything = call.aside(filters={"none": "none"}, read_status=None)
        return item(key, lambda data: everything[key] if everything else data[key])(call)

    return unfiltered


def _flapping(call: Call) -> Answer:
    """An estimate, another with every request."""
    return _shifted("total", call.memory.requests % 3)(call)


DRIFTS = (
    _drift(
        "last-page-text",
        "last_page is a text",
        _SHAPE,
        item("last_page", lambda data: str(data["last_page"])),
    ),
    _drift(
        "last-page-floor",
        "last_page is rounded down",
        _LAST,
        item("last_page", lambda data: max(1, data["total"] // data["per_page"])),
    ),
    _drift("last-page-one-more", "last_page is one too many", _LAST, _shifted("last_page", 1)),
    _drift(
        "last-page-zero-on-empty",
        "last_page is 0 when nothing matches",
        _SHAPE,
        _on_empty(lambda data: {**data, "last_page": 0 if data["total"] == 0 else data["last_page"]}),
    ),
    _drift("last-page-of-all", "last_page ignores filters and read_status", _LAST, _of_all("last_page")),
    _drift("total-text", "total is a text", _SHAPE, item("total", lambda data: str(data["total"]))),
    _drift("total-one-more", "total is one too many", (*_TOTAL, *_COUNT), _shifted("total", 1)),
    _drift(
        "total-of-page",
        "total counts the rows of the page",
        (*_TOTAL, *_LAST),
        item("total", lambda data: len(data["data"])),
    ),
    _drift(
        "total-capped",
        "total stops at 100",
        (*_TOTAL, *_LAST),
        item("total", lambda data: min(data["total"], _TOTAL_CAP)),
    ),
    _drift(
        "total-of-all",
        "total ignores filters and read_status",
        (*_TOTAL, "filters.complete", "read-status.complete"),
        _of_all("total"),
    ),
    _drift(
        "total-rounded",
        "total is rounded to tens",
        (*_TOTAL, *_COUNT),
        item("total", lambda data: round(data["total"], -1)),
    ),
    _drift("total-flaps", "total differs from request to request", (*_TOTAL, *_COUNT), _flapping),
    _drift("total-null", "total is null", _SHAPE, item("total", lambda _: None)),
    _drift("from-zero-based", "from counts from 0", ("pagination.from",), _shifted("from", -1)),
    _drift(
        "from-always-one",
        "from is 1 on every page",
        ("pagination.from",),
        item("from", lambda data: data["from"] and 1),
    ),
    _drift(
        "from-zero-on-empty",
        "from and to are 0 on an empty page",
        _SHAPE,
        _on_empty(lambda data: {**data, "from": 0, "to": 0}),
    ),
    _drift("from-null", "from is null", ("pagination.from",), item("from", lambda _: None)),
    _drift("to-exclusive", "to is one too many", ("pagination.to",), _shifted("to", 1)),
    _drift(
        "to-beyond-total",
        "to is larger than total on the last page",
        ("pagination.to",),
        item("to", lambda data: data["to"] and data["current_page"] * data["per_page"]),
    ),
    _drift(
        "to-null-on-last",
        "to is null on the last page",
        ("pagination.to",),
        item("to", lambda data: data["to"] if data["current_page"] < data["last_page"] else None),
    ),
    _drift(
        "to-of-page",
        "to is the number of rows on the page",
        ("pagination.to",),
        item("to", lambda data: data["to"] and len(data["data"])),
    ),
    _drift("from-missing", "from and to are missing", _SHAPE, _lacking("from", "to")),
    _drift("links-missing", "links is missing", _SHAPE, _lacking("links")),
    _drift(
        "links-list",
        "links is a list, as the framework sends it",
        ("envelope.links",),
        item(
            "links",
            lambda data: [{"url": data["first_page_url"], "label": "1", "active": data["current_page"] == 1}],
        ),
    ),
    _drift("links-null", "links is null", ("envelope.links",), item("links", lambda _: None)),
    _drift("path-missing", "path is missing", _SHAPE, _lacking("path")),
    _drift(
        "rows-null-on-empty",
        "data is null on an empty page",
        ("envelope.rows",),
        _on_empty(lambda data: {**data, "data": None}),
    ),
    _drift(
        "rows-object-on-empty",
        "data is {} on an empty page",
        ("envelope.rows",),
        _on_empty(lambda data: {**data, "data": {}}),
    ),
)
