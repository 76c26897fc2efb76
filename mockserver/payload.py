"""Bodies and query strings, decoded as PHP does: what it can't read is empty, never an error.

Source: recorded exchanges (groups `body_syntax`, `content_type`, `query_input`, `page_query`).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import unquote_to_bytes

from mockserver.rules import php

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Recorded: 511 levels of JSON are read, 512 are not.
MAX_JSON_DEPTH = 511
#: PHP's own bounds of `a[b][c]` and of the number of fields in a form.
MAX_NAME_DEPTH = 64
MAX_FIELDS = 1000

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_KEYS = re.compile(r"\[([^\]]*)\]")


def decode(body: bytes, content_type: str) -> dict[str, object]:
    """The fields of a body. JSON is told by `/json` or `+json` in these very letters."""
    if "/json" in content_type or "+json" in content_type:
        return _decode_json(body)
    media = content_type.partition(";")[0].strip().lower()
    if media == "application/x-www-form-urlencoded":
        return decode_query(body)
    if media == "multipart/form-data":
        return _nested(_multipart(body, content_type))
    return {}


def decode_query(text: bytes) -> dict[str, object]:
    """The fields of a query string or form body: `a=1&b[]=2&c[d]=3`."""
    return _nested(_pairs(text)) if text else {}


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)


def _integer(text: str) -> int | float:
    if text == "-0" or len(text) > len(str(php.INT_MIN)):
        return float(text)
    number = int(text)
    return number if php.INT_MIN <= number <= php.INT_MAX else float(text)


_JSON = json.JSONDecoder(parse_int=_integer, parse_constant=_refuse)


def _decode_json(body: bytes) -> dict[str, object]:
    try:
        text = body.decode().strip(" \t\n\r")
        if _is_too_deep(text):
            return {}
        value, end = _JSON.raw_decode(text)
        if end < len(text):
            return {}
        if "\\u" in text:
            # A lone half of a surrogate pair is no character; encoding finds it.
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return {}
    if isinstance(value, list):
        return {str(index): item for index, item in enumerate(value)}
    return value if isinstance(value, dict) else {}


def _is_too_deep(text: str) -> bool:
    if text.count("{") + text.count("[") <= MAX_JSON_DEPTH:
        return False
    depth = deepest = 0
    for character in _STRING.sub("", text):
        if character in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "}]":
            depth -= 1
    return deepest > MAX_JSON_DEPTH


def _pairs(text: bytes) -> Iterator[tuple[str, str]]:
    for pair in text.split(b"&", MAX_FIELDS)[:MAX_FIELDS]:
        name, _, value = pair.partition(b"=")
        yield _text(name), _text(value)


def _text(encoded: bytes) -> str:
    return unquote_to_bytes(encoded.replace(b"+", b" ")).decode(errors="surrogateescape")


def _nested(pairs: Iterator[tuple[str, str]]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name, value in pairs:
        path = _path(name)
        if path and len(path) <= MAX_NAME_DEPTH:
            _put(fields, path, value)
    return fields


def _path(name: str) -> list[str]:
    """`a.b[c][]` is ["a_b", "c", ""]: blanks and dots of the first part become underscores."""
    name = name.lstrip(" ").partition("\0")[0]
    stem, bracket, rest = name.partition("[")
    if not bracket or not stem or "]" not in rest:
        return [re.sub(r"[ .\[]", "_", name)] if name else []
    path = [re.sub(r"[ .]", "_", stem)]
    position = len(stem)
    while match := _KEYS.match(name, position):
        path.append(match[1])
        position = match.end()
    return path


def _put(fields: dict[str, object], path: list[str], value: str) -> None:
    here = fields
    for key in path[:-1]:
        key = key or _next_index(here)  # noqa: PLW2901 - `[]` asks for the next free index
        deeper = here.get(key)
        if not isinstance(deeper, dict):
            deeper = here[key] = {}
        here = deeper
    here[path[-1] or _next_index(here)] = value


def _next_index(items: dict[str, object]) -> str:
    taken = (int(key) for key in items if key.isascii() and key.isdigit() and len(key) <= 18)  # noqa: PLR2004
    return str(max(taken, default=-1) + 1)


def _multipart(body: bytes, content_type: str) -> Iterator[tuple[str, str]]:
    """The fields of a multipart body; uploaded files are no fields."""
    from email.parser import BytesParser  # noqa: PLC0415 - rare, and the import is dear
    from email.policy import HTTP  # noqa: PLC0415

    head = b"Content-Type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n"
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    if not message.is_multipart():
        return
    for part in list(message.iter_parts())[:MAX_FIELDS]:
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str) and part.get_filename() is None:
            content = part.get_payload(decode=True)
            yield name, content.decode(errors="surrogateescape") if isinstance(content, bytes) else ""
