"""Who asks: the Bearer token as the framework reads it, and what our token names mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

#: Without `--token-pattern`: no blanks, quotes or commas, which no issued token has.
ANY_TOKEN = re.compile(r"[^\s\"',]+")

_UNAUTHENTICATED = ("expired-", "revoked-")
_FORBIDDEN = ("forbidden-",)


class Access(Enum):
    GRANTED = auto()
    UNAUTHENTICATED = auto()
    FORBIDDEN = auto()


@dataclass(frozen=True, slots=True)
class Caller:
    """The token that was read, or None where the header has none, and what it may do."""

    token: str | None
    access: Access


def bearer(authorization: str) -> str | None:
    """The token of a header: behind the last "Bearer ", in any case, up to the first comma."""
    position = authorization.lower().rfind("bearer ")
    if position < 0:
        return None
    return authorization[position + len("bearer ") :].partition(",")[0]


def identify(authorization: str, pattern: re.Pattern[str]) -> Caller:
    """Who sent this header; tokens that do not fully match the pattern are refused."""
    token = bearer(authorization)
    if token is None or not pattern.fullmatch(token) or token.startswith(_UNAUTHENTICATED):
        return Caller(token, Access.UNAUTHENTICATED)
    return Caller(token, Access.FORBIDDEN if token.startswith(_FORBIDDEN) else Access.GRANTED)
