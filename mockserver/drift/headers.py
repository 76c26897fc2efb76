"""Rate headers that miscount, or are not there."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from mockserver.drift.answering import (
    FAILED,
    FORBIDDEN,
    INVALID,
    OK,
    UNAUTHENTICATED,
    answers,
    chain,
    gains,
    header,
    lacks,
)
from mockserver.drift.asking import every, page_of, when
from mockserver.drift.violation import FORBIDDEN_TOKEN, Drift

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.drift.call import Call, Step
    from mockserver.respond import Answer

LIMIT, REMAINING = "x-ratelimit-limit", "x-ratelimit-remaining"

_drift = partial(Drift, area="rate-headers")
#: The statuses that spend quota in every profile.
_COUNTED = (OK, FORBIDDEN, INVALID, FAILED)


def remaining(edit: Callable[[int], object]) -> Step:
    """Show another number of requests left."""
    return answers(header(REMAINING, lambda left: str(edit(int(left)))), *_COUNTED)


def _limit(edit: Callable[[str], str]) -> Step:
    return answers(header(LIMIT, edit))


def _counts_up(call: Call) -> Answer:
    limit = call.sandbox.limit.requests
    return remaining(lambda left: limit - left)(call)


def _random(call: Call) -> Answer:
    dice = Random(call.memory.requests)  # noqa: S311 - no secret, and the same in every run
    return remaining(lambda _: dice.randrange(call.sandbox.limit.requests))(call)


def _of_each_page(call: Call) -> Answer:
    """Every page its own count, as when the limiter's key holds the query string."""
    page = page_of(call.fields)
    used = call.memory.kept[page] = call.memory.kept.get(page, 0) + 1
    return remaining(lambda _: max(0, call.sandbox.limit.requests - used))(call)


def _renamed(answer: Answer) -> Answer:
    names = {LIMIT.encode(): b"ratelimit-limit", REMAINING.encode(): b"ratelimit-remaining"}
    return replace(answer, headers=tuple((names.get(name, name), text) for name, text in answer.headers))


DRIFTS = (
    _drift(
        "remaining-counts-up",
        "Remaining shows the requests used, not those left",
        ("rate.falls",),
        _counts_up,
    ),
    _drift("remaining-stuck", "Remaining never changes", ("rate.falls",), remaining(lambda _: 59)),
    _drift("remaining-random", "Remaining jumps up and down", ("rate.falls",), _random),
    _drift("remaining-per-page", "Remaining counts each page number apart", ("rate.falls",), _of_each_page),
    _drift(
        "remaining-falls-twice",
        "each request takes two off Remaining",
        ("rate.falls",),
        remaining(lambda left: max(0, 2 * left - 60)),
    ),
    _drift(
        "remaining-negative",
        "Remaining goes below zero",
        ("rate.remaining-header",),
        remaining(lambda left: left - 60),
    ),
    _drift(
        "remaining-above-limit",
        "Remaining is larger than the limit",
        ("rate.bounds",),
        remaining(lambda left: left + 60),
    ),
    _drift(
        "remaining-decimal",
        "Remaining is a decimal, 59.0",
        ("rate.remaining-header",),
        remaining(lambda left: f"{left}.0"),
    ),
    _drift(
        "remaining-of-limit",
        "Remaining is written as 59/60",
        ("rate.remaining-header",),
        remaining(lambda left: f"{left}/60"),
    ),
    _drift("remaining-empty", "Remaining is empty", ("rate.remaining-header",), remaining(lambda _: "")),
    _drift(
        "remaining-missing",
        "no answer carries X-RateLimit-Remaining",
        ("rate.remaining-header",),
        answers(lacks(REMAINING)),
    ),
    _drift(
        "limit-missing", "no answer carries X-RateLimit-Limit", ("rate.limit-header",), answers(lacks(LIMIT))
    ),
    _drift(
        "limit-flaps",
        "every other answer states another limit",
        ("rate.constant-limit",),
        every(2, _limit(lambda _: "100")),
    ),
    _drift(
        "limit-shrinks-with-remaining",
        "the limit is what was left before the request",
        ("rate.constant-limit",),
        lambda call: answers(header(LIMIT, lambda _: _left(call)))(call),
    ),
    _drift(
        "limit-as-policy",
        "the limit is written as a policy, 60;w=60",
        ("rate.limit-header",),
        _limit(lambda limit: f"{limit};w=60"),
    ),
    _drift(
        "limit-twice",
        "two throttles each add their limit, folded to 60, 60",
        ("rate.limit-header",),
        _limit(lambda limit: f"{limit}, {limit}"),
    ),
    _drift(
        "limit-in-words",
        "the limit is written as 60 per minute",
        ("rate.limit-header",),
        _limit("{} per minute".format),
    ),
    _drift("limit-zero", "the limit is stated as 0", ("rate.limit-header",), _limit(lambda _: "0")),
    _drift(
        "rate-headers-renamed",
        "the headers lose their X-",
        ("rate.limit-header", "rate.remaining-header"),
        answers(_renamed),
    ),
    _drift(
        "rate-headers-swapped",
        "each of the two headers carries the other's number",
        ("rate.constant-limit", "rate.falls", "rate.bounds"),
        lambda call: _swapped(call.answer()),
    ),
    _drift(
        "rate-headers-on-first-page-only",
        "the headers are missing from page 2 on",
        ("rate.limit-header", "rate.remaining-header"),
        when(lambda fields: page_of(fields) > 1, answers(lacks(LIMIT, REMAINING))),
    ),
    _drift(
        "rate-headers-flaky",
        "every 10th answer lacks the headers",
        ("rate.limit-header", "rate.remaining-header"),
        every(10, answers(lacks(LIMIT, REMAINING))),
    ),
    _drift(
        "rate-headers-missing-on-401",
        "a 401 lacks the headers",
        ("rate.headers-on-401",),
        answers(lacks(LIMIT, REMAINING), UNAUTHENTICATED),
    ),
    _drift(
        "rate-headers-missing-on-403",
        "a 403 lacks the headers",
        ("rate.limit-header", "rate.remaining-header"),
        answers(lacks(LIMIT, REMAINING), FORBIDDEN),
        needs=FORBIDDEN_TOKEN,
    ),
)


def _left(call: Call) -> str:
    return str(call.sandbox.quota(call.caller.token or "").remaining + 1)


def _swapped(answer: Answer) -> Answer:
    shown = {name.decode(): text.decode() for name, text in answer.headers}
    if LIMIT not in shown or REMAINING not in shown:
        return answer
    swap = (gains(LIMIT, shown[REMAINING]), gains(REMAINING, shown[LIMIT]))
    return chain(lacks(LIMIT, REMAINING), *swap)(answer)
