"""Secrets out of everything that leaves the kit, by value and not by the name of a key."""

from __future__ import annotations

import base64
import dataclasses
import html
import json
import re
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MASK = "[token]"
#: What could move a terminal's cursor.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_T = TypeVar("_T")


class Redactor:
    """Masks each secret in every notation in which a server may echo it."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for secret in secrets if secret for form in _forms(secret)}
        longest_first = sorted(forms, key=len, reverse=True)
        self._secret = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)", re.IGNORECASE)

    def __call__(self, value: _T) -> _T:
        """The same value with every string in it safe to print, dataclasses included."""
        return cast("_T", self._mask(value))

    def _mask(self, value: object) -> object:
        if type(value) is str:  # an enum's member is none of the server's words
            return _CONTROL.sub("\ufffd", self._secret.sub(MASK, value).encode("utf-8", "replace").decode())
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = {f.name: self._mask(getattr(value, f.name)) for f in dataclasses.fields(value)}
            return dataclasses.replace(value, **fields)
        if isinstance(value, dict):
            return {self._mask(key): self._mask(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple | frozenset):
            return type(value)(self._mask(inner) for inner in value)
        return value


def _forms(secret: str) -> Iterator[str]:
    quoted = json.dumps(secret)[1:-1]
    yield from (secret, quoted, quoted.replace("/", "\\/"), json.dumps(secret, ensure_ascii=False)[1:-1])
    yield from (quote(secret), quote(secret, safe=""), quote_plus(secret), html.escape(secret))
    # A base64 text holds the secret from one of three offsets; its last character depends on what follows.
    for lead in range(3):
        encoded = base64.b64encode(b"\0" * lead + secret.encode()).decode().rstrip("=")
        body = encoded[lead + 1 if lead else 0 : -1]
        if len(body) >= 8:  # noqa: PLR2004 - shorter pieces stand in ordinary words
            yield from (body, body.replace("+", "-").replace("/", "_"))
