"""Which rows a query means, and which of them stand on a page: positions in, positions out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mockserver.filters import matches

if TYPE_CHECKING:
    from mockserver.dataset import Coded, Dataset, Numbers, Order
    from mockserver.model import Query

#: Up to this many selected rows, sorting them all costs less than deciding how not to.
_SORT_AT_ONCE = 4096

#: Above this share of the rows in the date range, looking value by value beats sorting them all.
_DENSE = 1 / 16


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The rows that a query means: those of `first`..`last` (exclusive) whose `mask` is set, `total` in all."""

    dataset: Dataset
    sort_key: str
    descending: bool
    first: int
    last: int
    mask: Numbers | None
    total: int

    def page(self, offset: int, limit: int) -> Numbers:
        """Positions of at most `limit` rows after the first `offset`, in the order asked for."""
        stop = min(offset + limit, self.total)
        if offset >= stop:
            return np.empty(0, np.intp)
        if self.descending:
            return self._ascending(self.total - stop, self.total - offset)[::-1]
        return self._ascending(offset, stop)

    def _ascending(self, start: int, stop: int) -> Numbers:
        order = self.dataset.orders.get(self.sort_key)
        if order is not None:
            if self.total <= _SORT_AT_ONCE or self.total * self.total < stop * len(self.dataset):
                return _sorted_by_rank(self._positions(), order)[start:stop]
            return self._walked(order, start, stop)
        if self.sort_key in ("created_at", "id"):
            return self._stored(self.mask, self.total, start, stop)
        column = self.dataset.text[self.sort_key]
        if self.total <= _SORT_AT_ONCE or self.total < (self.last - self.first) * _DENSE:
            positions = self._positions()
            return positions[column.codes[positions].argsort(kind="stable")[start:stop]]
        return self._by_value(column, start, stop)

    def _positions(self) -> Numbers:
        """All selected rows as they stand."""
        if self.mask is None:
            return np.arange(self.first, self.last)
        return self.mask.nonzero()[0] + self.first

    def _stored(self, mask: Numbers | None, total: int, start: int, stop: int) -> Numbers:
        """Rows number `start` to `stop` of the `total` that `mask` has set, as they stand."""
        if mask is None:
            return np.arange(self.first + start, self.first + stop)
        return _set_bits(mask, total, start, stop) + self.first

    def _by_value(self, column: Coded, start: int, stop: int) -> Numbers:
        """The rows of each value as they stand, value after value from the nearer end."""
        codes = column.codes[self.first : self.last]
        backwards = start + stop > self.total
        parts = []
        before = self.total if backwards else 0
        for code in sorted(range(len(column.values)), reverse=backwards):
            hits = codes == code
            if self.mask is not None:
                hits &= self.mask
            count = int(np.count_nonzero(hits))
            before -= count if backwards else 0
            low, high = max(start - before, 0), min(stop - before, count)
            if low < high:
                parts.append(self._stored(hits, count, low, high))
            before += 0 if backwards else count
            if (before <= start) if backwards else (before >= stop):
                break
        return np.concatenate(parts[::-1] if backwards else parts)

    def _walked(self, order: Order, start: int, stop: int) -> Numbers:
        """Rows number `start` to `stop`, walking the order of all rows from the nearer end."""
        if start + stop > self.total:
            mirrored = self._walk(order.positions[::-1], self.total - stop, self.total - start)
            return mirrored[::-1]
        return self._walk(order.positions, start, stop)

    def _walk(self, positions: Numbers, start: int, stop: int) -> Numbers:
        """Look at as many rows as should hold `stop` selected ones, at more until they do."""
        window = stop * len(positions) * 5 // (self.total * 4) + 64
        while True:
            found = positions[:window]
            found = found[(found >= self.first) & (found < self.last)]
            if self.mask is not None:
                found = found[self.mask[found - self.first]]
            if found.size >= stop or window >= len(positions):
                return found[start:stop]
            window *= 2


def _sorted_by_rank(positions: Numbers, order: Order) -> Numbers:
    ranks = order.ranks[positions]
    ranks.sort()
    return order.positions[ranks]


def _set_bits(mask: Numbers, total: int, start: int, stop: int) -> Numbers:
    """Where the set bits number `start` to `stop` are, looking from the nearer end."""
    if start + stop > total:
        return mask.size - 1 - _first_set_bits(mask[::-1], total, total - stop, total - start)[::-1]
    return _first_set_bits(mask, total, start, stop)


def _first_set_bits(mask: Numbers, total: int, start: int, stop: int) -> Numbers:
    window = stop * mask.size * 5 // (total * 4) + 64
    while True:
        found = mask[:window].nonzero()[0]
        if found.size >= stop or window >= mask.size:
            return found[start:stop]
        window *= 2


def search(dataset: Dataset, query: Query) -> Selection:
    """The rows in the date range, both ends inclusive, that have an accepted value in each filtered column."""
    # Bisecting a memoryview compares Python integers: no needle is too large, no column is copied.
    created = dataset.created.data
    first = bisect_left(created, query.start)
    last = bisect_right(created, query.end, first)
    wanted = list(query.filters.items())
    if query.read_status is not None:
        wanted.append(("read_status", (query.read_status,)))
    mask: Numbers | None = None
    for name, values in wanted:
        hits = matches(dataset, name, values, first, last)
        if hits is None:
            continue
        mask = hits if mask is None else np.logical_and(mask, hits, out=mask)
    total = last - first if mask is None else int(np.count_nonzero(mask))
    return Selection(dataset, query.sort_key, query.descending, first, last, mask, total)
