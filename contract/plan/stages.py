"""The stages in their order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from contract.model import Query, Quota
from contract.plan import hostile, queries, refusals

if TYPE_CHECKING:
    from contract.model import Answer
    from contract.plan.board import Board, Stage

TOO_MANY = 429
_MAIN = (
    queries.survey,
    queries.sorting,
    queries.pages,
    queries.options,
    queries.ranges,
    queries.filters,
    hostile.hostile,
    queries.again,
    refusals.bad_input,
    refusals.credentials,
    refusals.methods,
)
#: Requests that the main stage sends to a server in order; what else it sends looks closer at one that is not.
MAIN_REQUESTS = 45
#: The window's size where the server does not say it (page:37), and how far beyond it is tried.
WINDOW_REQUESTS = 60
_BEYOND = 2


def main(board: Board) -> Stage:
    for stage in _MAIN:
        yield from stage(board)


def exhaust(board: Board) -> Stage:
    """Spend the window on seeded queries until a 429, ask once more, and again when it says so."""
    limit, spent = WINDOW_REQUESTS, 0
    while spent < limit + _BEYOND:
        answer = yield board.ask(
            "spending the window", _any_query(board), clause="throttle.spend", quota=Quota.SPEND
        )
        if answer.status == TOO_MANY:
            yield from _over(board, answer)
            return
        stated = answer.headers.get("x-ratelimit-limit", "")
        limit, spent = int(stated) if re.fullmatch(r"[0-9]{1,4}", stated) else limit, spent + 1


def _over(board: Board, refused: Answer) -> Stage:
    """Refused while the window lasts, unless it ends this very second; served once it is over."""
    if refused.headers.get("retry-after") not in {"0", "1"}:
        yield board.bare(
            "over the limit", "throttle.refuses", quota=Quota.SPEND, statuses=frozenset({TOO_MANY})
        )
    yield board.bare("after Retry-After", "throttle.recovers", quota=Quota.AWAIT)


def _any_query(board: Board) -> Query:
    times = sorted(board.random.choices(board.times(), k=2))
    window = type(board.window)(*times)
    filters = {"country": board.seen("country")} if board.random.random() < 0.5 else {}  # noqa: PLR2004
    status = board.random.choice((None, "read", "unread"))
    size, page = board.random.choice((5, 10, 20)), board.random.choice((1, 1, 2))
    return board.query(window=window, filters=filters, read_status=status, per_page=size, page=page)
