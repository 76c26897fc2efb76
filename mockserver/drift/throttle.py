"""A rate limit that refuses too early, too late, for ever, or in other words."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mockserver import respond
from mockserver.drift.answering import (
    HTML,
    OK,
    TOO_MANY,
    answers,
    body,
    chain,
    gains,
    header,
    lacks,
    omits,
    sets,
    status,
    text,
)
from mockserver.drift.headers import LIMIT, REMAINING, remaining
from mockserver.drift.violation import EXHAUST, Drift

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.drift.answering import Edit
    from mockserver.drift.call import Call
    from mockserver.respond import Answer

_drift = partial(Drift, area="429", needs=EXHAUST)
_RETRY = "retry-after"
_UNAVAILABLE, _FORBIDDEN = 503, 403
_WINDOW_SECONDS = 60


def _on_429(*edits: Edit) -> Callable[[Call], Answer]:
    return answers(chain(*edits), TOO_MANY)


def _retry(edit: Callable[[str], str | None]) -> Callable[[Call], Answer]:
    return _on_429(header(_RETRY, edit))


def _limited(call: Call, requests: int, *, enforced: bool = True) -> Call:
    """The same call where another number of requests is let through in a window."""
    view = copy(call.sandbox)
    view.limit = replace(view.limit, requests=requests, enforced=enforced)
    return replace(call, sandbox=view)


def _early(call: Call) -> Answer:
    """Ten fewer pass than the headers say, all the way down."""
    answer = _limited(call, call.sandbox.limit.requests - 10).answer()
    shown = header(LIMIT, lambda limit: str(int(limit) + 10))
    return chain(shown, header(REMAINING, lambda left: str(int(left) + 10)))(answer)


def _late(call: Call) -> Answer:
    """Five more pass than the headers say."""
    answer = _limited(call, call.sandbox.limit.requests + 5).answer()
    shown = header(LIMIT, lambda limit: str(int(limit) - 5))
    return chain(shown, header(REMAINING, lambda left: str(max(0, int(left) - 5))))(answer)


def _never(call: Call) -> Answer:
    """Counts as ever, but lets everything through."""
    answer = call.answer()
    if answer.status != TOO_MANY:
        return answer
    served = _limited(call, call.sandbox.limit.requests, enforced=False).answer()
    return header(REMAINING, lambda _: "0")(served)


def _for_ever(call: Call) -> Answer:
    """Who was refused once is refused always."""
    token = call.caller.token
    answer = call.memory.kept.get(token) or call.answer()
    if answer.status == TOO_MANY:
        call.memory.kept[token] = answer
    return answer


def _now_and_then(call: Call) -> Answer:
    """A second limiter that no header tells of."""
    answer = call.answer()
    if answer.status != OK or call.memory.requests % 20:
        return answer
    refusal = respond.error(TOO_MANY, respond.TOO_MANY, call.sandbox.profile.errors.envelope)
    return gains(_RETRY, "1")(replace(answer, status=TOO_MANY, body=refusal.body))


_TEXT = respond.TOO_MANY

DRIFTS = (
    _drift(
        "retry-after-missing", "a 429 lacks Retry-After", ("throttle.retry-after",), _on_429(lacks(_RETRY))
    ),
    _drift(
        "retry-after-date",
        "Retry-After is a date",
        ("throttle.retry-after",),
        _retry(lambda _: "Sun, 01 Feb 2026 00:01:00 GMT"),
    ),
    _drift("retry-after-zero", "Retry-After is 0", ("throttle.retry-after",), _retry(lambda _: "0")),
    _drift(
        "retry-after-negative", "Retry-After is below zero", ("throttle.retry-after",), _retry("-{}".format)
    ),
    _drift(
        "retry-after-milliseconds",
        "Retry-After is in milliseconds",
        ("throttle.retry-after",),
        _retry("{}000".format),
    ),
    _drift(
        "retry-after-decimal", "Retry-After is a decimal", ("throttle.retry-after",), _retry("{}.5".format)
    ),
    _drift(
        "retry-after-with-unit",
        "Retry-After is written as 60s",
        ("throttle.retry-after",),
        _retry("{}s".format),
    ),
    _drift(
        "retry-after-timestamp",
        "Retry-After is a Unix time",
        ("throttle.retry-after",),
        _retry(lambda _: "1769904060"),
    ),
    _drift(
        "retry-after-in-body",
        "the seconds stand in the body, not in a header",
        ("throttle.retry-after",),
        _on_429(lacks(_RETRY), sets(retry_after=_WINDOW_SECONDS)),
    ),
    _drift(
        "rate-headers-missing-on-429",
        "a 429 lacks the rate headers",
        ("rate.limit-header", "rate.remaining-header"),
        _on_429(lacks(LIMIT, REMAINING)),
    ),
    _drift(
        "remaining-on-429",
        "a 429 says that one request is left",
        ("throttle.only-at-zero",),
        _on_429(header(REMAINING, lambda _: "1")),
    ),
    _drift(
        "503-instead-of-429",
        "over the limit is a 503",
        ("throttle.refuses", "transport.no-server-error"),
        _on_429(status(_UNAVAILABLE)),
    ),
    _drift(
        "403-instead-of-429", "over the limit is a 403", ("throttle.refuses",), _on_429(status(_FORBIDDEN))
    ),
    _drift(
        "200-instead-of-429",
        "over the limit is a 200 with an error body",
        ("envelope.shape", "throttle.refuses"),
        _on_429(status(OK)),
    ),
    _drift("429-error-false", "a 429 says error: false", ("error.envelope",), _on_429(sets(error=False))),
    _drift(
        "429-message-only", "a 429 has a message and no error", ("error.envelope",), _on_429(omits("error"))
    ),
    _drift("429-message-missing", "a 429 has no message", ("error.envelope",), _on_429(omits("message"))),
    _drift(
        "429-html",
        "a 429 is an HTML page",
        ("transport.media-type", "transport.json"),
        _on_429(text(f"<html><body><h1>429 {_TEXT}</h1></body></html>", HTML)),
    ),
    _drift("429-empty", "a 429 has no body", ("transport.json",), _on_429(body(lambda _: b""))),
    _drift(
        "429-early", "429 comes while the headers say that 10 are left", ("throttle.only-at-zero",), _early
    ),
    _drift("429-late", "5 more requests pass after Remaining is 0", ("throttle.refuses",), _late),
    _drift("429-never", "nothing is ever refused", ("throttle.refuses",), _never),
    _drift("429-for-ever", "a token once refused is refused for ever", ("throttle.recovers",), _for_ever),
    _drift(
        "remaining-one-behind",
        "Remaining is one too many, so that the limit comes as a surprise",
        ("throttle.only-at-zero",),
        remaining(lambda left: min(left + 1, 60)),
    ),
    _drift(
        "429-now-and-then",
        "every 20th request is refused, whatever is left",
        ("throttle.only-at-zero",),
        _now_and_then,
        needs="",
    ),
)
