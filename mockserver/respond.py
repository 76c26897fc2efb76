"""The only place that writes vendor-shaped bytes: JSON as PHP writes it, and its headers."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from mockserver.paginate import links as page_links
from mockserver.phpjson import json_text, pretty_text
from mockserver.rules.check import errors, overview

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mockserver.paginate import Envelope
    from mockserver.rules.check import Violation
    from mockserver.throttle import Verdict

Headers = tuple[tuple[bytes, bytes], ...]

_JSON: Headers = ((b"cache-control", b"no-cache, private"), (b"content-type", b"application/json"))
_EMPTY: Headers = ((b"cache-control", b"no-cache, private"), (b"content-type", b"text/html; charset=UTF-8"))

#: What the framework says by itself (recorded); the page leaves the words open.
UNAUTHENTICATED = "Unauthenticated."
FORBIDDEN = "This action is unauthorized."
TOO_MANY = "Too Many Attempts."
SERVER_ERROR = "Server Error"
TOO_LARGE = "The POST data is too large."
MALFORMED_URL = "Malformed URL."
BAD_REQUEST = "Bad request."
SUCCESS = "Sessions retrieved successfully"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: status, headers with lower-case names, and the whole body."""

    status: int
    headers: Headers
    body: bytes


#: The quota, on every answer that is counted.
QUOTA_HEADERS = (b"x-ratelimit-limit", b"x-ratelimit-remaining")

_MESSAGES = {401: UNAUTHENTICATED, 403: FORBIDDEN, 413: TOO_LARGE, 429: TOO_MANY, 500: SERVER_ERROR}


def message_of(status: int) -> str:
    """What an error of this status says where nothing more is known."""
    if status in _MESSAGES:
        return _MESSAGES[status]
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Error {status}"


def cors(mode: str) -> Headers:
    """The headers of every answer under `api/`: any origin; `dev` shows the rate headers too."""
    if mode == "off":
        return ()
    origin: Headers = ((b"access-control-allow-origin", b"*"),)
    exposed = b"X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After"
    return origin if mode == "laravel" else (*origin, (b"access-control-expose-headers", exposed))


def rate_headers(verdict: Verdict) -> Headers:
    """The quota, and on a refusal when to come back."""
    headers: Headers = (
        (b"x-ratelimit-limit", b"%d" % verdict.limit),
        (b"x-ratelimit-remaining", b"%d" % verdict.remaining),
    )
    if verdict.retry_after_seconds is None or verdict.resets_at is None:
        return headers
    return (
        *headers,
        (b"retry-after", b"%d" % verdict.retry_after_seconds),
        (b"x-ratelimit-reset", b"%d" % verdict.resets_at),
    )


def error(status: int, message: str, envelope: str, headers: Headers = ()) -> Answer:
    """Any refusal but 422. The framework prints all of its own pretty but the 401."""
    if envelope == "documented":
        body = json_text({"error": True, "message": message})
    elif status == 401:  # noqa: PLR2004
        body = json_text({"message": message})
    else:
        body = pretty_text({"message": message})
    return Answer(status, (*_JSON, *headers), body.encode())


def invalid(violations: Sequence[Violation], headers: Headers) -> Answer:
    """The 422: an overview and the messages by field."""
    body = json_text({"message": overview(violations), "errors": errors(violations)})
    return Answer(422, (*_JSON, *headers), body.encode())


def document(status: int, body: Mapping[str, object], headers: Headers) -> Answer:
    """A golden body as it stands."""
    return Answer(status, (*_JSON, *headers), json_text(body).encode())


def page(around: Envelope, url: str, form: str, rows: str, headers: Headers) -> Answer:
    """The 200: the paginator's 13 keys around rows that are JSON text already.

    `url` is the address without a query, `form` the profile's form of `links`.
    """
    path = json_text(url)[:-1]
    links = (
        "{}" if form == "object" else json_text(page_links(around, url, with_page=form == "list-with-page"))
    )
    body = (
        f'{{"error":false,"data":{{"current_page":{around.current_page},"data":{rows}'
        f',"first_page_url":{path}?page=1","from":{_number(around.first_row)}'
        f',"last_page":{around.last_page},"last_page_url":{path}?page={around.last_page}","links":{links}'
        f',"next_page_url":{_page_url(path, around.next_page)},"path":{path}","per_page":{around.per_page}'
        f',"prev_page_url":{_page_url(path, around.previous_page)},"to":{_number(around.last_row)}'
        f',"total":{around.total}}},"message":"{SUCCESS}"}}'
    )
    return Answer(200, (*_JSON, *headers), body.encode())


def _number(number: float | None) -> str:
    return "null" if number is None else str(number)


def _page_url(path: str, page: int | None) -> str:
    """`path` is a JSON string without its closing quote."""
    return "null" if page is None else f'{path}?page={page}"'


def empty(status: int, headers: Headers) -> Answer:
    """An answer to OPTIONS."""
    return Answer(status, (*_EMPTY, *headers), b"")
