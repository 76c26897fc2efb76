"""The requests that a correct server refuses: bad input, bad credentials, other methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contract.model import REQUIRED, Auth, Case
from contract.plan.board import encode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contract.model import Answer
    from contract.plan.board import Board, Stage

_WRONG: Mapping[str, Any] = {
    "start_date": "not a date",
    "end_date": "2026-13-45 99:99:99",
    "sortKey": "read_status",
    "sortOrder": "sideways",
    "read_status": "maybe",
    "filters": "string",
}
#: Two groups that share no field, so that a server that swaps names is seen.
_LISTS = {"end_date": ["2026-01-31"], "sortOrder": ["asc"], "read_status": ["read"], "filters": 5}
_NULLS = {"start_date": None, "sortKey": None}


def bad_input(board: Board) -> Stage:
    """Everything wrong at once; a field is asked about alone only if it was not named then."""
    missing = yield board.refuse("an empty object", b"{}", REQUIRED)
    yield from _alone(board, missing, dict.fromkeys(REQUIRED, ...))
    for name, wrong in (("every value wrong", _WRONG), ("lists for values", _LISTS), ("nulls", _NULLS)):
        answer = yield board.spoil(name, wrong)
        yield from _alone(board, answer, wrong)
    yield board.refuse("JSON that breaks off", encode(board.valid())[:-9], REQUIRED)
    yield board.refuse("a list for a body", encode([board.valid()]), REQUIRED)


def _alone(board: Board, answer: Answer, wrong: Mapping[str, Any]) -> Stage:
    for field in sorted(wrong.keys() - answer.named):
        body = board.valid() | {field: wrong[field]}
        if wrong[field] is ...:
            del body[field]
        yield board.refuse(f"{answer.case.name}: {field} alone", encode(body), {field})


def credentials(board: Board) -> Stage:
    def case(name: str, clause: str, body: bytes, auth: Auth, *statuses: int) -> Case:
        return Case(name, clause, body, auth=auth, statuses=frozenset(statuses))

    valid = encode(board.valid())
    yield case("no token, and an empty object", "auth.missing-token", b"{}", Auth.NONE, 401)
    yield case("a token that is not valid", "auth.bad-token", valid, Auth.BAD, 401)
    if board.forbidden:
        statuses = (403,) if board.forbidden_is_sure else (403, 401, 200)
        yield case("a token without permission", "auth.forbidden", valid, Auth.FORBIDDEN, *statuses)


def methods(board: Board) -> Stage:
    for method in ("GET", "PUT", "PATCH"):
        yield board.bare(
            f"{method} instead of POST", "method.refused", method=method, statuses=frozenset({404, 405})
        )
