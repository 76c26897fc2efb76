"""How a judge says what it saw."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from contract.model import Judgement
from contract.values import shown

if TYPE_CHECKING:
    from contract.model import Answer

OK, UNPROCESSABLE, TOO_MANY = HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS


def equal(clause: str, answer: Answer, what: str, got: object, expected: object) -> Judgement:
    """Holds when both are the same value of the same type."""
    fine = got == expected and isinstance(got, bool) == isinstance(expected, bool)
    return (
        Judgement(clause)
        if fine
        else Judgement(clause, f"{what} {shown(expected)}", shown(got), answer.number)
    )


def demand(clause: str, answer: Answer, fine: object, expected: str, got: object) -> Judgement:
    """Holds when `fine`; otherwise says what was expected and what came."""
    if fine:
        return Judgement(clause)
    return Judgement(clause, expected, got if isinstance(got, str) else shown(got), answer.number)


def note(clause: str, answer: Answer, text: str) -> Judgement:
    """The page leaves it open: said, and no finding."""
    return Judgement(clause, text, "", answer.number, note=True)
