"""A small correct server, written from the page alone, in as many variants as the page leaves open.

It is no sibling of the fake: the kit must not be judged by the only server that it was made beside.
"""

from __future__ import annotations

import json
import random
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any
from urllib.parse import parse_qs

Row = dict[str, Any]
Headers = dict[str, str]
Scope = MutableMapping[str, Any]
Mutate = Callable[["Reply", Scope, dict[str, Any]], "Reply"]

PATHS = tuple(f"{prefix}/services/analytics/v1/project/sessions" for prefix in ("", "/api"))
SORT_KEYS = ("id", "browser", "device", "platform_os", "country", "time_spend", "created_at")
REQUIRED = ("start_date", "end_date", "sortKey", "sortOrder", "filters")
START = datetime(2026, 1, 1)  # noqa: DTZ001 - UTC without a zone
SECONDS = 31 * 86400 - 1


@dataclass
class Reply:
    status: int
    body: bytes
    headers: Headers


@dataclass
class Variant:
    """What a correct server may do, as far as the page leaves it open."""

    name: str = "plain"
    size: int = 350
    seed: int = 7
    limit: int = 60
    extra_keys: bool = False
    arrives_every: int = 0
    arrives_at_the_end: bool = False
    others_spend: int = 0
    refuses_empty_filters: bool = False
    refuses_bad_page: bool = False
    refuses_odd_per_page: bool = False
    refuses_rfc3339: bool = False
    refuses_unknown_filters: bool = False
    refuses_reversed: bool = False
    uuid_ids: bool = False
    ties_by_chance_of_id: bool = False
    nulls: bool = False
    case_insensitive: bool = False
    urls_without_api: bool = False
    keeps_query: bool = False
    rate_headers_on_422: bool = True
    all_read: bool = False
    one_second: bool = False
    irregular_filters: bool = False
    nested_address: bool = False
    reads_on: bool = False
    version_columns: bool = False
    bail: bool = False
    mutate: Mutate | None = None
    left: dict[str, int] = field(default_factory=dict)
    opened: dict[str, float] = field(default_factory=dict)
    requests: int = 0
    now: Callable[[], float] = lambda: 0.0


