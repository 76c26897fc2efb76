"""Input that is let through though wrong, or refused though right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mockserver import timestamp
from mockserver.drift.answering import refuses
from mockserver.drift.asking import FIRST, asks, ruled
from mockserver.drift.violation import Drift

if TYPE_CHECKING:
    from mockserver.drift.call import Call, Fields, Json
    from mockserver.respond import Answer

_missing = partial(Drift, area="validation-missing")
_lenient = partial(Drift, area="validation-accepts-bad")
_strict = partial(Drift, area="validation-rejects-good")

_KEYS = "id,browser,device,platform_os,country,time_spend,created_at"
_MAX_SPAN_SECONDS = 30 * timestamp.SECONDS_A_DAY


def _without(*names: str) -> str:
    return f"required|in:{','.join(name for name in _KEYS.split(',') if name not in names)}"


def _empty_start(fields: Fields) -> Fields:
    """A null is taken for the beginning of time; a field that is not sent stays missing."""
    is_null = "start_date" in fields and fields["start_date"] is None
    return {**fields, "start_date": timestamp.plain(FIRST)} if is_null else fields


def _too_long(call: Call) -> Answer:
    start, end = (timestamp.parse(str(call.fields.get(name))) for name in ("start_date", "end_date"))
    is_long = start is not None and end is not None and end - start > _MAX_SPAN_SECONDS
    return refuses("end_date", "The range must not be longer than 30 days.", lambda _: is_long)(call)


def _is_text(value: Json) -> bool:
    return isinstance(value, str)


DRIFTS = (
    _missing(
        "start-date-optional", "200 without start_date", ("refuses.start-date",), ruled(start_date="date")
    ),
    _missing("end-date-optional", "200 without end_date", ("refuses.end-date",), ruled(end_date="date")),
    _missing("sort-key-optional", "200 without sortKey", ("refuses.sort-key",), ruled(sortKey=f"in:{_KEYS}")),
    _missing(
        "sort-order-optional",
        "200 without sortOrder",
        ("refuses.sort-order",),
        ruled(sortOrder="in:asc,desc"),
    ),
    _missing("filters-optional", "200 without filters", ("refuses.filters",), ruled(filters="array")),
    _missing(
        "nothing-required",
        "200 for an empty object",
        (
            "refuses.start-date",
            "refuses.end-date",
            "refuses.sort-key",
            "refuses.sort-order",
            "refuses.filters",
        ),
        ruled(
            start_date="date",
            end_date="date",
            sortKey=f"in:{_KEYS}",
            sortOrder="in:asc,desc",
            filters="array",
        ),
    ),
    _missing("start-date-null", "200 when start_date is null", ("refuses.start-date",), asks(_empty_start)),
    _missing(
        "sort-key-null",
        "200 when sortKey is null",
        ("refuses.sort-key",),
        ruled(sortKey=f"present|nullable|in:{_KEYS}"),
    ),
    _lenient(
        "sort-key-any", "any text passes for sortKey", ("refuses.sort-key",), ruled(sortKey="required|string")
    ),
    _lenient(
        "sort-key-any-column",
        "sortKey may be any column of a row",
        ("refuses.sort-key",),
        ruled(sortKey=f"required|in:{_KEYS},read_status,ip_addresses"),
    ),
    _lenient(
        "sort-order-any",
        "any text passes for sortOrder",
        ("refuses.sort-order",),
        ruled(sortOrder="required|string"),
    ),
    _lenient(
        "read-status-any", "anything passes for read_status", ("refuses.read-status",), ruled(read_status="")
    ),
    _lenient("filters-any", "filters may be a text", ("refuses.filters",), ruled(filters="present")),
    _lenient(
        "start-date-any",
        "any text passes for start_date",
        ("refuses.start-date",),
        ruled(start_date="required|string"),
    ),
    _lenient(
        "end-date-any", "anything passes for end_date", ("refuses.end-date",), ruled(end_date="required")
    ),
    _strict(
        "sort-key-country-refused",
        "sortKey country is refused",
        ("accepts.sort-key",),
        ruled(sortKey=_without("country")),
    ),
    _strict(
        "sort-key-time-spend-refused",
        "sortKey time_spend is refused",
        ("accepts.sort-key",),
        ruled(sortKey=_without("time_spend")),
    ),
    _strict(
        "sort-key-in-camel-case",
        "sortKey wants createdAt, timeSpend and platformOs",
        ("accepts.sort-key",),
        ruled(sortKey="required|in:id,browser,device,platformOs,country,timeSpend,createdAt"),
    ),
    _strict(
        "sort-order-desc-refused",
        "sortOrder desc is refused",
        ("accepts.sort-order",),
        ruled(sortOrder="required|in:asc"),
    ),
    _strict(
        "sort-order-upper-case",
        "sortOrder wants ASC or DESC",
        ("accepts.sort-order",),
        ruled(sortOrder="required|in:ASC,DESC"),
    ),
    _strict(
        "read-status-null-refused",
        "read_status null is refused",
        ("accepts.read-status",),
        ruled(read_status="in:read,unread"),
    ),
    _strict(
        "read-status-required",
        "422 without read_status",
        ("accepts.read-status",),
        ruled(read_status="required|in:read,unread"),
    ),
    _strict(
        "read-status-read-refused",
        "read_status read is refused",
        ("accepts.read-status",),
        ruled(read_status="nullable|in:unread"),
    ),
    _strict(
        "read-status-as-number",
        "read_status wants 0 or 1",
        ("accepts.read-status",),
        ruled(read_status="nullable|in:0,1"),
    ),
    _strict(
        "per-page-text-refused",
        "per_page as a text is refused",
        ("accepts.per-page",),
        refuses("per_page", "The per page field must be an integer.", _is_text),
    ),
    _strict("per-page-required", "422 without per_page", ("accepts.per-page",), ruled(per_page="required")),
    _strict(
        "flags-text-refused",
        "include_ip_addresses as a text is refused",
        ("accepts.include-ip-addresses",),
        refuses("include_ip_addresses", "The include ip addresses field must be true or false.", _is_text),
    ),
    _strict(
        "irregular-flag-required",
        "422 without check_irregular_traffic",
        ("accepts.check-irregular-traffic",),
        ruled(check_irregular_traffic="required"),
    ),
    _strict(
        "date-without-time",
        "dates want Y-m-d and refuse a time",
        ("accepts.start-date", "accepts.end-date"),
        ruled(start_date="required|date_format:Y-m-d", end_date="required|date_format:Y-m-d"),
    ),
    _strict(
        "date-in-rfc3339-only",
        "dates want a T and an offset, and refuse the page's own notation",
        ("accepts.start-date", "accepts.end-date"),
        ruled(
            start_date=r"required|date_format:Y-m-d\TH:i:sP", end_date=r"required|date_format:Y-m-d\TH:i:sP"
        ),
    ),
    _strict("range-too-long", "more than 30 days are refused", ("accepts.end-date",), _too_long),
    _strict(
        "filters-as-text",
        "filters wants the text of the page's sample and refuses an object",
        ("accepts.filters",),
        refuses("filters", "The filters field must be a string.", lambda value: isinstance(value, dict)),
    ),
)
