"""Laravel's `date_format`: a text reads by a layout, and the date, written by it again, is the text.

Reading is lenient in PHP (`m` takes one digit, `P` takes `Z`, February 30 runs into March); the
writing is what makes the rule strict. Characters of a layout that are no letter of `letters` stand
for themselves, and so does whatever follows a backslash.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from mockserver.rules import php
from mockserver.rules.dates import common
from mockserver.rules.dates.draft import Draft, UnreadableError
from mockserver.rules.dates.instant import microseconds
from mockserver.rules.dates.letters import LETTERS, Letter
from mockserver.rules.dates.moment import EPOCH, Moment
from mockserver.rules.values import TRIMMED

#: Wildcards, and letters that PHP writes but cannot read: a layout with one matches nothing.
_ONE_WAY: Final = frozenset("?*+#!|NwWotLBIZcr")


def matches_format(text: str, php_format: str) -> bool:
    """Tell whether a text is a date as a layout of PHP's `date()` writes it.

    Whatever the framework trims around a text is ignored. The framework compares what is written
    with the text by `==`, for which numbers are equal by value: "5" matches `d`. Never raises.
    """
    text = text.strip(TRIMMED)
    if php_format == common.LAYOUT and common.is_layout(text):
        return True
    layout, draft = _split(php_format), _draft(text, php_format)
    if layout is None or draft is None:
        return False
    moment = Moment.of(draft)
    written = "".join(part if isinstance(part, str) else part.writes(moment) for part in layout)
    return php.loosely_equal(written, text)


def read_by_format(text: str, php_format: str) -> int | None:
    """Microseconds since 1970 UTC of a text as a layout reads it, leniently; None if it does not.

    Comparisons of dates beside `date_format` read both sides so.
    """
    draft = _draft(text.strip(TRIMMED), php_format)
    return microseconds(draft, EPOCH) if draft else None


def _draft(text: str, php_format: str) -> Draft | None:
    layout = _split(php_format)
    if layout is None or "\0" in text:
        return None
    try:
        return _read(text, layout)
    except UnreadableError:
        return None


@lru_cache(maxsize=64)
def _split(php_format: str) -> tuple[Letter | str, ...] | None:
    """Split a layout into letters and plain characters; None if it can match nothing."""
    parts: list[Letter | str] = []
    characters = iter(php_format)
    for character in characters:
        if character == "\\":
            escaped = next(characters, None)
            if escaped is None:
                return None
            parts.append(escaped)
        elif character in _ONE_WAY:
            return None
        else:
            parts.append(LETTERS.get(character, character))
    return tuple(parts)


def _read(text: str, layout: tuple[Letter | str, ...]) -> Draft:
    """Read a text from the epoch on: what the layout does not name is 1970, January 1, midnight."""
    draft = Draft(1970, 1, 1, 0, 0, 0, 0, times=1)
    position = 0
    for part in layout:
        if position == len(text):
            raise UnreadableError
        pattern = re.escape(part) if isinstance(part, str) else part.reads
        match = re.compile(pattern).match(text, position)
        if match is None:
            raise UnreadableError
        if isinstance(part, Letter):
            part.sets(draft, match[0])
        position = match.end()
    if position != len(text):
        raise UnreadableError
    return draft
