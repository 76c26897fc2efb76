"""Which rows a query means, and which of them stand on a page: positions in, positions out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mockserver import bitmap
from mockserver.filters import matches

if TYPE_CHECKING:
    from mockserver.dataset import Coded, Dataset, Numbers, Order
    from mockserver.model import Query

#: Up to this many selected rows, sorting them all costs less than finding out which to sort.
_FEW = 2048

#: A walk looks at this many rows more than should do, so that it seldom has to start again.
_SPARE = 64


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The `total` rows that a query means: those in the range `rows`, less those whose bit is clear.

    The bitmap begins with the word that holds the range's first row, its bits outside the range clear;
    without one, all rows in the range are meant.
    """

    dataset: Dataset
    sort_key: str
    descending: bool
    rows: slice
    bits: Numbers | None
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
        """Rows number `start` to `stop` in ascending order."""
        order = self.dataset.orders.get(self.sort_key)
        if order is not None:
            # Sorting looks at each selected row, walking at each row until enough are found.
            few = self.total <= _FEW or self.total * self.total < stop * len(self.dataset)
            return self._ranked(order)[start:stop] if few else self._walked(order, start, stop)
        column = self.dataset.text.get(self.sort_key)
        if column is None:
            return self._stored(self.bits, start, stop)
        if self.total <= _FEW:
            positions = self._stored(self.bits, 0, self.total)
            return positions[column.codes[positions].argsort(kind="stable")[start:stop]]
        return self._by_value(column, start, stop)

    def _stored(self, bits: Numbers | None, start: int, stop: int) -> Numbers:
        """Rows number `start` to `stop` as they stand, that is by `created_at`."""
        if bits is None:
            return np.arange(self.rows.start + start, self.rows.start + stop)
        return bitmap.members_between(bits, start, stop) + self._first_bit()

    def _first_bit(self) -> int:
        return int(self.rows.start) // bitmap.ROWS_A_WORD * bitmap.ROWS_A_WORD

    def _by_value(self, column: Coded, start: int, stop: int) -> Numbers:
        """Value after value from the nearer end, the rows of each as they stand."""
        backwards = start + stop > self.total
        codes = range(len(column.values))
        parts = []
        passed = 0
        for code in reversed(codes) if backwards else codes:
            bits = self._with_code(column, code)
            count = bitmap.count(bits)
            first = self.total - passed - count if backwards else passed
            low, high = max(start - first, 0), min(stop - first, count)
            if low < high:
                parts.append(self._stored(bits, low, high))
            passed += count
            if passed >= (self.total - start if backwards else stop):
                break
        return np.concatenate(parts[::-1] if backwards else parts)

    def _with_code(self, column: Coded, code: int) -> Numbers:
        assert column.bitmaps is not None
        bits: Numbers = column.bitmaps[code, bitmap.words(self.rows)]
        if self.bits is not None:
            return bits & self.bits
        bits = bits.copy()
        bitmap.trim(bits, self.rows)
        return bits

    def _ranked(self, order: Order) -> Numbers:
        """All selected rows in this order."""
        ranks = order.ranks[self._stored(self.bits, 0, self.total)]
        ranks.sort()
        return order.positions[ranks]

    def _walked(self, order: Order, start: int, stop: int) -> Numbers:
        """Rows number `start` to `stop` on a walk through the order of all rows from the nearer end."""
        if start + stop > self.total:
            return self._walk(order.positions[::-1], self.total - stop, self.total - start)[::-1]
        return self._walk(order.positions, start, stop)

    def _walk(self, positions: Numbers, start: int, stop: int) -> Numbers:
        """Look at as many rows as should hold `stop` selected ones, at twice as many until they do."""
        window = stop * len(positions) // self.total * 5 // 4 + _SPARE
        while True:
            found = positions[:window]
            found = found[(found >= self.rows.start) & (found < self.rows.stop)]
            if self.bits is not None:
                found = found[bitmap.has(self.bits, found - self._first_bit())]
            if found.size >= stop or window >= len(positions):
                return found[start:stop]
            window *= 2


def search(dataset: Dataset, query: Query) -> Selection:
    """The rows in the date range, both ends inclusive, with an accepted value in each filtered column."""
    # Bisecting a memoryview compares Python integers: no date is too large, and no column is copied.
    created = dataset.created.data
    first = bisect_left(created, query.start)
    rows = slice(first, bisect_right(created, query.end, first))
    bits: Numbers | None = None
    for name, values in _conditions(query):
        hits = matches(dataset, name, values, rows)
        if hits is not None:
            bits = hits.copy() if bits is None else np.bitwise_and(bits, hits, out=bits)
    if bits is None:
        total = rows.stop - rows.start
    else:
        bitmap.trim(bits, rows)
        total = bitmap.count(bits)
    return Selection(dataset, query.sort_key, query.descending, rows, bits, total)
