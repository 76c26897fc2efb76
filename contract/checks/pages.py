"""The paginator's arithmetic: every number follows from the request, the total and the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.checks.say import demand, equal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contract.model import Answer, Judgement

DEFAULT_PAGE_ROWS = 15


def arithmetic(answer: Answer) -> Iterator[Judgement]:
    numbers = [answer.whole(key) for key in ("current_page", "per_page", "total", "last_page")]
    page, size, total, last = numbers
    if page is None or size is None or total is None or last is None or min(page, size) < 1:
        return
    yield from _request(answer, page, size)
    yield equal(
        "pagination.last-page", answer, f"last_page for total {total}", last, max(1, -(-total // size))
    )
    if not isinstance(answer.data.get("data"), list):
        return
    count, before = len(answer.data["data"]), (page - 1) * size
    expected = min(size, max(0, total - before))
    what = f"the number of rows on page {page} of {size} each, total {total}:"
    yield equal("pagination.row-count", answer, what, count, expected)
    yield equal("pagination.from", answer, "from", answer.data.get("from"), before + 1 if count else None)
    yield equal("pagination.to", answer, "to", answer.data.get("to"), before + count if count else None)


def _request(answer: Answer, page: int, size: int) -> Iterator[Judgement]:
    query = answer.case.query
    if query is None:
        if answer.case.page in {"abc", "0"}:
            yield demand(
                "pagination.current-page", answer, page == 1, "the first page for no page number", page
            )
        return
    yield equal("pagination.current-page", answer, "current_page", page, query.page)
    clause = "pagination.default-size" if query.per_page is None else "pagination.per-page"
    yield equal(clause, answer, "per_page", size, query.per_page or DEFAULT_PAGE_ROWS)
