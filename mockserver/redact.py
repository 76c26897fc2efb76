"""Secrets, made unreadable before they reach a log line or a journal."""

from __future__ import annotations

import re
from functools import lru_cache

_SHOWN = 4
_LEAST = 2 * _SHOWN
MASK = "…"

#: A client sends the same header with each request; so few that headers of any length can't fill the memory.
_REMEMBERED = 64

#: Headers whose value is a secret, beside `authorization`.
_SECRET_HEADERS = ("cookie", "proxy-authorization", "x-api-key", "x-auth-token")

#: `Basic`, `Token`, `ApiKey`: no token is so short and has letters alone.
_SCHEME = re.compile(r"[A-Za-z]{1,12}")

_NAMES = rb"(?:api[-_]?key|password|secret|(?:[a-z]+[-_])?token|authorization)"
_JSON_SECRET = re.compile(rb'("' + _NAMES + rb'"\s*:\s*)"(?:[^"\\]|\\.)*"', re.IGNORECASE)
_FORM_SECRET = re.compile(rb"((?:^|&)" + _NAMES + rb"=)[^&]*", re.IGNORECASE)

#: Between the name and the @ of a URL.
_PASSWORD = re.compile(r"(?<=:)[^/:@]+(?=@)")


def token(value: str | None) -> str:
    """Enough of a token to tell two apart, never enough to use it; "-" for none."""
    if value is None:
        return "-"
    return f"{value[:_SHOWN]}{MASK}" if len(value) >= _LEAST else MASK


def headers(sent: dict[str, str]) -> dict[str, str]:
    """A copy with the secrets masked; the scheme of an `authorization` stays readable."""
    kept = sent.copy()
    if "authorization" in kept:
        kept["authorization"] = authorization(kept["authorization"])
    for name in _SECRET_HEADERS:
        if name in kept:
            kept[name] = MASK
    return kept


@lru_cache(maxsize=_REMEMBERED)
def authorization(value: str) -> str:
    """`Bearer abcd…`; of any other header only the first word, if it is not the last."""
    position = value.lower().rfind("bearer ")
    if position >= 0:
        start = position + len("bearer ")
        return f"Bearer {token(value[start:])}" if value[start:] else "Bearer "
    first, blank, _ = value.partition(" ")
    return f"{scheme(first)} {MASK}" if blank else token(value)


def scheme(word: str) -> str:
    """The first word of an `authorization`, unless it looks like a secret itself."""
    return word if _SCHEME.fullmatch(word) else token(word)


def content(sent: bytes, secret: str | None) -> bytes:
    """A body or query string without the caller's token, and without values that are named like secrets."""
    if secret and len(secret) >= _LEAST:
        sent = sent.replace(secret.encode("latin-1"), token(secret).encode())
    # Nearly no body names a secret: a text is found ten times as quickly as a pattern, and in text more quickly
    # than in bytes, where `in` tries a number first.
    text = sent.lower().decode("latin-1")
    if "token" in text or "secret" in text or "password" in text or "authorization" in text or "api" in text:
        sent = _JSON_SECRET.sub(b'\\1"' + MASK.encode() + b'"', sent)
        sent = _FORM_SECRET.sub(b"\\1" + MASK.encode(), sent)
    return sent


def url(text: str) -> str:
    """A URL without its password."""
    return _PASSWORD.sub(MASK, text)
