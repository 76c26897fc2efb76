"""Input that a careful server answers and a careless one dies of."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from mockserver import timestamp
from mockserver.drift.answering import OK, fails
from mockserver.drift.asking import every, filters_of, page_of, texts_in
from mockserver.drift.violation import Drift
from mockserver.model import COLUMNS
from mockserver.rules.page import page_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.drift.call import Call, Fields, Json
    from mockserver.respond import Answer

_UNAVAILABLE = 503
_HUGE_PAGE = 1000
_LONG_TEXT = 255
_FIRST_ASTRAL = 0x10000
_LAST_YEARS = 253_000_000_000  # seconds since 1970: the year 9987

_drift = partial(Drift, area="server-error", breaks=("transport.no-server-error",))


def _texts(condition: Callable[[str], object]) -> Callable[[Fields], bool]:
    """A text anywhere in the filters is such a one."""
    return lambda fields: any(condition(text) for text in texts_in(filters_of(fields)))


def _values(condition: Callable[[Json], object]) -> Callable[[Fields], bool]:
    """A filter's value is such a one."""
    return lambda fields: any(condition(value) for value in filters_of(fields).values())


def _dates(fields: Fields) -> list[int]:
    found = (timestamp.parse(str(fields.get(name))) for name in ("start_date", "end_date"))
    return [instant for instant in found if instant is not None]


def _is_reversed(fields: Fields) -> bool:
    dates = _dates(fields)
    return dates != sorted(dates)


def _is_one_second(fields: Fields) -> bool:
    dates = _dates(fields)
    return len(dates) > len(set(dates))


def _is_word(value: Json) -> bool:
    return isinstance(value, str) and not value.isdigit()


def _without_rows(call: Call) -> Answer:
    """The first row of none."""
    answer = call.answer()
    is_empty = answer.status == OK and not json.loads(answer.body)["data"]["data"]
    return fails(lambda _: is_empty)(call.answered(answer))


#: Input that is answered with a 500: a name, what it is, and how to tell it.
_FATAL: tuple[tuple[str, str, Callable[[Fields], object]], ...] = (
    (
        "on-non-ascii",
        "on letters beyond ASCII in filters",
        _texts(lambda text: not text.isascii()),
    ),
    (
        "on-emoji",
        "on characters of four bytes in filters",
        _texts(lambda text: any(ord(letter) >= _FIRST_ASTRAL for letter in text)),
    ),
    ("on-quote", "on a quote in a filter", _texts(lambda text: "'" in text)),
    ("on-double-quote", "on a double quote in a filter", _texts(lambda text: '"' in text)),
    ("on-backslash", "on a backslash in a filter", _texts(lambda text: "\\" in text)),
    ("on-percent", "on a percent sign in a filter", _texts(lambda text: "%" in text)),
    (
        "on-long-text",
        "on a filter longer than a column",
        _texts(lambda text: len(text) > _LONG_TEXT),
    ),
    (
        "on-unknown-filter",
        "on a filter by an unknown column",
        lambda fields: any(name not in COLUMNS for name in filters_of(fields)),
    ),
    (
        "on-number-filter",
        "on a filter by a number",
        _values(lambda value: isinstance(value, (int, float)) and not isinstance(value, bool)),
    ),
    ("on-list-filter", "on a filter by a list", _values(lambda value: isinstance(value, list))),
    (
        "on-object-filter",
        "on a filter by an object",
        _values(lambda value: isinstance(value, dict)),
    ),
    ("on-null-filter", "on a filter by null", _values(lambda value: value is None)),
    (
        "on-boolean-filter",
        "on a filter by true or false",
        _values(lambda value: isinstance(value, bool)),
    ),
    (
        "on-two-filters",
        "on filters by two columns at once",
        lambda fields: len(filters_of(fields)) > 1,
    ),
    (
        "on-huge-page",
        "on a huge per_page",
        lambda fields: (page_size(fields.get("per_page")) or 0) > _HUGE_PAGE,
    ),
    ("on-page-size-zero", "on per_page 0", lambda fields: str(fields.get("per_page")) == "0"),
    (
        "on-page-size-word",
        "on a word for per_page",
        lambda fields: _is_word(fields.get("per_page")),
    ),
    ("on-page-zero", "on page 0", lambda fields: fields.get("page") == "0"),
    ("on-page-word", "on a word for page", lambda fields: _is_word(fields.get("page"))),
    (
        "on-page-beyond-integer",
        "on a page beyond 64 bits",
        lambda fields: len(str(fields.get("page"))) > len(str(2**63)),
    ),
    ("on-deep-page", "from page 10 on", lambda fields: page_of(fields) >= 10),  # noqa: PLR2004
    ("on-reversed-range", "when end_date lies before start_date", _is_reversed),
    (
        "on-equal-ends",
        "when the range is one second",
        _is_one_second,
    ),
    (
        "on-far-date",
        "on the year 9999",
        lambda fields: any(date > _LAST_YEARS for date in _dates(fields)),
    ),
    (
        "on-rfc3339",
        "on a date with a T",
        lambda fields: any("T" in str(fields.get(name)) for name in ("start_date", "end_date")),
    ),
    (
        "on-list-date",
        "on a list for a date",
        lambda fields: isinstance(fields.get("end_date"), (list, dict)),
    ),
    (
        "on-list-order",
        "on a list for sortOrder",
        lambda fields: isinstance(fields.get("sortOrder"), (list, dict)),
    ),
    (
        "on-unread",
        "when only unread are asked for",
        lambda fields: fields.get("read_status") == "unread",
    ),
    (
        "on-number-field",
        "on a number for per_page",
        lambda fields: isinstance(fields.get("per_page"), int),
    ),
    ("on-no-body", "on a body that does not decode", lambda fields: not fields),
    (
        "on-addresses",
        "when addresses are asked for",
        lambda fields: fields.get("include_ip_addresses") == "1",
    ),
)

DRIFTS = (
    *(_drift(f"500-{name}", f"500 {text}", step=fails(condition)) for name, text, condition in _FATAL),
    _drift("500-on-nothing-found", "500 when no row matches", step=_without_rows),
    _drift("500-now-and-then", "500 on every 20th request", step=every(20, fails(lambda _: True))),
    _drift(
        "503-now-and-then", "503 on every 15th request", step=every(15, fails(lambda _: True, _UNAVAILABLE))
    ),
)
