"""Answers compared with what the oracle knows, and with each other."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from contract.checks.say import demand
from contract.model import Window
from contract.oracle import by_id, same_row
from contract.values import ordered, plain, shown, sort_codes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from contract.checks.evidence import Evidence
    from contract.model import Answer, Judgement, Query
    from contract.oracle import Oracle, Row


def sets(evidence: Evidence) -> Iterator[Judgement]:
    """As many rows as match, none that should not be there, and none missing where all fit on the page."""
    for answer, query, oracle in evidence.known():
        total, count = answer.whole("total"), oracle.count(query)
        if total is None:
            continue
        span = str(count.start) if len(count) == 1 else f"{count.start} to {count.stop - 1}"
        expected = f"total {span} for: {answer.case.name}"
        yield demand(answer.case.proves, answer, total in count, expected, f"total {total}")
        got = by_id(answer.rows)
        strange = [row for key, row in got.items() if key not in oracle.rows and key not in oracle.volatile]
        yield demand("rows.known", answer, not strange, "rows that the same range showed before", strange[:1])
        if query.page == 1 and answer.whole("last_page") == 1:
            missing = [row for row in oracle.expected(query) if plain(row["id"]) not in got]
            expected = f"this row too for: {answer.case.name}: {shown(missing[:1])}"
            yield demand(answer.case.proves, answer, not missing, expected, f"{len(got)} rows without it")


def totals(evidence: Evidence) -> Iterator[Judgement]:
    """The same selection never has fewer rows than a moment before, whatever the page and the order."""
    seen: dict[str, int] = {}
    for answer, query in evidence.queried():
        total = answer.whole("total")
        if total is None:
            continue
        key = f"{query.window} {query.read_status} {query.filters} {query.flags}"
        before = seen.setdefault(key, total)
        yield demand(
            "pagination.total", answer, total >= before, f"total {before}, as before", f"total {total}"
        )
        seen[key] = total


def halves(evidence: Evidence) -> Iterator[Judgement]:
    """Two halves of a range hold as many rows as the whole did before and does after."""
    known = [
        (a, q.window, t) for a, q in evidence.queried() if _all(q) and (t := a.whole("total")) is not None
    ]
    for (first, left, few), (second, right, many) in pairwise(known):
        if right.start - left.end != timedelta(seconds=1):
            continue
        whole = Window(left.start, right.end)
        before = [
            total for answer, window, total in known if window == whole and answer.number < first.number
        ]
        after = [
            total for answer, window, total in known if window == whole and answer.number > second.number
        ]
        if before and after:
            expected = f"{before[-1]} rows in both halves of the window together, as in the whole"
            fine = before[-1] <= few + many <= after[0]
            yield demand("range.complete", second, fine, expected, f"{few} and {many}")


def _all(query: Query) -> bool:
    return not (query.read_status or query.filters or query.flags)


def ranks(evidence: Evidence) -> Iterator[Judgement]:
    """A page holds the rows that stand there when the whole set is sorted; ties may change places."""
    for answer, query, oracle in evidence.known():
        size = answer.whole("per_page")
        if oracle.volatile or not size or len(oracle.rows) < 2:  # noqa: PLR2004 - one row is always sorted
            continue
        start = (query.page - 1) * size
        whole = [row.get(query.sort_key) for row in oracle.expected(query)]
        page = [row.get(query.sort_key) for row in answer.rows]
        fine = any(
            _same_place(code, codes, start, size, descending=query.descending)
            for codes, code in sort_codes([whole, page])
        )
        what = f"rows {start + 1} to {start + len(page)} of all, by {query.sort_key}"
        yield demand("sort.whole-set", answer, fine, what, shown(page))


def _same_place(
    page: Sequence[Any], whole: Sequence[Any], start: int, size: int, *, descending: bool
) -> bool:
    """Nulls may stand at either end, so a set that holds one is only compared by order."""
    if None in whole or None in page:
        return ordered(page, descending=descending)
    return sorted(whole, reverse=descending)[start : start + size] == list(page)


def walks(evidence: Evidence) -> Iterator[Judgement]:
    """Pages of one query neither repeat nor skip a row, and the same page twice is the same."""
    walked = sorted(evidence.queried(), key=lambda pair: _walk(pair[1]))
    for _, group in groupby(walked, key=lambda pair: _walk(pair[1])):
        answers = sorted(group, key=lambda pair: (pair[1].page, pair[0].number))
        yield from _pages(evidence, answers)


def _walk(query: Query) -> str:
    return f"{query.body() | {'page': ''}}"


def _pages(evidence: Evidence, answers: list[tuple[Answer, Query]]) -> Iterator[Judgement]:
    volatile = evidence.oracle.volatile if evidence.oracle else frozenset()
    for (before, first), (answer, second) in pairwise(answers):
        left, right = list(by_id(before.rows)), list(by_id(answer.rows))
        if first.page == second.page:
            stable = [[key for key in keys if key not in volatile] for keys in (left, right)]
            fine = volatile or stable[0] == stable[1]
            yield demand(
                "sort.repeatable",
                answer,
                fine,
                "the same rows in the same order as the first time",
                shown(right),
            )
        elif second.page == first.page + 1 and left and right:
            grown = max(0, (answer.whole("total") or 0) - (before.whole("total") or 0))
            both = set(left) & set(right) - volatile
            expected = f"no row of page {first.page} on page {second.page}"
            yield demand(
                "pagination.no-overlap", answer, len(both) <= grown, expected, f"ids {shown(sorted(both))}"
            )


def constancy(evidence: Evidence) -> Iterator[Judgement]:
    """A row shows the same values wherever it is seen; visits that go on may change two of them."""
    first: dict[str, Row] = {}
    for answer, _ in evidence.queried():
        now = by_id(answer.rows)
        odd = [
            key for key in now.keys() & first.keys() if not _same(first[key], now[key], key, evidence.oracle)
        ]
        if now:
            before, after = (first[odd[0]], now[odd[0]]) if odd else ({}, {})
            yield demand("rows.constant", answer, not odd, f"the row as before: {shown(before)}", after)
        first = now | first


def _same(before: Row, now: Row, key: str, oracle: Oracle | None) -> bool:
    if not same_row(before, now):
        return False
    if oracle is None or key not in oracle.rows or key in oracle.volatile:
        return True
    return all(before[column] == now[column] for column in before.keys() & now.keys())
