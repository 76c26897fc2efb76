"""A cache in front of the vendor whose key lacks a part of the request."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from mockserver.drift.answering import OK, body
from mockserver.drift.violation import Drift

if TYPE_CHECKING:
    from mockserver.drift.call import Call, Step
    from mockserver.respond import Answer

_drift = partial(Drift, area="cache")
#: Who is asked what else: the cache of a server that runs on keeps no more answers.
_SIZE = 1000


def _cached(*left_out: str) -> Step:
    """The first body for such input, again for all input that differs in these fields alone."""

    def cached(call: Call) -> Answer:
        answer = call.answer()
        if answer.status != OK:
            return answer
        kept = call.memory.kept
        fields = {name: value for name, value in call.fields.items() if name not in left_out}
        if len(kept) >= _SIZE:
            kept.clear()
        whole = kept.setdefault(json.dumps(fields, sort_keys=True), answer.body)
        return body(lambda _: whole)(answer)

    return cached


DRIFTS = (
    _drift(
        "cache-without-page",
        "a cached page serves every page number",
        ("pagination.current-page",),
        _cached("page"),
    ),
    _drift(
        "cache-without-filters", "a cached page serves other filters", ("filters.match",), _cached("filters")
    ),
    _drift(
        "cache-without-sort-key", "a cached page serves other sort keys", ("sort.order",), _cached("sortKey")
    ),
    _drift(
        "cache-without-sort-order",
        "a cached page serves the other direction",
        ("sort.order",),
        _cached("sortOrder"),
    ),
    _drift(
        "cache-without-sort",
        "a cached page serves every order",
        ("sort.order",),
        _cached("sortKey", "sortOrder"),
    ),
    _drift(
        "cache-without-range",
        "a cached page serves other dates",
        ("range.inside",),
        _cached("start_date", "end_date"),
    ),
    _drift(
        "cache-without-read-status",
        "a cached page serves other read_status",
        ("read-status.matches",),
        _cached("read_status"),
    ),
    _drift(
        "cache-without-options",
        "a cached page serves other flags and read_status",
        ("flags.addresses-shown", "read-status.matches"),
        _cached("read_status", "include_ip_addresses", "check_irregular_traffic"),
    ),
    _drift(
        "cache-without-body",
        "a cached page serves every body of its page number",
        ("sort.order", "pagination.per-page"),
        _cached(
            "start_date",
            "end_date",
            "sortKey",
            "sortOrder",
            "read_status",
            "per_page",
            "include_ip_addresses",
            "check_irregular_traffic",
            "filters",
        ),
    ),
)
