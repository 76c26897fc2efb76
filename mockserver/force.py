"""What a request itself asks for: `Prefer: code=429, delay=1500, example=NAME`, or `?__code=429`.

The honest answer is made first, quota and all; it goes out if it has the code already, so that a forced 422
of an invalid request says what is really wrong with it. Otherwise the code's example goes out, under the
headers that an honest answer of that code would have.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from mockserver import examples, respond
from mockserver.latency import MAX_DELAY_MS
from mockserver.route import url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.credentials import Caller
    from mockserver.request import Request
    from mockserver.respond import Answer, Headers
    from mockserver.sandbox import Sandbox

CODE_PARAMETER = "__code"
_LARGEST_CODE = 599

#: Answers that come before the throttle or from in front of it, without its headers.
_UNCOUNTED = (400, 404, 405, 413, 502, 503, 504)

_MAINTENANCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for, as it is confirmed (`applied`), and why the rest was not (`ignored`, sentences)."""

    code: int | None = None
    delay_ms: int = 0
    example: str | None = None
    applied: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


NOTHING = Wish()


def read(prefer: str | None, query: bytes) -> Wish:
    """The wish in a `Prefer` header and a query string; `Prefer` wins."""
    wish = NOTHING
    if CODE_PARAMETER.encode() in query:
        for name, value in parse_qsl(query.decode("latin-1"), max_num_fields=None):
            if name == CODE_PARAMETER:
                wish = _with(wish, "code", value)
    for name, value in _preferences(prefer or ""):
        wish = _with(wish, name, value)
    return _agreed(wish)


def _preferences(header: str) -> Iterator[tuple[str, str]]:
    for part in header.split(","):
        name, _, value = part.partition(";")[0].partition("=")
        if name.strip():
            yield name.strip().lower(), value.strip().strip('"')


def _with(wish: Wish, name: str, value: str) -> Wish:
    number = (
        int(value) if value.isascii() and value.isdigit() and len(value) <= len(str(MAX_DELAY_MS)) else -1
    )
    if name == "code" and (number == HTTPStatus.OK or HTTPStatus.BAD_REQUEST <= number <= _LARGEST_CODE):
        return replace(wish, code=number)
    if name == "delay" and 0 <= number <= MAX_DELAY_MS:
        return replace(wish, delay_ms=number)
    if name == "example" and value in examples.names():
        return replace(wish, example=value)
    accepted = {
        "code": f"200 or {HTTPStatus.BAD_REQUEST.value} to {_LARGEST_CODE}",
        "delay": f"milliseconds up to {MAX_DELAY_MS}",
        "example": ", ".join(examples.names()),
    }
    reason = f"accepted: {accepted[name]}" if name in accepted else f"known are {', '.join(accepted)}"
    return replace(wish, ignored=(*wish.ignored, f"the preference {name}={value} is ignored; {reason}"))


def _agreed(wish: Wish) -> Wish:
    """An example of another status than the code that is asked for gives way to it."""
    if wish.example and wish.code:
        example = examples.load(wish.example)
        if example and example.status != wish.code:
            reason = f"the example {wish.example} is ignored: it is a {example.status}, and code={wish.code} was asked for"
            wish = replace(wish, example=None, ignored=(*wish.ignored, reason))
    applied = (
        f"code={wish.code}" if wish.code else "",
        f"delay={wish.delay_ms}" if wish.delay_ms else "",
        f"example={wish.example}" if wish.example else "",
    )
    return replace(wish, applied=tuple(filter(None, applied)))


def granted(wish: Wish, honest: Answer, request: Request, caller: Caller, sandbox: Sandbox) -> Answer:
    """The answer that the wish makes of the honest one."""
    answer = honest
    if wish.example and (example := examples.load(wish.example)):
        headers = _headers(example.status, honest, caller, sandbox)
        answer = example.answer(url(request, sandbox.profile), sandbox.profile.errors.envelope, headers)
    elif wish.code and wish.code != honest.status:
        answer = answer_with(wish.code, honest, request, caller, sandbox)
    if not wish.applied:
        return answer
    confirmed = (b"preference-applied", ", ".join(wish.applied).encode())
    return replace(answer, headers=(*answer.headers, confirmed))


def answer_with(status: int, honest: Answer, request: Request, caller: Caller, sandbox: Sandbox) -> Answer:
    """An answer of this status, as if it were the honest one."""
    headers = _headers(status, honest, caller, sandbox)
    envelope = sandbox.profile.errors.envelope
    example = examples.load(examples.BY_STATUS.get(status, ""))
    if example:
        return example.answer(url(request, sandbox.profile), envelope, headers)
    return respond.error(status, respond.message_of(status), envelope, headers)


def _headers(status: int, honest: Answer, caller: Caller, sandbox: Sandbox) -> Headers:
    kept = tuple(pair for pair in honest.headers if pair[0].startswith(b"access-control-"))
    key = caller.token or ""
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return (*kept, (b"allow", b"POST"))
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return (*kept, (b"retry-after", b"%d" % _MAINTENANCE_SECONDS))
    if status in _UNCOUNTED:
        return kept
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return (*kept, *respond.rate_headers(sandbox.refusal(key)))
    if status == HTTPStatus.UNAUTHORIZED and sandbox.profile.throttle.unauthenticated == "free":
        return kept
    counted = tuple(pair for pair in honest.headers if pair[0] in respond.QUOTA_HEADERS)
    return (*kept, *(counted or respond.rate_headers(sandbox.quota(key))))
