"""Rows in another order than the one asked for."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from mockserver.drift.answering import rows
from mockserver.drift.asking import both, filters_of, maps, over, page_of, when
from mockserver.drift.columns import sorted_by, with_ties
from mockserver.drift.violation import Drift
from mockserver.model import SORT_KEYS
from mockserver.timestamp import SECONDS_A_DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.dataset import Dataset, Numbers
    from mockserver.drift.answering import Row
    from mockserver.drift.call import Call, Fields, Step
    from mockserver.respond import Answer

_HALF_DAY = SECONDS_A_DAY // 2

_drift = partial(Drift, area="sort")
_SORT = ("sort.order", "sort.whole-set")
_WHOLE = ("sort.whole-set",)
_FLIPPED = {"asc": "desc", "desc": "asc"}
_ALL_BY_TIME = dict.fromkeys(SORT_KEYS, "created_at")


def _texts(numbers: Numbers) -> Numbers:
    return numbers.astype(np.str_)


def _lengths(name: str) -> Callable[[Dataset], Numbers]:
    def rank(dataset: Dataset) -> Numbers:
        column = dataset.text[name]
        return np.array([len(value or "") for value in column.values])[column.codes]

    return rank


def _foreign_keys(name: str) -> Callable[[Dataset], Numbers]:
    """As a look-up table numbers its values: in the order in which they were first seen."""

    def rank(dataset: Dataset) -> Numbers:
        codes = dataset.text[name].codes
        seen, first = np.unique(codes, return_index=True)
        number_of = dict(zip(seen.tolist(), first.tolist(), strict=True))
        return np.array([number_of[code] for code in codes.tolist()])

    return rank


def _twelve_hours(dataset: Dataset) -> Numbers:
    """As the text 2026-01-31 09:42 sorts, where 21:42 is meant."""
    days, seconds = np.divmod(dataset.created, SECONDS_A_DAY)
    shown: Numbers = days * SECONDS_A_DAY + seconds % _HALF_DAY
    return shown


def _by(sort_key: str, rank: Callable[[Dataset], Numbers]) -> Step:
    return over(sorted_by(sort_key, rank))


def _shuffled_ties(call: Call, seed: int) -> Answer:
    """Rows that tie stand as the dice fall."""

    def change(dataset: Dataset) -> Dataset:
        rank = list(range(len(dataset)))
        Random(seed).shuffle(rank)  # noqa: S311 - no secret, and the same in every run
        return with_ties(dataset, np.array(rank))

    return call.over(change).answer()


def _sorts_page(call: Call) -> Answer:
    """The database pages by id, the collection is sorted after."""
    asked = call.fields
    key, last_first = asked.get("sortKey"), asked.get("sortOrder") == "desc"
    if key not in SORT_KEYS:
        return call.answer()

    def edit(page: list[Row]) -> list[Row]:
        return sorted(page, key=lambda row: (row[key] is not None, row[key]), reverse=last_first)

    return rows(edit)(call.asking({**asked, "sortKey": "id", "sortOrder": "asc"}))


def _turns_page(call: Call) -> Answer:
    """The ascending page, turned round."""
    if call.fields.get("sortOrder") != "desc":
        return call.answer()
    return rows(reversed)(call.asking({**call.fields, "sortOrder": "asc"}))


def _flips(*sort_keys: str) -> Step:
    """Swap the directions of these keys."""
    return when(lambda fields: fields.get("sortKey") in sort_keys, maps("sortOrder", _FLIPPED))


def _confuses(sort_key: str, other: str) -> Step:
    return maps("sortKey", {sort_key: other})


def _unsorted(condition: Callable[[Fields], object]) -> Step:
    """Newest first, whatever was asked, for such requests."""
    newest = maps("sortOrder", {"asc": "desc"})
    by_time = maps("sortKey", _ALL_BY_TIME)
    return when(condition, both(by_time, newest))


DRIFTS = (
    _drift("sort-only-ascending", "desc is answered like asc", _SORT, maps("sortOrder", {"desc": "asc"})),
    _drift("sort-only-descending", "asc is answered like desc", _SORT, maps("sortOrder", {"asc": "desc"})),
    _drift("sort-directions-swapped", "asc and desc are swapped", _SORT, maps("sortOrder", _FLIPPED)),
    _drift("sort-time-spend-swapped", "asc and desc are swapped for time_spend", _SORT, _flips("time_spend")),
    _drift(
        "sort-texts-swapped",
        "asc and desc are swapped for texts",
        _SORT,
        _flips("browser", "device", "country", "platform_os"),
    ),
    _drift("sort-id-swapped", "asc and desc are swapped for id", _SORT, _flips("id")),
    _drift("sort-key-ignored", "every key sorts by created_at", _SORT, maps("sortKey", _ALL_BY_TIME)),
    _drift("sort-country-ignored", "country sorts by created_at", _SORT, _confuses("country", "created_at")),
    _drift("sort-platform-ignored", "platform_os sorts by id", _SORT, _confuses("platform_os", "id")),
    _drift("sort-device-as-browser", "device sorts by browser", _SORT, _confuses("device", "browser")),
    _drift(
        "sort-browser-as-platform", "browser sorts by platform_os", _SORT, _confuses("browser", "platform_os")
    ),
    _drift(
        "sort-time-spend-as-created-at",
        "time_spend sorts by created_at",
        _SORT,
        _confuses("time_spend", "created_at"),
    ),
    _drift(
        "sort-time-spend-as-text",
        "time_spend sorts as text, 100 before 99",
        _SORT,
        _by("time_spend", lambda dataset: _texts(dataset.time_spend)),
    ),
    _drift(
        "sort-id-as-text",
        "id sorts as text, 100 before 99",
        _SORT,
        _by("id", lambda dataset: _texts(dataset.ids)),
    ),
    _drift(
        "sort-time-spend-by-minute",
        "time_spend sorts by whole minutes",
        _SORT,
        _by("time_spend", lambda dataset: dataset.time_spend // 60),
    ),
    _drift(
        "sort-browser-by-foreign-key",
        "browser sorts by the number of its look-up row",
        _SORT,
        _by("browser", _foreign_keys("browser")),
    ),
    _drift(
        "sort-country-by-foreign-key",
        "country sorts by the number of its look-up row",
        _SORT,
        _by("country", _foreign_keys("country")),
    ),
    _drift(
        "sort-platform-by-length",
        "platform_os sorts by its length",
        _SORT,
        _by("platform_os", _lengths("platform_os")),
    ),
    _drift(
        "sort-created-at-by-day",
        "created_at sorts by day, within a day the latest first",
        _SORT,
        _by(
            "created_at",
            lambda dataset: (
                2 * SECONDS_A_DAY * (dataset.created // SECONDS_A_DAY) - dataset.created % SECONDS_A_DAY
            ),
        ),
    ),
    _drift(
        "sort-created-at-by-twelve-hours",
        "created_at sorts as a text with hours from 1 to 12",
        _SORT,
        _by("created_at", _twelve_hours),
    ),
    _drift("sort-within-page", "only the rows of a page are sorted, not the whole", _WHOLE, _sorts_page),
    _drift("sort-turns-page", "desc is the ascending page turned round", _WHOLE, _turns_page),
    _drift(
        "sort-from-page-two-ignored",
        "from page 2 on the newest come first",
        _SORT,
        _unsorted(lambda fields: page_of(fields) > 1),
    ),
    _drift("sort-with-filters-ignored", "with filters the newest come first", _SORT, _unsorted(filters_of)),
    _drift(
        "sort-with-read-status-ignored",
        "with read_status the newest come first",
        _SORT,
        _unsorted(lambda fields: fields.get("read_status")),
    ),
    _drift(
        "sort-ties-at-random",
        "rows that tie change places with every request",
        ("sort.repeatable", "pagination.no-overlap"),
        lambda call: _shuffled_ties(call, call.memory.requests),
    ),
    _drift(
        "sort-ties-by-page",
        "rows that tie stand otherwise on every page",
        ("pagination.no-overlap",),
        lambda call: _shuffled_ties(call, page_of(call.fields)),
    ),
)
