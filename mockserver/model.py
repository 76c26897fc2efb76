"""The facts that the parts of the fake hand to each other."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Columns that every row has, in the order in which a row is written.
COLUMNS = (
    "id",
    "browser",
    "device",
    "platform_os",
    "country",
    "time_spend",
    "read_status",
    "created_at",
)

#: The page's values of `sortKey`: every column but `read_status`.
SORT_KEYS = ("id", "browser", "device", "platform_os", "country", "time_spend", "created_at")

#: Columns that a row shows only when the request asks for them, by the flag that asks.
OPTIONAL_COLUMNS = {
    "check_irregular_traffic": "irregular_traffic",
    "include_ip_addresses": "ip_addresses",
}


#: No more rows are generated, whoever asks: memory is bounded.
MAX_SESSIONS = 50_000_000


class Query(NamedTuple):
    """What a valid request asks of the rows.

    `start` and `end` are whole seconds since 1970 UTC, both inclusive, of any size. `filters`
    maps known columns to the values that a row may have there; values are JSON scalars as sent.
    """

    start: int
    end: int
    sort_key: str
    descending: bool
    read_status: str | None = None
    filters: Mapping[str, Sequence[object]] = MappingProxyType({})
