"""The flag for addresses and `read_status`, doing nothing, the opposite, or too much."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mockserver.drift.asking import asks, drops, filters_of, maps, page_of, when
from mockserver.drift.violation import Drift
from mockserver.model import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.drift.call import Fields, Step

_drift = partial(Drift, area="options")
_HIDDEN, _SHOWN = ("flags.addresses-hidden",), ("flags.addresses-shown",)
_STATUS_MATCHES, _STATUS_COMPLETE = ("read-status.matches",), ("read-status.complete",)
_FLAG = "include_ip_addresses"
_FLIPPED = {"read": "unread", "unread": "read"}


def _flag(condition: Callable[[Fields], bool]) -> Step:
    """Show addresses for such requests and no others."""
    return asks(lambda fields: {**fields, _FLAG: "1" if condition(fields) else "0"})


DRIFTS = (
    _drift("addresses-always", "addresses are shown when nobody asked", _HIDDEN, _flag(lambda _: True)),
    _drift("addresses-never", "include_ip_addresses does nothing", _SHOWN, drops(_FLAG)),
    _drift(
        "addresses-turned",
        "include_ip_addresses means the opposite",
        (*_HIDDEN, *_SHOWN),
        _flag(lambda fields: fields.get(_FLAG) != "1"),
    ),
    _drift(
        "addresses-for-false",
        "the text false shows addresses",
        _HIDDEN,
        _flag(lambda fields: fields.get(_FLAG) not in (None, "0", 0, False)),
    ),
    _drift(
        "addresses-for-zero",
        "any value of the flag shows addresses, 0 too",
        _HIDDEN,
        _flag(lambda fields: _FLAG in fields),
    ),
    _drift(
        "addresses-with-other-flag",
        "check_irregular_traffic shows addresses too",
        _HIDDEN,
        _flag(lambda fields: "1" in (fields.get(_FLAG), fields.get("check_irregular_traffic"))),
    ),
    _drift(
        "addresses-from-page-two",
        "from page 2 on addresses are shown",
        _HIDDEN,
        _flag(lambda fields: fields.get(_FLAG) == "1" or page_of(fields) > 1),
    ),
    _drift(
        "addresses-with-filters",
        "with filters addresses are shown",
        _HIDDEN,
        _flag(lambda fields: fields.get(_FLAG) == "1" or bool(set(filters_of(fields)) & set(COLUMNS))),
    ),
    _drift(
        "read-status-ignored",
        "read_status does nothing",
        (*_STATUS_MATCHES, *_STATUS_COMPLETE),
        drops("read_status"),
    ),
    _drift(
        "read-status-reversed",
        "read shows the unread and the other way round",
        _STATUS_MATCHES,
        maps("read_status", _FLIPPED),
    ),
    _drift(
        "read-status-unread-ignored",
        "unread shows all, read only the read",
        _STATUS_MATCHES,
        when(lambda fields: fields.get("read_status") == "unread", drops("read_status")),
    ),
    _drift(
        "read-status-read-ignored",
        "read shows all, unread only the unread",
        _STATUS_MATCHES,
        when(lambda fields: fields.get("read_status") == "read", drops("read_status")),
    ),
    _drift(
        "read-status-null-is-unread",
        "null shows only the unread",
        ("read-status.null",),
        asks(
            lambda fields: (
                {**fields, "read_status": "unread"} if fields.get("read_status", "") is None else fields
            )
        ),
    ),
    _drift(
        "read-status-null-is-read",
        "null shows only the read",
        ("read-status.null",),
        asks(
            lambda fields: (
                {**fields, "read_status": "read"} if fields.get("read_status", "") is None else fields
            )
        ),
    ),
    _drift(
        "read-status-unread-by-default",
        "without read_status only the unread come",
        ("pagination.total",),
        asks(lambda fields: {"read_status": "unread", **fields}),
    ),
    _drift(
        "read-status-ignored-with-filters",
        "with filters read_status does nothing",
        _STATUS_MATCHES,
        when(filters_of, drops("read_status")),
    ),
)
