"""Steps that change what is asked, or on what: the endpoint then answers another question correctly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mockserver import timestamp
from mockserver.rules.check import Ruleset

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockserver.dataset import Dataset
    from mockserver.drift.call import Call, Fields, Json, Step
    from mockserver.profile import Profile
    from mockserver.respond import Answer

#: The first and the last second that can be shown, since 1970 UTC: a bound that bounds nothing.
FIRST, LAST = -62_135_596_800, 253_402_300_799


def asks(edit: Callable[[Fields], Fields]) -> Step:
    """Ask `edit(fields)` instead."""
    return lambda call: call.asking(edit(call.fields)).answer()


def swaps(name: str, edit: Callable[[Json], Json]) -> Step:
    """Ask with `edit(value)` in a field that was sent with a value."""

    def edited(fields: Fields) -> Fields:
        return {**fields, name: edit(fields[name])} if fields.get(name) is not None else fields

    return asks(edited)


def maps(name: str, values: Mapping[str, Json]) -> Step:
    """Ask with another value where a field has one of these; what is not text stays."""
    return swaps(name, lambda value: values.get(value, value) if isinstance(value, str) else value)


def drops(*names: str) -> Step:
    """Ask as if these fields had not been sent."""
    return asks(lambda fields: {name: value for name, value in fields.items() if name not in names})


def moved(value: Json, move: Callable[[int], int]) -> Json:
    """A moment, in seconds since 1970 UTC, moved and written as the page does; what is none stays."""
    instant = timestamp.parse(value) if isinstance(value, str) else None
    if instant is None:
        return value
    return timestamp.plain(min(max(move(instant), FIRST), LAST))


def moves(**edits: Callable[[int], int]) -> Step:
    """Ask with these dates moved."""

    def edited(fields: Fields) -> Fields:
        return {name: moved(value, edits[name]) if name in edits else value for name, value in fields.items()}

    return asks(edited)


def over(change: Callable[[Dataset], Dataset]) -> Step:
    """Answer from changed rows."""
    return lambda call: call.over(change).answer()


def ruled(**rules: str) -> Step:
    """Validate with these rules; "" is no rule."""

    def change(profile: Profile) -> Profile:
        changed = Ruleset({**profile.rules.source, **rules}, profile.pagination.max_per_page)
        return replace(profile, rules=changed)

    return lambda call: call.under(change).answer()


def when(condition: Callable[[Fields], object], step: Step) -> Step:
    """Take the step for such requests only."""

    def taken(call: Call) -> Answer:
        return step(call) if condition(call.fields) else call.answer()

    return taken


def every(number: int, step: Step) -> Step:
    """Take the step for every so manyth request only."""
    return lambda call: step(call) if call.memory.requests % number == 0 else call.answer()


def both(outer: Step, inner: Step) -> Step:
    """Two steps at once: what `outer` asks goes through `inner`."""
    return lambda call: outer(replace(call, endpoint=lambda *asked: inner(call.passed_on(*asked))))


def page_of(fields: Fields) -> int:
    """The page that is asked for; 1 for what is no page number."""
    text = str(fields.get("page"))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1  # noqa: PLR2004


def filters_of(fields: Fields) -> dict[str, Json]:
    """The filters by column; empty where none are asked for."""
    filters = fields.get("filters")
    return filters if isinstance(filters, dict) else {}


def texts_in(value: Json) -> list[str]:
    """Every text in a JSON value, keys included."""
    if isinstance(value, dict):
        return [*value, *(text for item in value.values() for text in texts_in(item))]
    if isinstance(value, list):
        return [text for item in value for text in texts_in(item)]
    return [value] if isinstance(value, str) else []
