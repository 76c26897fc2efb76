"""The rate headers as a clock: the limit stands, what remains falls, and nothing is refused before zero."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from contract.checks.say import OK, TOO_MANY, demand
from contract.model import Auth, Quota
from contract.pace import WINDOW_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contract.checks.evidence import Evidence
    from contract.model import Answer, Judgement


def throttled(answer: Answer) -> Iterator[Judgement]:
    if answer.status == TOO_MANY:
        left = answer.headers.get("x-ratelimit-remaining")
        yield demand(
            "throttle.only-at-zero", answer, left in {None, "0"}, "429 only when 0 remain", f"{left} remain"
        )


def remaining(evidence: Evidence) -> Iterator[Judgement]:
    """Between two served requests it falls, unless a window opened; others may share the token."""
    answers = [
        answer for answer in evidence.answers if answer.case.auth is Auth.VALID and _left(answer) is not None
    ]
    if not answers:
        return
    limits = {answer.headers.get("x-ratelimit-limit") for answer in answers}
    yield demand(
        "rate.constant-limit", answers[-1], len(limits) == 1, "one limit throughout", sorted(map(str, limits))
    )
    for answer in answers:
        limit, left = answer.headers.get("x-ratelimit-limit", ""), _left(answer) or 0
        if re.fullmatch(r"[0-9]{1,9}", limit):
            yield demand("rate.bounds", answer, left <= int(limit), f"at most {limit} remain", left)
    yield from _falls(evidence, [a for a in answers if a.status == OK and a.case.quota is not Quota.AWAIT])


def _falls(evidence: Evidence, served: list[Answer]) -> Iterator[Judgement]:
    steps = list(pairwise(served))
    stuck = [(before, after) for before, after in steps if (_left(after) or 0) >= (_left(before) or 0)]
    if steps:
        windows = 1 + int((served[-1].at_seconds - served[0].at_seconds) // WINDOW_SECONDS)
        allowed = windows - evidence.target.exclusive
        yield demand(
            "rate.falls",
            stuck[-1][1] if stuck else served[-1],
            len(stuck) <= allowed,
            "X-RateLimit-Remaining falls with every request served",
            f"{len(stuck)} of {len(steps)} times it did not, e.g. {_pair(stuck[-1])}" if stuck else "",
        )
    if not evidence.target.exclusive or not served:
        return
    if served[0].number == 1:
        limit, left = served[0].headers.get("x-ratelimit-limit"), str((_left(served[0]) or 0) + 1)
        yield demand(
            "rate.bounds",
            served[0],
            limit == left,
            f"one less than {limit} after one request",
            _left(served[0]),
        )
    fast = next(
        ((b, a) for b, a in steps if a.number == b.number + 1 and (_left(b) or 0) - (_left(a) or 0) > 1), None
    )
    got = _pair(fast) if fast else ""
    yield demand(
        "rate.falls", fast[1] if fast else served[-1], fast is None, "one less with each request", got
    )


def enforced(evidence: Evidence) -> Iterator[Judgement]:
    """Once nothing remains the next request is refused; nothing is refused while something remains."""
    spending = [answer for answer in evidence.answers if answer.case.clause == "throttle.spend"]
    if not spending:
        return
    refused = spending[-1].status == TOO_MANY
    expected = "429 once the stated limit is spent"
    yield demand(
        "throttle.refuses",
        spending[-1],
        refused,
        expected,
        f"{spending[-1].status} on request {len(spending)}",
    )
    zero = next(
        (b for b, a in pairwise(spending) if _left(b) == 0 and a.status == OK and _left(a) == 0), None
    )
    yield demand("throttle.refuses", zero or spending[-1], zero is None, "429 after 0 remained", "200")
    if evidence.target.exclusive and refused and len(spending) > 1:
        before = _left(spending[-2])
        yield demand(
            "throttle.only-at-zero", spending[-1], before == 0, "the last served answer says 0 remain", before
        )


def _left(answer: Answer) -> int | None:
    text = answer.headers.get("x-ratelimit-remaining", "")
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _pair(step: tuple[Answer, Answer]) -> str:
    before, after = step
    return f"{_left(before)} in request {before.number}, {_left(after)} in request {after.number}"
