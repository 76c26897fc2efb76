"""Who asks: the Bearer token as the framework reads it, and what our token names mean."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from mockserver import redact

#: Without `--token-pattern`: no blanks, quotes or commas, which no issued token has.
ANY_TOKEN = re.compile(r"[^\s\"',]+")

#: So few that headers of any length can't fill the memory.
_REMEMBERED = 64

_UNAUTHENTICATED = ("expired-", "revoked-")
_FORBIDDEN = ("forbidden-",)


class Access(Enum):
    GRANTED = auto()
    UNAUTHENTICATED = auto()
    FORBIDDEN = auto()


class Caller(NamedTuple):
    """The token that was read, or None where the header has none, and what it may do."""

    token: str | None
    access: Access


def bearer(authorization: str) -> str | None:
    """The token of a header: behind the last "Bearer ", in any case, up to the first comma."""
    position = authorization.lower().rfind("bearer ")
    if position < 0:
        return None
    return authorization[position + len("bearer ") :].partition(",")[0]


# A client sends the same header with each request.
@lru_cache(maxsize=_REMEMBERED)
def identify(authorization: str, pattern: re.Pattern[str]) -> Caller:
    """Who sent this header; tokens that do not fully match the pattern are refused."""
    token = bearer(authorization)
    if token is None or not pattern.fullmatch(token) or token.startswith(_UNAUTHENTICATED):
        return Caller(token, Access.UNAUTHENTICATED)
    return Caller(token, Access.FORBIDDEN if token.startswith(_FORBIDDEN) else Access.GRANTED)


def flaw(authorization: str | None, pattern: re.Pattern[str]) -> str:
    """A sentence that says why a header was refused, without its token."""
    if authorization is None:
        return "there is no Authorization header; send `Authorization: Bearer TOKEN`"
    token = bearer(authorization)
    if token is None:
        if authorization.lower() == "bearer":
            return "the Authorization header says Bearer and no token; send `Bearer TOKEN`"
        first, blank, _ = authorization.partition(" ")
        said = f"has the scheme {redact.scheme(first)!r}" if blank else "has no scheme"
        return f"the Authorization header {said}; send `Bearer TOKEN`"
    if not token:
        return "the token is empty; send `Bearer TOKEN`"
    if token.startswith(_UNAUTHENTICATED):
        kind = token.partition("-")[0]
        return f"tokens that start with `{kind}-` are reserved to be refused; use another one"
    if not ANY_TOKEN.fullmatch(token):
        return "the token has a blank or a quote in it; send it bare"
    return f"the token does not match this server's --token-pattern, {pattern.pattern}"
