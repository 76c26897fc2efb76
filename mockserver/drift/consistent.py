"""Wrong data that is everywhere the same: only rows known to be right can show it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from mockserver.drift.asking import over
from mockserver.drift.columns import rebuilt, with_texts
from mockserver.drift.violation import GOLDEN, Drift
from mockserver.timestamp import SECONDS_A_DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.dataset import Dataset, Numbers

_drift = partial(Drift, area="consistent-data", needs=GOLDEN)
_VALUES, _COMPLETE, _FOREIGN = ("golden.values",), ("golden.complete",), ("golden.no-foreign",)
_HOUR = 3600
_SHORT_SECONDS = 3
#: Ids that no row of ours has.
_FAR = 1_000_000_000


def _kept(keep: Callable[[Dataset], Numbers]) -> Callable[[Dataset], Dataset]:
    return lambda dataset: rebuilt(dataset, np.flatnonzero(keep(dataset)))


def _moved(seconds: int) -> Callable[[Dataset], Dataset]:
    return lambda dataset: rebuilt(dataset, created=dataset.created.astype(np.int64) + seconds)


def _spent(edit: Callable[[Numbers], Numbers]) -> Callable[[Dataset], Dataset]:
    """Other numbers of seconds; those that are null stay so."""

    def change(dataset: Dataset) -> Dataset:
        seconds = dataset.time_spend.astype(np.int64)
        return rebuilt(dataset, time_spend=np.where(seconds < 0, seconds, edit(seconds)))

    return change


def _texts(name: str, edit: Callable[[str], str]) -> Callable[[Dataset], Dataset]:
    return lambda dataset: with_texts(dataset, name, edit)


def _doubled(dataset: Dataset, each: int) -> Dataset:
    """Every so manyth row a second time, under an id of its own."""
    rows = np.arange(len(dataset))
    again = rows[::each]
    ids = np.concatenate((dataset.ids, dataset.ids[again].astype(np.int64) + _FAR))
    rows = np.concatenate((rows, again))
    by_time = np.lexsort((ids, dataset.created[rows]))
    return rebuilt(dataset, rows[by_time], ids=ids[by_time])


def _renumbered(dataset: Dataset) -> Dataset:
    return rebuilt(dataset, ids=dataset.ids.astype(np.int64) + 1)


def _swap(left: str, right: str) -> Callable[[str], str]:
    return lambda text: {left: right, right: left}.get(text, text)


DRIFTS = (
    _drift(
        "all-time-spend-in-ms",
        "time_spend is in milliseconds everywhere",
        _VALUES,
        over(_spent(lambda seconds: seconds * 1000)),
    ),
    _drift(
        "all-time-spend-capped",
        "time_spend stops at 100 everywhere",
        _VALUES,
        over(_spent(lambda seconds: np.minimum(seconds, 100))),
    ),
    _drift(
        "all-time-spend-rounded",
        "time_spend is in tens everywhere",
        _VALUES,
        over(_spent(lambda seconds: seconds // 10 * 10)),
    ),
    _drift("all-created-at-early", "created_at is an hour early everywhere", _VALUES, over(_moved(-_HOUR))),
    _drift(
        "all-created-at-late", "created_at is two hours late everywhere", _VALUES, over(_moved(2 * _HOUR))
    ),
    _drift("all-ids-shifted", "ids are one more everywhere", _VALUES, over(_renumbered)),
    _drift(
        "all-countries-mixed-up",
        "NL and DE are swapped everywhere",
        _VALUES,
        over(_texts("country", _swap("NL", "DE"))),
    ),
    _drift(
        "all-browsers-upper-case",
        "browsers are in capitals everywhere",
        _VALUES,
        over(_texts("browser", str.upper)),
    ),
    _drift(
        "all-tablets-mobile",
        "tablets are phones everywhere",
        _VALUES,
        over(_texts("device", lambda text: "mobile" if text == "tablet" else text)),
    ),
    _drift(
        "all-read-status-swapped",
        "read and unread are swapped everywhere",
        _VALUES,
        over(_texts("read_status", _swap("read", "unread"))),
    ),
    _drift(
        "rows-missing",
        "every tenth row is missing everywhere",
        _COMPLETE,
        over(_kept(lambda dataset: dataset.ids % 10 != 0)),
    ),
    _drift(
        "short-visits-missing",
        "visits below 3 s are missing everywhere",
        _COMPLETE,
        over(_kept(lambda dataset: dataset.time_spend >= _SHORT_SECONDS)),
    ),
    _drift(
        "nights-missing",
        "rows from midnight to six are missing everywhere",
        _COMPLETE,
        over(_kept(lambda dataset: dataset.created % SECONDS_A_DAY >= 6 * _HOUR)),
    ),
    _drift(
        "rows-foreign",
        "another tenant's rows are among them everywhere",
        _FOREIGN,
        over(partial(_doubled, each=10)),
    ),
    _drift(
        "rows-doubled",
        "every row is there twice everywhere, as a join makes it",
        _FOREIGN,
        over(partial(_doubled, each=1)),
    ),
)
