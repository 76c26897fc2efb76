"""Is there an API behind the address at all, and does it know us? Asked of the first answer only."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from contract.errors import Refused, Unreachable
from contract.target import TOKEN_VARIABLE

if TYPE_CHECKING:
    from contract.model import Answer

_PAGE = re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype|html|head)", re.IGNORECASE | re.DOTALL)
_GATEWAY = frozenset({502, 503, 504, 521, 522, 523, 530})


def check(answer: Answer) -> None:
    """Raises Unreachable or Refused, with a sentence that says what to do."""
    status, url = answer.status, answer.url
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        what = "is not accepted" if status == HTTPStatus.UNAUTHORIZED else "lacks the permission"
        raise Refused(
            f"{url} answered {status}: the token in {TOKEN_VARIABLE} {what}; nothing could be checked"
        )
    if status in range(300, 400):
        location = answer.headers.get("location", "nowhere")
        raise Unreachable(f"{url} redirects ({status}) to {location}: give the address that answers itself")
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.GONE}:
        raise Unreachable(f"{url} answered {status}: no such endpoint there; is the base URL right?")
    if _PAGE.match(answer.body):
        raise Unreachable(
            f"{url} answered {status} with a web page instead of the API; is the base URL right?"
        )
    if status in _GATEWAY:
        raise Unreachable(f"{url} answered {status}: the API behind it is down")
