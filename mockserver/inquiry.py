"""What valid input asks for: which rows, which page of them, with which extra columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mockserver.model import COLUMNS, SORT_KEYS, Query
from mockserver.paginate import Page
from mockserver.rules import php
from mockserver.rules.instants import MICROSECONDS, instant, wall_clock
from mockserver.rules.page import page_number, page_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mockserver.profile import Profile

_TRUE_WORDS = ("1", "true", "on", "yes")

#: Beyond every row, for a date that the profile's rules let go missing.
_EVER = 2**62


class Inquiry(NamedTuple):
    """A request once it is valid."""

    query: Query
    page: Page
    irregular_traffic: bool
    ip_addresses: bool


def read(data: Mapping[str, object], now: datetime, profile: Profile) -> Inquiry:
    """The inquiry of cleaned and valid input at the moment `now`."""
    truth = profile.flags.truth
    read_date = instant if profile.dates.offsets == "counted" else wall_clock
    query = Query(
        # A row's time is a whole second: the first at or after the start, the last up to the end.
        start=-(-_or(read_date(data.get("start_date"), now), -_EVER) // MICROSECONDS),
        end=_or(read_date(data.get("end_date"), now), _EVER) // MICROSECONDS,
        sort_key=_sort_key(data.get("sortKey")),
        descending=data.get("sortOrder") != "asc",
        read_status=_text(data.get("read_status")),
        filters=_filters(data.get("filters")),
    )
    size = page_size(data.get("per_page")) or profile.pagination.default_per_page
    return Inquiry(
        query,
        Page(page_number(data.get("page")), size),
        irregular_traffic=_is_true(data.get("check_irregular_traffic"), truth),
        ip_addresses=_is_true(data.get("include_ip_addresses"), truth),
    )


def _or(microseconds: int | None, otherwise: int) -> int:
    return otherwise if microseconds is None else microseconds


def _sort_key(value: object) -> str:
    return value if isinstance(value, str) and value in SORT_KEYS else "created_at"


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _filters(value: object) -> dict[str, Sequence[object]]:
    """Known columns with the values they may have; a blank one filters nothing."""
    if not isinstance(value, dict):
        return {}
    return {
        column: accepted
        for column, wanted in value.items()
        if column in COLUMNS and (accepted := _accepted(wanted))
    }


def _accepted(wanted: object) -> Sequence[object]:
    if isinstance(wanted, list):
        return wanted
    if isinstance(wanted, dict):
        return list(wanted.values())
    return () if wanted is None else (wanted,)


def _is_true(value: object, truth: str) -> bool:
    if value is None:
        return False
    if truth == "php":
        return php.is_truthy(value)
    return not php.is_array(value) and php.to_text(value).lower() in _TRUE_WORDS
