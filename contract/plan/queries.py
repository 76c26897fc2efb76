"""The requests that a correct server answers with rows: survey, sorting, pages, options, ranges, filters."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from contract.model import Query, Window
from contract.oracle import PAGE_ROWS, build
from contract.values import plain

if TYPE_CHECKING:
    from datetime import datetime

    from contract.plan.board import Board, Stage

_DEFAULT_PAGE_ROWS = 15
_TIED_COLUMNS = ("country", "browser", "platform_os", "device")
#: Reads the oracle's rows once more; more than a page of them only if rows arrived.
AGAIN = "the focus again"
_AGAIN_PAGES = 3
_OFF = {"check_irregular_traffic": "0", "include_ip_addresses": "0"}
_FILTERED = (("country", "device"), ("browser", "platform_os"), ("time_spend",))
#: How a correct server may treat filters whose keys the page does not document.
FILTERS_OPEN = {"filters": "open.filter-rules"}


def survey(board: Board) -> Stage:
    """Two pages of the oldest rows and one of the newest: the oracle."""
    oldest = Query(board.window, per_page=PAGE_ROWS)
    first = yield board.ask("the oldest rows", oldest, open_to={"filters": "open.empty-filters"})
    if first.status == 422 and first.named == {"filters"}:  # noqa: PLR2004
        board.neutral = {"none": "none"}
        first = yield board.ask("the oldest rows, with filters that filter nothing", oldest)
    second = yield board.ask("the next oldest rows", replace(oldest, page=2))
    newest = yield board.ask("the newest rows", replace(oldest, descending=True))
    board.total = first.whole("total") or 0
    board.oracle = build(board.window, [first, second] if second.rows else [first], newest)


def sorting(board: Board) -> Stage:
    """Two keys with nothing else between them; then a key with ties, page by page."""
    for key in ("id", "time_spend"):
        query = board.query(sort_key=key)
        yield board.ask(
            f"sorted by {key}, flags 0", query, {"read_status": None} | _OFF, proves="read-status.null"
        )
    size = max(1, ceil(len(board.rows) / 3))
    tied = board.query(sort_key=_most_tied(board), descending=True, per_page=size)
    first = board.ask("ties, page 1", tied, proves="sort.whole-set")
    yield first
    yield board.ask("ties, page 2", replace(tied, page=2), proves="sort.whole-set")
    yield replace(first, name="ties, page 1 again")


def pages(board: Board) -> Stage:
    """The whole window in its halves, which add up to it; its last page, and one past it."""
    last = max(1, -(-board.total // _DEFAULT_PAGE_ROWS))
    middle = board.window.start + (board.window.end - board.window.start) // 2
    middle = middle.replace(microsecond=0)
    whole = Query(board.window, sort_key="id", descending=True)
    half = replace(
        whole, window=Window(board.window.start, middle), sort_key="country", per_page=_DEFAULT_PAGE_ROWS
    )
    yield board.ask("a middle page of the first half", replace(half, page=max(1, last // 4)))
    rest = Window(middle + timedelta(seconds=1), board.window.end)
    yield board.ask("the second half", replace(half, window=rest, sort_key="platform_os", descending=False))
    yield board.ask("the last page", replace(whole, page=last))
    yield board.ask("one past the last page", replace(whole, page=last + 1))


def options(board: Board) -> Stage:
    """Each value against its counterpart with all else alike, so that an answer kept for the other is seen."""
    sort_key, descending = next(board.sorts)
    for status in ("read", "unread"):
        query = board.query(read_status=status, sort_key=sort_key, descending=descending)
        yield board.ask(f"only {status}", query, proves="read-status.complete")
    for flag in _OFF:
        query = board.query(flags=frozenset({flag}), sort_key="id")
        yield board.ask(f"with {flag}", query, {"read_status": None} | _OFF | {flag: "1"})


def ranges(board: Board) -> Stage:
    """A range between two seen seconds, the same in RFC 3339, and a single second.

    Both ends in UTC: a real framework was seen to drop an offset, and the page says nothing of one.
    """
    inner = _inner(board.times())
    query = board.query(window=inner)
    said_false = dict.fromkeys(_OFF, "false")
    yield board.ask("between two seen moments, flags false", query, said_false, proves="range.complete")
    yield board.ask(
        "the same in RFC 3339",
        query,
        {"start_date": f"{inner.start.isoformat()}Z", "end_date": f"{inner.end.isoformat()}+00:00"},
        proves="range.notation",
        open_to=dict.fromkeys(("start_date", "end_date"), "open.rfc3339"),
    )
    second = board.random.choice(board.times())
    yield board.ask(
        "a single second",
        board.query(window=Window(second, second)),
        proves="range.complete",
        open_to={"end_date": "open.equal-ends"},
    )


def filters(board: Board) -> Stage:
    """By shown values, alone and together; and by a part of one, which no row equals."""
    sort_key, descending = next(board.sorts)
    part = {"browser": _part(str(board.seen("browser")))}
    for wanted in (*(_telling(board, columns) for columns in _FILTERED), part):
        query = board.query(filters=wanted, sort_key=sort_key, descending=descending)
        name = f"filtered by {' and '.join(wanted)}{', a part of it' if wanted is part else ''}"
        yield board.ask(name, query, proves="filters.complete", open_to=FILTERS_OPEN)


def _telling(board: Board, columns: tuple[str, ...]) -> dict[str, Any]:
    """Values of one row such that, where possible, each of them leaves out rows that the others let in."""
    rows = board.random.sample(board.rows, len(board.rows))
    for row in rows:
        wanted = {column: row.get(column) for column in columns}
        if None not in wanted.values() and all(_tells(column, wanted, rows) for column in columns):
            return wanted
    return {column: board.seen(column) for column in columns}


def _tells(column: str, wanted: dict[str, Any], rows: list[dict[str, Any]]) -> bool:
    return any(
        all((plain(row.get(name)) == plain(value)) is (name != column) for name, value in wanted.items())
        for row in rows
    )


def again(board: Board) -> Stage:
    """The focus once more: what changed meanwhile is not held against the server."""
    query = board.query(sort_key="created_at")
    answer = yield board.ask(AGAIN, query, proves="rows.constant")
    last = answer.whole("last_page") or 1
    for page in range(2, min(last, _AGAIN_PAGES if board.oracle else 1) + 1):
        more = board.ask(AGAIN, replace(query, page=page))
        yield replace(more, query=None)  # it tells what arrived; more may have come since the page before


def _most_tied(board: Board) -> str:
    def ties(column: str) -> tuple[bool, int]:
        counts = Counter(plain(row.get(column)) for row in board.rows)
        return len(counts) > 1, max(counts.values(), default=0)

    return max(_TIED_COLUMNS, key=ties)


def _inner(times: list[datetime]) -> Window:
    """From a quarter to three quarters of the seen seconds, so that rows lie on both sides of each end."""
    quarter = (len(times) - 1) // 4
    return Window(times[quarter], times[-1 - quarter])


def _part(text: str) -> str:
    """A part of the text that is not all of it."""
    return text[1:-1] if len(text) > 2 else f"{text}{text}"  # noqa: PLR2004
