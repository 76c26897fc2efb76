"""The loop: the longest format at each place of the text, until the text is used up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mockserver.rules.dates import common
from mockserver.rules.dates.common import Reading
from mockserver.rules.dates.draft import Draft, UnreadableError
from mockserver.rules.dates.grammar import END, formats
from mockserver.rules.dates.gregorian import is_real
from mockserver.rules.dates.instant import microseconds
from mockserver.rules.values import TRIMMED

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from datetime import datetime

    from mockserver.rules.dates.grammar import Format

_MOST_CHARACTERS: Final = 1_000
_SECOND: Final = 1_000_000


def read(text: str, now: datetime) -> Reading | None:
    """Read a text as `strtotime` does; None where that fails.

    `now` (aware, in UTC) is the moment that "tomorrow" counts from. A text without a zone is in
    UTC. Whatever the framework trims around a text is ignored. Never raises.
    """
    reading = common.read(text)
    if reading is not None:
        return reading
    if not text:
        return None
    try:
        draft = Draft()
        for form, match in tokens(text.strip(TRIMMED)):
            form.sets(draft, match)
    except UnreadableError:
        return None
    full_date = is_real(draft.year or 0, draft.month or 0, draft.day or 0)
    instant = microseconds(draft, now)
    offset_seconds = draft.zone.clock_at(instant // _SECOND)[0] if draft.zone else 0
    return Reading(full_date, instant, offset_seconds)


def tokens(text: str) -> Iterator[tuple[Format, re.Match[str]]]:
    """Cut a text into tokens; raises UnreadableError where no format fits and if it is too long."""
    if len(text) > _MOST_CHARACTERS:
        raise UnreadableError
    text += END
    position = 0
    while position < len(text):
        form, match = _longest(text, position)
        yield form, match
        position = match.end()


def _longest(text: str, position: int) -> tuple[Format, re.Match[str]]:
    best: tuple[Format, re.Match[str]] | None = None
    for form in formats():
        match = form.pattern.match(text, position)
        if match and (best is None or match.end() > best[1].end()):
            best = form, match
    if best is None:
        raise UnreadableError
    return best
