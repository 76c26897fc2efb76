"""What the kit knows of the rows, and what a query must therefore give.

The oracle is built from answers alone. It knows every row of one range of dates, its `focus`, because it saw
an unbroken run of rows there. Rows that came, went or changed while the run went on are `volatile`: nothing is
demanded of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from contract.model import Query, Window
from contract.values import moment, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from contract.model import Answer

Row = dict[str, Any]
#: Rows that one page of the kit's largest size can show.
PAGE_ROWS = 100
#: Columns that may change while a visit goes on or is read; all others are what they are.
_MOVING = frozenset({"read_status", "time_spend"})


def matches(row: Mapping[str, Any], query: Query) -> bool:
    """Whether a correct server shows this row for this query."""
    created = moment(row.get("created_at"))
    if created is None or created not in query.window:
        return False
    if query.read_status is not None and row.get("read_status") != query.read_status:
        return False
    return all(plain(row.get(column)) == plain(value) for column, value in query.filters.items())


@dataclass(frozen=True, slots=True)
class Oracle:
    """Every row of `focus`, by id as JSON text, in the order in which it was created."""

    focus: Window
    rows: Mapping[str, Row]
    #: The request after which it was complete; earlier answers are what it was made of.
    since: int = 0
    volatile: frozenset[str] = field(default_factory=frozenset)

    def knows(self, query: Query) -> bool:
        """Whether the whole answer to the query is known."""
        window = query.window
        return not query.flags and self.focus.start <= window.start and window.end <= self.focus.end

    def expected(self, query: Query) -> list[Row]:
        """The rows that must be there: all that match, without the volatile ones."""
        return [row for key, row in self.rows.items() if key not in self.volatile and matches(row, query)]

    def count(self, query: Query) -> range:
        """The totals that a correct server may give: with none of the volatile rows up to all of them."""
        least = len(self.expected(query))
        return range(least, least + len(self.volatile) + 1)

    def after(self, rows: Iterable[Row]) -> Oracle:
        """The same oracle once the focus was read again at the end of the run."""
        again = by_id(rows)
        came = again.keys() - self.rows.keys()
        moved = {key for key in again.keys() & self.rows.keys() if _moved(self.rows[key], again[key])}
        return replace(self, volatile=frozenset(came | moved))


def by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {plain(row["id"]): row for row in rows if row.get("id") is not None}


def same_row(left: Row, right: Row) -> bool:
    """Whether two sightings show one row, as far as a row may not change; flags add columns."""
    return all(left[column] == right[column] for column in (left.keys() & right.keys()) - _MOVING)


def _moved(before: Row, after: Row) -> bool:
    spent, later = before.get("time_spend"), after.get("time_spend")
    grew = spent == later or (isinstance(spent, int) and isinstance(later, int) and spent < later)
    return before != after and grew and same_row(before, after)


def build(window: Window, oldest: Sequence[Answer], newest: Answer) -> Oracle | None:
    """The oracle of the window's first rows or of its last ones, whichever shows more of read_status.

    `oldest` are the first pages by `created_at` ascending, `newest` the first page descending. None when their
    rows cannot be placed in time.
    """
    ends = [_run(window, [row for answer in oldest for row in answer.rows], _is_last(oldest[-1]))]
    ends.append(_run(window, newest.rows[::-1], _is_last(newest), from_start=False))
    best = max((end for end in ends if end is not None), key=_variety, default=None)
    return best and replace(best, since=newest.number)


def _is_last(answer: Answer) -> bool:
    last = answer.whole("last_page")
    return last is not None and answer.case.query is not None and answer.case.query.page >= last


def _run(window: Window, rows: list[Row], whole: bool, *, from_start: bool = True) -> Oracle | None:  # noqa: FBT001
    """The unbroken run of rows, cut to what one page can show, and never between rows of one second."""
    times = [moment(row.get("created_at")) for row in rows]
    if None in times or times != sorted(times):  # type: ignore[type-var]
        return None
    placed: list[tuple[datetime, Row]] = list(zip(times, rows, strict=True))  # type: ignore[arg-type]
    if whole and len(rows) <= PAGE_ROWS:
        return Oracle(window, by_id(rows))
    return _cut(window, placed if from_start else placed[::-1], from_start=from_start) if placed else None


def _cut(window: Window, placed: list[tuple[datetime, Row]], *, from_start: bool) -> Oracle | None:
    """Without the second at which the run ends, and without the newest one, in which rows may still arrive."""
    edge, newest = placed[min(PAGE_ROWS, len(placed) - 1)][0], placed[0][0]
    kept = [(time, row) for time, row in placed if (time < edge if from_start else edge < time < newest)]
    if not kept:
        return None
    first, last = sorted((kept[0][0], kept[-1][0]))
    rows = by_id(row for _, row in sorted(kept, key=lambda pair: pair[0]))
    return Oracle(Window(window.start if from_start else first, last), rows)


def _variety(oracle: Oracle) -> tuple[int, int]:
    return len({plain(row.get("read_status")) for row in oracle.rows.values()}), len(oracle.rows)
