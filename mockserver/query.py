"""Which rows a query means, and which of them stand on a page: positions in, positions out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mockserver import bitmap
from mockserver.filters import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.dataset import Coded, Dataset, Numbers, Order
    from mockserver.model import Query

#: Up to this many selected rows, sorting them all costs less than finding out which to sort.
_FEW = 2048


class Selection(NamedTuple):
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
            return self._by_order(order, self.bits, self.total, start, stop)
        column = self.dataset.text.get(self.sort_key)
        if column is None:
            return self._stored(self.bits, self.total, start, stop)
        if self.total <= _FEW:
            positions = self._all(self.bits)
            return positions[self._sorting(column, positions)[start:stop]]
        return self._by_value(column, start, stop)

    def _all(self, bits: Numbers | None) -> Numbers:
        """The rows of these bits as they stand, that is by `created_at`."""
        if bits is None:
            return np.arange(self.rows.start, self.rows.stop)
        positions: Numbers = bitmap.members(bits) + self.words.start * bitmap.ROWS_A_WORD
        return positions

    def _stored(self, bits: Numbers | None, total: int, start: int, stop: int) -> Numbers:
        """Of the `total` rows of these bits number `start` to `stop` as they stand."""
        if bits is None:
            return np.arange(self.rows.start + start, self.rows.start + stop)
        found = bitmap.members_between(bits, total, start, stop)
        positions: Numbers = found + self.words.start * bitmap.ROWS_A_WORD
        return positions

    def _sorting(self, column: Coded, positions: Numbers) -> Numbers:
        """The indices that sort these rows by the column."""
        codes = column.codes[positions]
        if self.dataset.by_id is None:
            return codes.argsort(kind="stable")
        return np.lexsort((self.dataset.by_id.ranks[positions], codes))

    def _by_value(self, column: Coded, start: int, stop: int) -> Numbers:
        """Value after value from the nearer end, the rows of each by id."""
        backwards = start + stop > self.total
        by_id = self.dataset.by_id
        parts = []
        for bits, first, count in self._holding(column.bitmaps, self.bits, self.total, start, stop):
            low, high = max(start - first, 0), min(stop - first, count)
            if by_id is None:
                parts.append(self._stored(bits, count, low, high))
            else:
                parts.append(self._by_order(by_id, bits, count, low, high))
        return np.concatenate(parts[::-1] if backwards else parts)

    def _by_order(self, order: Order, bits: Numbers | None, total: int, start: int, stop: int) -> Numbers:
        """Of the `total` rows of these bits number `start` to `stop` in this order."""
        first = 0
        if total > _FEW:
            bands = list(self._holding(order.bands, bits, total, start, stop))
            first = min(first for _, first, _ in bands)
            bits = np.bitwise_or.reduce([bits for bits, _, _ in bands])
        ranks = order.ranks[self._all(bits)]
        ranks.sort()
        return order.positions[ranks[start - first : stop - first]]

    def _holding(
        self, sets: Numbers, bits: Numbers | None, total: int, start: int, stop: int
    ) -> Iterator[tuple[Numbers, int, int]]:
        """Of disjoint, ascending sets those that hold, of the rows of these bits, number `start` to `stop`.

        From the nearer end; of each its rows, the number of its first one, and their count.
        """
        backwards = start + stop > total
        first = total if backwards else 0
        for of_all in reversed(sets) if backwards else sets:
            found = self._within(of_all, bits)
            count = bitmap.count(found)
            first -= count if backwards else 0
            if count and first < stop and first + count > start:
                yield found, first, count
            first += 0 if backwards else count
            if first <= start if backwards else first >= stop:
                return

    def _within(self, of_all: Numbers, bits: Numbers | None) -> Numbers:
        """Which of these bits are in a set of all rows."""
        found: Numbers = of_all[self.words]
        return bitmap.trimmed(found.copy(), self.rows) if bits is None else found & bits


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
