"""How the text of a setting is read: each function raises ValueError that says what is accepted."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mockserver.throttle import Limit

if TYPE_CHECKING:
    from collections.abc import Callable

#: `--rate-limit off`: the headers stay, with the documented numbers, and nothing is refused.
UNLIMITED = Limit(60, 60, enforced=False)

DEFAULT_AS_OF = "2026-01-31 23:59:59"

_STATE_SCHEMES = ("redis", "rediss", "valkey", "valkeys", "unix")
_FALSE, _TRUE = ("0", "false", "no", "off"), ("1", "true", "yes", "on")


def whole(least: int, most: int) -> Callable[[str], int]:
    """Numbers from `least` to `most`."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,20}", text) or not least <= int(text) <= most:
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return read


def word(*words: str) -> Callable[[str], str]:
    """One of these words."""

    def read(text: str) -> str:
        if text not in words:
            raise ValueError(" or ".join(words))
        return text

    return read


def filled(text: str) -> str:
    """Any text but the empty one."""
    if not text:
        raise ValueError("a text that is not empty")
    return text


def names(text: str) -> tuple[str, ...]:
    """Names, joined by commas."""
    names = tuple(name.strip() for name in text.split(","))
    if not all(names):
        raise ValueError("names, joined by commas")
    return names


def truth(text: str) -> bool:
    """Yes or no, in the usual words."""
    if text.lower() not in (*_FALSE, *_TRUE):
        raise ValueError("true or false")
    return text.lower() in _TRUE


def path(text: str) -> Path:
    """A path; whether there is such a file is not asked."""
    return Path(filled(text))


def pattern(text: str) -> re.Pattern[str]:
    """A regular expression."""
    try:
        return re.compile(text)
    except re.error as reason:
        raise ValueError(f"a regular expression ({reason})") from None


def moment(text: str) -> int:
    """Seconds since 1970 of a moment in UTC."""
    if text == "now":
        return int(time.time())
    try:
        return int(datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC).timestamp())
    except ValueError:
        raise ValueError(f'"now" or a moment in UTC such as "{DEFAULT_AS_OF}"') from None


def rate(text: str) -> Limit:
    """A limit, or none."""
    if text == "off":
        return UNLIMITED
    match = re.fullmatch(r"([0-9]{1,9})/([0-9]{1,9})", text)
    if not match or not int(match[1]) or not int(match[2]):
        raise ValueError('"off" or requests/seconds such as "60/60"')
    return Limit(int(match[1]), int(match[2]))


def state(text: str) -> str:
    """`memory`, or the URL of a Redis or Valkey."""
    scheme, _, place = text.partition("://")
    if text != "memory" and not (scheme in _STATE_SCHEMES and place):
        raise ValueError('"memory" or a URL such as redis://localhost:6379/0')
    return text
