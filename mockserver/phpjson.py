"""JSON as PHP writes it."""

from __future__ import annotations

import json
import re

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_PRETTY = json.JSONEncoder(ensure_ascii=False, indent=4, allow_nan=False)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def json_text(value: object) -> str:
    r"""The JSON that PHP's `json_encode` writes: compact, ASCII, `/` as `\/`, and DEL as it is.

    Raises `ValueError` for an infinite number.
    """
    return _ascii(_COMPACT.encode(value).replace("/", "\\/"))


def pretty_text(value: object) -> str:
    """The same with `JSON_PRETTY_PRINT` and plain slashes, as the framework's exception handler asks."""
    return _ascii(_PRETTY.encode(value))


def _ascii(text: str) -> str:
    return text if text.isascii() else _BEYOND_ASCII.sub(lambda run: json.dumps(run[0])[1:-1], text)
