"""Which rows a query means, and which of them stand on a page: positions in, positions out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mockserver import bitmap
from mockserver.filters import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.dataset import Coded, Dataset, Numbers, Order
    from mockserver.model import Query

#: Up to this many selected rows, sorting them all costs less than finding out which to sort.
_FEW = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The `total` rows that a query means: of the range `rows` those whose bit in `bits` is set, or all.

    `words` says which words of a bitmap of all rows hold the range. `bits` has only these words, clear
    outside the range.
    """

    dataset: Dataset
    sort_key: str
    descending: bool
    rows: slice
    words: slice
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
            few = self.total <= _FEW
            return (
                _sorted(self._all(self.bits), order)[start:stop] if few else self._by_band(order, start, stop)
            )
        column = self.dataset.text.get(self.sort_key)
        if column is None:
            return self._stored(self.bits, start, stop)
        if self.total <= _FEW:
            positions = self._all(self.bits)
            return positions[column.codes[positions].argsort(kind="stable")[start:stop]]
        return self._by_value(column, start, stop)

    def _all(self, bits: Numbers | None) -> Numbers:
        """The rows of these bits as they stand, that is by `created_at`."""
        if bits is None:
            return np.arange(self.rows.start, self.rows.stop)
        positions: Numbers = bitmap.members(bits) + self.words.start * bitmap.ROWS_A_WORD
        return positions

    def _stored(self, bits: Numbers | None, start: int, stop: int) -> Numbers:
        """Rows number `start` to `stop` of these bits as they stand."""
        if bits is None:
            return np.arange(self.rows.start + start, self.rows.start + stop)
        positions: Numbers = bitmap.members_between(bits, start, stop) + self.words.start * bitmap.ROWS_A_WORD
        return positions

    def _by_value(self, column: Coded, start: int, stop: int) -> Numbers:
        """Value after value from the nearer end, the rows of each as they stand."""
        backwards = start + stop > self.total
        parts = []
        for bits, first, count in self._sets(column.bitmaps, start, stop, backwards=backwards):
            low, high = max(start - first, 0), min(stop - first, count)
            parts.append(self._stored(bits, low, high))
        return np.concatenate(parts[::-1] if backwards else parts)

    def _by_band(self, order: Order, start: int, stop: int) -> Numbers:
        """The bands that hold these rows, found from the nearer end and sorted together."""
        sets = list(self._sets(order.bands, start, stop, backwards=start + stop > self.total))
        first = min(first for _, first, _ in sets)
        bits = np.bitwise_or.reduce([bits for bits, _, _ in sets])
        return _sorted(self._all(bits), order)[start - first : stop - first]

    def _sets(
        self, sets: Numbers, start: int, stop: int, *, backwards: bool
    ) -> Iterator[tuple[Numbers, int, int]]:
        """Of disjoint, ascending sets those that hold rows number `start` to `stop`.

        Of each the selected rows, the number of the first of them, and their count.
        """
        first = self.total if backwards else 0
        for of_all in reversed(sets) if backwards else sets:
            bits = self._selected(of_all)
            count = bitmap.count(bits)
            first -= count if backwards else 0
            if first < stop and first + count > start:
                yield bits, first, count
            first += 0 if backwards else count
            if first <= start if backwards else first >= stop:
                return

    def _selected(self, of_all: Numbers) -> Numbers:
        """The selected ones of a set of all rows."""
        bits: Numbers = of_all[self.words]
        if self.bits is not None:
            return bits & self.bits
        return bitmap.trimmed(bits.copy(), self.rows)


def _sorted(positions: Numbers, order: Order) -> Numbers:
    ranks = order.ranks[positions]
    ranks.sort()
    return order.positions[ranks]


def search(dataset: Dataset, query: Query) -> Selection:
    """The rows in the date range, both ends inclusive, with an accepted value in each filtered column."""
    # Bisecting a memoryview compares Python integers: no date is too large, and no column is copied.
    created = dataset.created.data
    first = bisect_left(created, query.start)
    last = bisect_right(created, query.end, first)
    words = slice(first // bitmap.ROWS_A_WORD, -(-last // bitmap.ROWS_A_WORD))
    conditions = [*query.filters.items()]
    if query.read_status is not None:
        conditions.append(("read_status", (query.read_status,)))
    bits: Numbers | None = None
    for name, values in conditions:
        hits = matches(dataset, name, values, words)
        if hits is not None:
            bits = hits.copy() if bits is None else np.bitwise_and(bits, hits, out=bits)
    rows = slice(first, last)
    total = last - first if bits is None else bitmap.count(bitmap.trimmed(bits, rows))
    return Selection(dataset, query.sort_key, query.descending, rows, words, bits, total)
