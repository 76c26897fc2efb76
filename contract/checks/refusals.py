"""A 422 names the fields that failed and no other; another method is refused and told which one is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.checks.say import UNPROCESSABLE, demand
from contract.checks.transport import refuses
from contract.model import Auth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contract.model import Answer, Judgement

_NOT_ALLOWED = 405


def fields(answer: Answer) -> Iterator[Judgement]:
    """Fields that a group leaves unnamed are asked about alone, so only such a request must name them."""
    case, named = answer.case, answer.named
    if answer.status != UNPROCESSABLE or case.auth is not Auth.VALID or not case.wrong:
        return
    yield from (
        demand(refuses(field), answer, fine=True, expected="", got="") for field in named & case.wrong
    )
    expected = f"errors that name {' and '.join(sorted(case.wrong))}, and nothing else"
    fine = named <= case.wrong and (named or len(case.wrong) > 1)
    yield demand("refusal.fields", answer, fine, expected, ", ".join(sorted(named)) or "no field")


def methods(answer: Answer) -> Iterator[Judgement]:
    if answer.status != _NOT_ALLOWED:
        return
    allowed = {method.strip().upper() for method in answer.headers.get("allow", "").split(",")}
    fine = "POST" in allowed and answer.case.method not in allowed
    expected = f"405 with an Allow header that lists POST and not {answer.case.method}"
    yield demand("method.allow", answer, fine, expected, f"Allow: {answer.headers.get('allow', 'none')}")