def make_rows(variant: Variant) -> list[Row]:
    chance = random.Random(variant.seed)  # noqa: S311 - repeatable
    rows = [make_row(variant, chance, number) for number in range(1, variant.size + 1)]
    ordered = sorted(rows, key=lambda row: row["created_at"])
    for row in ordered[: 0 if variant.all_read else None]:
        row["read_status"] = "read"
    unread = [] if variant.all_read else ordered[-max(1, variant.size // 20) :]
    for row in unread:
        row["read_status"] = "unread"
    return rows


def make_row(variant: Variant, chance: random.Random, number: int, at: datetime | None = None) -> Row:
    created = at or START + timedelta(seconds=0 if variant.one_second else chance.randrange(SECONDS))
    row: Row = {
        "id": f"{chance.getrandbits(128):032x}" if variant.uuid_ids else number * 3 + 90,
        "browser": chance.choice(("Chrome", "Firefox", "Safari", "Edge", "samsung internet")),
        "device": chance.choice(("desktop", "mobile", "mobile", "tablet")),
        "platform_os": chance.choice(("Windows", "macOS", "iOS", "Android", "Linux")),
        "country": chance.choice(("NL", "NL", "BE", "DE", "Österreich", "Éire", "Côte d'Ivoire")),
        "time_spend": chance.choice((0, 4, 12, 130, 999, 1000, 2400)),
        "read_status": "read",
        "created_at": created.isoformat(sep=" "),
    }
    if variant.nulls and chance.random() < 0.2:
        row["country"] = None
    if variant.extra_keys:
        row |= {"referrer": "https://example.org/?a=1", "pages": [{"url": "/", "seconds": 3}], "score": 1.5}
    if variant.version_columns:
        row |= {"browser_version": "120.0.0.0", "zip": None}
    return row


class InvalidError(Exception):
    def __init__(self, errors: dict[str, list[str]]) -> None:
        self.errors = errors


class App:
    def __init__(self, variant: Variant) -> None:
        self.variant = variant
        self.rows = make_rows(variant)
        self.chance = random.Random(variant.seed + 1)  # noqa: S311 - repeatable

    async def __call__(
        self, scope: Scope, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
    ) -> None:
        if scope["type"] != "http":
            return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        reply, asked = self.answer(scope, body)
        if self.variant.mutate:
            reply = self.variant.mutate(reply, scope, asked)
        headers = [(name.lower().encode(), value.encode()) for name, value in reply.headers.items()]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else reply.body})

    def answer(self, scope: Scope, body: bytes) -> tuple[Reply, dict[str, Any]]:
        if scope["path"] not in PATHS:
            return said(404, {"message": "not found"}), {}
        if scope["method"] != "POST":
            return said(405, {"message": "no"}, {"Allow": "POST"}), {}
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        token = headers.get("authorization", "").removeprefix("Bearer ")
        rates, over = self.spend(token)
        if not token or token.startswith("expired"):
            return said(401, {"error": True, "message": "Unauthenticated."}, rates), {}
        if over:
            return said(
                429,
                {"error": True, "message": "Too many."},
                rates | {"Retry-After": str(ceil(self.variant.opened[token] + 60 - self.variant.now()))},
            ), {}
        if token.startswith("forbidden"):
            return said(403, {"error": True, "message": ""}, rates), {}
        self.live()
        try:
            asked = self.validate(parse(body), scope["query_string"].decode())
        except InvalidError as invalid:
            errors = dict(list(invalid.errors.items())[:1]) if self.variant.bail else invalid.errors
            rates = rates if self.variant.rate_headers_on_422 else {}
            return said(422, {"message": "The given data was invalid.", "errors": errors}, rates), {}
        host = headers.get("host", "localhost")
        return said(
            200, {"error": False, "data": self.page(asked, scope, host), "message": "ok"}, rates
        ), asked

    def spend(self, token: str) -> tuple[Headers, bool]:
        variant = self.variant
        now = variant.now()
        if now >= variant.opened.get(token, -1e9) + 60:
            variant.opened[token], variant.left[token] = now, variant.limit
        over = variant.left[token] <= 0
        variant.left[token] = max(0, variant.left[token] - 1 - variant.others_spend)
        rates = {"X-RateLimit-Limit": str(variant.limit), "X-RateLimit-Remaining": str(variant.left[token])}
        return rates | ({"X-Request-Id": "1"} if variant.extra_keys else {}), over

    def live(self) -> None:
        variant = self.variant
        variant.requests += 1
        if variant.arrives_every and variant.requests % variant.arrives_every == 0:
            at = START + timedelta(
                seconds=SECONDS if variant.arrives_at_the_end else self.chance.randrange(SECONDS)
            )
            self.rows.append(
                make_row(variant, self.chance, 100_000 + variant.requests, at) | {"read_status": "unread"}
            )
        if variant.reads_on and self.rows:
            self.chance.choice(self.rows)["read_status"] = "read"

    def validate(self, given: dict[str, Any], query: str) -> dict[str, Any]:
        variant, asked = self.variant, dict(given)
        errors: dict[str, list[str]] = {}
        for name in ("start_date", "end_date"):
            asked[name] = self.moment(given.get(name))
            if asked[name] is None:
                errors[name] = [f"The {name} is no date."]
        choices = {
            "sortKey": SORT_KEYS,
            "sortOrder": ("asc", "desc"),
            "read_status": (None, "read", "unread"),
        }
        errors |= {name: ["wrong"] for name, allowed in choices.items() if given.get(name) not in allowed}
        self.filters(given, errors)
        asked["per_page"] = size_of(given.get("per_page"))
        if asked["per_page"] is None:
            asked["per_page"] = 15
            if variant.refuses_odd_per_page:
                errors["per_page"] = ["wrong"]
        pages = parse_qs(query).get("page", ["1"])
        asked["page"] = int(pages[-1]) if pages[-1].isdecimal() and 0 < int(pages[-1]) < 10**18 else 1
        if variant.refuses_bad_page and str(asked["page"]) != pages[-1]:
            errors["page"] = ["wrong"]
        if variant.refuses_reversed and not errors and asked["end_date"] < asked["start_date"]:
            errors["end_date"] = ["too early"]
        if errors:
            raise InvalidError(errors)
        return asked

    def filters(self, given: dict[str, Any], errors: dict[str, list[str]]) -> None:
        filters, variant = given.get("filters"), self.variant
        if not isinstance(filters, dict) or (variant.refuses_empty_filters and not filters):
            errors["filters"] = ["wrong"]
        elif variant.refuses_unknown_filters:
            for key, value in filters.items():
                if key not in (*SORT_KEYS, "none") or isinstance(value, dict | list):
                    errors[f"filters.{key}"] = ["wrong"]

    def moment(self, text: Any) -> datetime | None:
        if not isinstance(text, str) or (self.variant.refuses_rfc3339 and "T" in text):
            return None
        try:
            read = datetime.fromisoformat(text)
        except ValueError:
            return None
        return read.astimezone(UTC).replace(tzinfo=None) if read.tzinfo else read

    def page(self, asked: dict[str, Any], scope: Scope, host: str) -> dict[str, Any]:
        rows = [row for row in self.rows if self.matches(row, asked)]
        rows.sort(key=lambda row: str(row["id"]))
        if self.variant.ties_by_chance_of_id:
            rows.sort(key=lambda row: hash((row["created_at"], row["time_spend"])))
        rows.sort(
            key=lambda row: self.sort_value(row[asked["sortKey"]]), reverse=asked["sortOrder"] == "desc"
        )
        size, page, total = asked["per_page"], asked["page"], len(rows)
        last = max(1, ceil(total / size))
        shown = rows[(page - 1) * size : page * size]
        path = scope["path"].replace("/api", "") if self.variant.urls_without_api else scope["path"]
        path = f"{scope['scheme']}://{host}{path}"
        tail = "per_page=1&" if self.variant.keeps_query else ""
        return {
            "current_page": page,
            "data": [self.shown(row, asked) for row in shown],
            "first_page_url": f"{path}?{tail}page=1",
            "from": (page - 1) * size + 1 if shown else None,
            "last_page": last,
            "last_page_url": f"{path}?{tail}page={last}",
            "links": {"self": path} if self.variant.extra_keys else {},
            "next_page_url": f"{path}?{tail}page={page + 1}" if page < last else None,
            "path": None if self.variant.extra_keys else path,
            "per_page": size,
            "prev_page_url": f"{path}?{tail}page={page - 1}" if page > 1 else None,
            "to": (page - 1) * size + len(shown) if shown else None,
            "total": total,
        } | ({"has_more": page < last} if self.variant.extra_keys else {})

    def sort_value(self, value: Any) -> Any:
        if self.variant.nulls:
            return (value is not None, "" if value is None else value)
        return value.casefold() if self.variant.case_insensitive and isinstance(value, str) else value

    def matches(self, row: Row, asked: dict[str, Any]) -> bool:
        if not asked["start_date"] <= datetime.fromisoformat(row["created_at"]) <= asked["end_date"]:
            return False
        if asked.get("read_status") not in (None, row["read_status"]):
            return False
        if (
            self.variant.irregular_filters
            and truthy(asked.get("check_irregular_traffic"))
            and row["time_spend"] < 5
        ):
            return False
        for column, value in asked["filters"].items():
            wanted = value if isinstance(value, list) else [value]
            if column in row and str(row[column]) not in map(str, wanted):
                return False
        return True

    def shown(self, row: Row, asked: dict[str, Any]) -> Row:
        row = dict(row)
        if truthy(asked.get("include_ip_addresses")):
            address = f"203.0.113.{row['time_spend'] % 250}"
            row |= {"network": {"address": address}} if self.variant.nested_address else {"client": [address]}
        if truthy(asked.get("check_irregular_traffic")) and not self.variant.irregular_filters:
            row["suspicious"] = row["time_spend"] < 5
        return row


def parse(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def truthy(value: Any) -> bool:
    return str(value).lower() in ("1", "true", "on", "yes")


def size_of(value: Any) -> int | None:
    if value is None:
        return 15
    text = str(value)
    return int(text) if text.isdecimal() and 0 < int(text) <= 100_000 else None


def said(status: int, body: dict[str, Any], headers: Headers | None = None) -> Reply:
    return Reply(status, json.dumps(body).encode(), {"Content-Type": "application/json"} | (headers or {}))
