"""A paginator that miscounts, misplaces or skips."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mockserver import respond
from mockserver.drift.answering import OK, answers, item, paged, rows
from mockserver.drift.asking import drops, page_of, when
from mockserver.drift.violation import Drift
from mockserver.rules.page import page_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.drift.answering import Row
    from mockserver.drift.call import Call, Json, Step
    from mockserver.respond import Answer

    Page = dict[str, Json]

_drift = partial(Drift, area="pagination")
_NOT_FOUND, _CAP, _TOTAL_CAP, _DEFAULT = 404, 50, 100, 15


def _resized(call: Call, edit: Callable[[int], int]) -> Call:
    """The same call for pages of another size."""
    size = page_size(call.fields.get("per_page")) or call.sandbox.profile.pagination.default_per_page
    return call.asking({**call.fields, "per_page": edit(size)})


def _capped(call: Call) -> Call:
    return _resized(call, lambda size: min(size, _CAP))


def _echoing_size(call: Call) -> Answer:
    """The size that was asked for is echoed, a smaller one used."""
    size = page_size(call.fields.get("per_page")) or call.sandbox.profile.pagination.default_per_page
    return item("per_page", lambda _: size)(_capped(call))


def _turned(edit: Callable[[int], int]) -> Step:
    """Show another page than the one asked for."""
    return lambda call: call.asking({**call.fields, "page": edit(page_of(call.fields))}).answer()


def _clamped(call: Call) -> Answer:
    """One past the last page is the last page."""
    data = call.aside()
    is_past = data is not None and data["current_page"] > data["last_page"]
    return (
        call.asking({**call.fields, "page": data["last_page"]}).answer()
        if data and is_past
        else call.answer()
    )


def _missing(answer: Answer) -> Answer:
    """No such page: the framework's 404, the vendor's envelope."""
    data = json.loads(answer.body)["data"]
    if data["current_page"] <= data["last_page"]:
        return answer
    return replace(answer, status=_NOT_FOUND, body=respond.error(_NOT_FOUND, "Not Found", "documented").body)


def _borrowed(edit: Callable[[list[Row], list[Row]], list[Row]], distance: int) -> Step:
    """Edit a page's rows, knowing those of the page at this distance; page 1 and the last one stay."""

    def borrowing(call: Call) -> Answer:
        there = page_of(call.fields) + distance
        other = call.aside(page=there) if there >= 1 else None
        if not other or not other["data"]:
            return call.answer()
        return rows(lambda page: edit(page, other["data"]) if page else page)(call)

    return borrowing


def _first_rows(call: Call) -> Answer:
    """The rows of page 1 in the envelope of the page asked for."""
    first = call.aside(page=1)
    return rows(lambda page: first["data"] if first else page)(call)


_SIZE, _COUNT, _LAST = ("pagination.per-page",), ("pagination.row-count",), ("pagination.last-page",)
_TOTAL, _OVERLAP, _SHAPE = ("pagination.total",), ("pagination.no-overlap",), ("envelope.page",)

DRIFTS = (
    _drift("page-ignored", "every page shows the rows of page 1", _OVERLAP, _first_rows),
    _drift(
        "page-always-first",
        "page 1 comes, and says so, whatever is asked",
        ("pagination.current-page",),
        drops("page"),
    ),
    _drift(
        "page-from-zero", "pages count from 0", ("pagination.current-page",), _turned(lambda page: page + 1)
    ),
    _drift(
        "page-always-first-number",
        "current_page is always 1",
        ("pagination.current-page",),
        item("current_page", lambda _: 1),
    ),
    _drift("page-clamped", "one past the last page is the last page", ("pagination.current-page",), _clamped),
    _drift(
        "page-past-last-404", "one past the last page is a 404", ("transport.status",), answers(_missing, OK)
    ),
    _drift(
        "page-overlaps",
        "a page begins with the last row of the one before",
        _OVERLAP,
        _borrowed(lambda page, before: [before[-1], *page[:-1]], -1),
    ),
    _drift(
        "page-skips",
        "a page lacks its first row and has the next page's",
        ("sort.whole-set",),
        _borrowed(lambda page, after: [*page[1:], after[0]], 1),
    ),
    _drift(
        "page-repeats-row",
        "a row stands twice on a page",
        ("rows.id",),
        rows(lambda page: [*page[:-1], page[0]] if len(page) > 1 else page),
    ),
    _drift(
        "page-one-row-more",
        "a page has a row more than per_page",
        _COUNT,
        _borrowed(lambda page, after: [*page, after[0]], 1),
    ),
    _drift("page-last-row-missing", "a page lacks its last row", _COUNT, rows(lambda page: page[:-1])),
    _drift(
        "page-last-empty",
        "the last page of several is empty",
        _COUNT,
        paged(lambda data: {**data, "data": []} if 1 < data["current_page"] == data["last_page"] else data),
    ),
    _drift("per-page-ignored", "per_page is always 15", _SIZE, drops("per_page")),
    _drift("per-page-capped", "per_page is cut to 50", _SIZE, lambda call: _capped(call).answer()),
    _drift(
        "per-page-capped-silently",
        "per_page is cut to 50, and said to be what was asked",
        (*_LAST, *_COUNT),
        _echoing_size,
    ),
    _drift(
        "per-page-one-less",
        "per_page is one less",
        _SIZE,
        lambda call: _resized(call, lambda size: max(1, size - 1)).answer(),
    ),
    _drift(
        "per-page-default",
        "without per_page a page has 25 rows",
        ("pagination.default-size",),
        when(
            lambda fields: not page_size(fields.get("per_page")),
            lambda call: _resized(call, lambda _: 25).answer(),
        ),
    ),
    _drift(
        "per-page-always-default", "per_page is echoed as 15", _SIZE, item("per_page", lambda _: _DEFAULT)
    ),
    _drift(
        "per-page-text",
        "per_page comes back as a text",
        _SHAPE,
        item("per_page", lambda data: str(data["per_page"])),
    ),
    _drift(
        "current-page-text",
        "current_page is a text",
        _SHAPE,
        item("current_page", lambda data: str(data["current_page"])),
    ),
)
