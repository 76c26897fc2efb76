"""Why a 200 has no rows: which condition left none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver import inquiry, timestamp
from mockserver.explain.remark import Remark, near, shown
from mockserver.explain.validation import moment
from mockserver.query import search

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockserver.dataset import Dataset
    from mockserver.explain.reading import Input
    from mockserver.inquiry import Inquiry
    from mockserver.model import Query


def reasons(given: Input) -> Iterator[Remark]:
    """Nothing where rows were found."""
    entry = given.entry
    asked = inquiry.read(given.fields, moment(entry.at), entry.profile)
    found = search(entry.dataset, asked.query).total
    if asked.page.offset < found:
        return
    if found:
        yield _beyond(asked, found)
    elif not len(entry.dataset):
        yield Remark("this sandbox has no rows at all", "range.inside")
    else:
        yield from _range(entry.dataset, asked.query) or _conditions(entry.dataset, asked.query)


def _beyond(asked: Inquiry, found: int) -> Remark:
    last = -(-found // asked.page.size)
    text = (
        f"page {asked.page.number} is behind the last one: {found} rows are {last} pages of {asked.page.size}"
    )
    return Remark(text, "pagination.row-count", "page", str(last))


def _range(dataset: Dataset, query: Query) -> list[Remark]:
    first, last = (timestamp.plain(int(dataset.created[end])) for end in (0, -1))
    if query.start > query.end:
        return [
            Remark(
                "start_date is after end_date, so that nothing lies between them",
                "range.reversed",
                "start_date",
            )
        ]
    if search(dataset, query._replace(filters={}, read_status=None)).total:
        return []
    if query.start > int(dataset.created[-1]):
        return [
            Remark(f"start_date is after the newest row, which is of {last}", "range.inside", "start_date")
        ]
    if query.end < int(dataset.created[0]):
        return [Remark(f"end_date is before the oldest row, which is of {first}", "range.inside", "end_date")]
    asked = f"no row is from {_when(query.start)} to {_when(query.end)}"
    return [Remark(f"{asked}, as the dates are read; rows are from {first} to {last}", "range.inside")]


def _when(seconds: int) -> str:
    try:
        return timestamp.plain(seconds)
    except OverflowError:
        return "a year that no row can have"


def _conditions(dataset: Dataset, query: Query) -> Iterator[Remark]:
    bare = query._replace(filters={}, read_status=None)
    in_range = search(dataset, bare).total
    alone = [(f"filters.{column}", column, values) for column, values in query.filters.items()]
    if query.read_status is not None:
        alone.append(("read_status", "read_status", (query.read_status,)))
    blamed = False
    for field, column, values in alone:
        if search(dataset, bare._replace(filters={column: values})).total:
            continue
        blamed = True
        wanted = " or ".join(shown(value) for value in values)
        ledger = "read-status.matches" if field == "read_status" else "filters.match"
        text = f"none of the {in_range} rows in the date range has {column} {wanted}"
        yield Remark(text, ledger, field, _meant(dataset, column, values))
    if not blamed:
        names = " and ".join(field for field, _, _ in alone)
        yield Remark(
            f"no row in the date range meets {names} at once; each alone leaves some", "filters.match"
        )


def _meant(dataset: Dataset, column: str, values: Sequence[object]) -> str | None:
    coded = dataset.text.get(column)
    if coded is None:
        return None
    known = [value for value in coded.values if value is not None]
    return next((found for value in values if (found := near(str(value), known))), None)
