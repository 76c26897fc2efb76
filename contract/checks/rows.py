"""What is known of a row, and whether the rows of one answer are those that its request asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.checks.say import demand
from contract.model import SORT_KEYS
from contract.values import in_notation, moment, number_in_string, ordered, plain, shown, sort_codes, stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from contract.model import Answer, Judgement, Query

    Row = dict[str, Any]

_KNOWN = frozenset({*SORT_KEYS, "read_status"})
_STATUSES = ("read", "unread")


def columns(answer: Answer) -> Iterator[Judgement]:
    """Only the sort keys and read_status are known by name; everything else in a row is the server's own."""
    rows = answer.rows
    if not rows:
        return

    def every(clause: str, expected: str, fine: Callable[[Row], bool]) -> Judgement:
        odd = next((row for row in rows if not fine(row)), None)
        return demand(clause, answer, odd is None, expected, odd)

    yield every("rows.columns", f"rows with {', '.join(sorted(_KNOWN))}", lambda row: row.keys() >= _KNOWN)
    ids = [plain(row["id"]) for row in rows if row.get("id") is not None]
    yield demand(
        "rows.id", answer, len(set(ids)) == len(rows), "an id in every row, each once", shown(sorted(ids))
    )
    yield every(
        "rows.numbers",
        "id and time_spend as numbers, not digits in a string",
        lambda row: not any(number_in_string(row.get(column)) for column in ("id", "time_spend")),
    )
    yield every(
        "rows.created-at",
        "created_at as the page writes a moment, 2026-01-01 00:00:00",
        lambda row: in_notation(row.get("created_at", stamp_of_nothing())),
    )
    yield every(
        "rows.read-status",
        "read_status read or unread",
        lambda row: row.get("read_status", "read") in _STATUSES,
    )


def stamp_of_nothing() -> str:
    """Stands for a missing created_at, which rows.columns reports."""
    return "2026-01-01 00:00:00"


def selection(answer: Answer) -> Iterator[Judgement]:
    """Every row that came was asked for."""
    query, rows = answer.case.query, answer.rows
    if query is None or not rows:
        return
    outside = next((row for row in rows if not _inside(row, query)), None)
    expected = f"rows from {stamp(query.window.start)} to {stamp(query.window.end)}"
    yield demand("range.inside", answer, outside is None, expected, outside)
    if query.read_status is not None:
        other = next(
            (row for row in rows if row.get("read_status", query.read_status) != query.read_status), None
        )
        yield demand(
            "read-status.matches", answer, other is None, f"only rows that are {query.read_status}", other
        )
    if query.filters:
        other = next((row for row in rows if not _filtered(row, query)), None)
        yield demand(
            "filters.match", answer, other is None, f"only rows with {shown(dict(query.filters))}", other
        )


def _inside(row: Row, query: Query) -> bool:
    created = moment(row.get("created_at"))
    return created is None or created in query.window


def _filtered(row: Row, query: Query) -> bool:
    return all(plain(row.get(column, value)) == plain(value) for column, value in query.filters.items())


def order(answer: Answer) -> Iterator[Judgement]:
    """The rows of a page stand in the order asked for, in any alphabet's order."""
    query = answer.case.query
    values = [row.get(query.sort_key) for row in answer.rows] if query else []
    if query is None or len({plain(value) for value in values}) <= 1:
        return
    codes = sort_codes([values])
    fine = any(ordered(code, descending=query.descending) for [code] in codes)
    direction = "descending" if query.descending else "ascending"
    yield demand("sort.order", answer, fine, f"{query.sort_key} {direction}", shown(values))
