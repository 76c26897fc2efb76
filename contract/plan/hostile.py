"""Valid requests that break careless servers: any answer but a 500 is fine where the page is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from contract.model import Window
from contract.plan.queries import FILTERS_OPEN

if TYPE_CHECKING:
    from contract.model import Case
    from contract.plan.board import Board, Stage

#: Quotes, wildcards, escapes: what a query that is glued together from text chokes on.
_MARKS = '"x" \' ` \\ / % %s _ * ? ; -- # & + < > | ( ) [ ] {{y}} ${x} \\u0000 = , . : ! @ ~ ^'
#: With three alphabets and a character beyond the basic plane.
_TEXTS = (
    f"Ñandú 日本 🙂 O'Brien {_MARKS}",
    f"Łódź Ελλάδα 🚀 d'Or') OR 1=1 {_MARKS}",
    f"Ørsted Москва 👍 ''; DROP {_MARKS}",
)
_FAR = Window(datetime(9998, 1, 1), datetime(9999, 12, 31, 23, 59, 59))  # noqa: DTZ001 - UTC without a zone
_DEPTH = 60


def hostile(board: Board) -> Stage:
    text = board.random.choice(_TEXTS)
    yield board.ask(
        "filters: quotes, other alphabets, an unknown column",
        board.query(filters={"country": text}),
        {"filters": {"country": text, "no_such_column": text}, "no_such_field": text},
        proves="filters.complete",
        open_to=FILTERS_OPEN,
    )
    nested = {
        "browser": _deep(),
        "device": ["x", 5],
        "country": None,
        "time_spend": True,
        "platform_os": "x" * 5000,
        "": "",
    }
    yield _odd(board, "filters: depth, lists, numbers, null, long text", {"filters": nested}, "filters")
    yield _odd(
        board, "a huge per_page and a huge page", {"per_page": "1000000000"}, "per_page", page="9" * 25
    )
    yield _odd(board, "per_page 0 and page 0", {"per_page": "0"}, "per_page", page="0")
    words = dict.fromkeys(("per_page", "check_irregular_traffic", "include_ip_addresses"), "string")
    yield _odd(board, "the page's sample words, page abc", words, *words, page="abc")
    yield board.ask(
        "integers and booleans where the page says string",
        board.query(per_page=7),
        {"per_page": 7, "check_irregular_traffic": False, "include_ip_addresses": False},
        open_to=dict.fromkeys(words, "open.integers"),
    )
    yield from _windows(board)


def _windows(board: Board) -> Stage:
    dates = ("start_date", "end_date")
    yield board.ask(
        "the end before the start",
        board.query(window=Window(board.times()[-1], board.times()[0])),
        proves="range.reversed",
        open_to=dict.fromkeys(dates, "open.reversed-range"),
    )
    yield board.ask(
        "the last years that a date can hold",
        board.query(window=_FAR),
        open_to=dict.fromkeys(dates, "open.far-dates"),
    )


def _odd(board: Board, name: str, wire: dict[str, Any], *fields: str, page: str | None = None) -> Case:
    """A request of which only this is known: it is valid JSON, so it gets a 200 or a 422."""
    open_to = dict.fromkeys(fields, "open.odd-values") | ({"page": "open.bad-page"} if page else {})
    facts: dict[str, Any] = {"statuses": frozenset({200, 422}), "page": page, "open_to": open_to}
    return replace(board.ask(name, board.query(), wire, **facts), query=None)


def _deep() -> dict[str, Any]:
    value: dict[str, Any] = {"a": [1, None, True]}
    for _ in range(_DEPTH):
        value = {"a": value}
    return value
