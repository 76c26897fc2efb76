"""The facts that the kit's parts hand to each other; nothing here does I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from contract.values import parse_json, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

#: The page's values of `sortKey` (page:13): the only columns, with `read_status`, that it names.
SORT_KEYS = ("id", "browser", "device", "platform_os", "country", "time_spend", "created_at")
#: Fields that a request must have (page:5-33).
REQUIRED = ("start_date", "end_date", "sortKey", "sortOrder", "filters")


class Auth(StrEnum):
    """Which credential a case goes with; only the target knows the token behind it."""

    VALID = "valid"
    NONE = "none"
    BAD = "bad"
    FORBIDDEN = "forbidden"


class Quota(StrEnum):
    """How a case treats the rate limit: keeps away from it, runs into it, or waits until it is over."""

    KEEP = "keep"
    SPEND = "spend"
    AWAIT = "await"


class Verdict(StrEnum):
    HOLDS = "holds"
    BROKEN = "broken"
    INCONCLUSIVE = "inconclusive"
    UNREACHABLE = "unreachable"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Target:
    """What is checked. `exclusive`: nobody else can spend this token's quota (in-process)."""

    name: str
    url: str
    exclusive: bool = False
    live: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """The range of dates to look at, both ends inclusive, UTC without a zone."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment <= self.end


@dataclass(frozen=True, slots=True)
class Query:
    """What a valid request means. `filters` maps columns to the one value asked for."""

    window: Window
    sort_key: str = "created_at"
    descending: bool = False
    read_status: str | None = None
    per_page: int | None = None
    page: int = 1
    filters: Mapping[str, object] = field(default_factory=dict)
    #: Flags that are on; a flag that is absent or off is not in it.
    flags: frozenset[str] = frozenset()

    def body(self) -> dict[str, Any]:
        """The JSON object that asks for it, in the page's order of fields and in its types."""
        body: dict[str, Any] = {
            "start_date": stamp(self.window.start),
            "end_date": stamp(self.window.end),
            "sortKey": self.sort_key,
            "sortOrder": "desc" if self.descending else "asc",
        }
        if self.read_status is not None:
            body["read_status"] = self.read_status
        if self.per_page is not None:
            body["per_page"] = str(self.per_page)
        body |= dict.fromkeys(sorted(self.flags), "1")
        return body | {"filters": dict(self.filters)}


@dataclass(frozen=True, slots=True)
class Case:
    """One request, and what a correct server may answer."""

    name: str
    #: Ledger id that its status proves.
    clause: str
    body: bytes
    statuses: frozenset[int] = frozenset({200})
    method: str = "POST"
    auth: Auth = Auth.VALID
    quota: Quota = Quota.KEEP
    page: str | None = None
    content_type: str = "application/json"
    #: What it means; None when nothing about the rows can be said.
    query: Query | None = None
    #: Ledger id that the set of its rows proves.
    proves: str = "pagination.total"
    #: Fields that a 422 names: all of them, at least one of them, and nothing else.
    wrong: frozenset[str] = frozenset()
    #: Fields whose refusal the page leaves open, with the ledger id that says so.
    open_to: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it came; header names in lower case, times in milliseconds."""

    case: Case
    number: int
    status: int
    headers: Mapping[str, str]
    body: bytes
    elapsed_ms: float
    at_seconds: float
    url: str
    json: Any = None
    #: Why the body is no strict JSON; empty when it is.
    json_fault: str = ""

    @classmethod
    def of(cls, case: Case, *, body: bytes, **facts: Any) -> Answer:  # noqa: ANN401 - the other fields as they are
        value, fault = parse_json(body)
        return cls(case=case, body=body, json=value, json_fault=fault, **facts)

    @property
    def data(self) -> dict[str, Any]:
        """The paginator of a 200; empty when there is none."""
        data = self.json.get("data") if self.status == 200 and isinstance(self.json, dict) else None  # noqa: PLR2004
        return data if isinstance(data, dict) else {}

    @property
    def rows(self) -> list[dict[str, Any]]:
        rows = self.data.get("data")
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    @property
    def named(self) -> frozenset[str]:
        """Top-level fields that a 422 names; `filters.country.0` counts as `filters`."""
        errors = self.json.get("errors") if isinstance(self.json, dict) else None
        return frozenset(key.split(".")[0] for key in errors) if isinstance(errors, dict) else frozenset()

    def whole(self, key: str) -> int | None:
        """An integer of the paginator; None when it is missing or no integer."""
        value = self.data.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One clause, judged once. `expected` is empty where it holds."""

    clause: str
    expected: str = ""
    got: str = ""
    number: int | None = None
    #: The page leaves it open: worth saying, never a finding.
    note: bool = False

    @property
    def breach(self) -> bool:
        return bool(self.expected) and not self.note


@dataclass(frozen=True, slots=True)
class Finding:
    """The target breaks a clause: first seen here, and in which requests besides."""

    clause: str
    rule: str
    severity: str
    source: str
    expected: str
    got: str
    case: str
    curl: str
    requests: tuple[int, ...]
    waived: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    clause: str
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """All that a run found out; reports need nothing else."""

    target: Target
    window: Window
    seed: int
    verdict: Verdict
    reason: str
    exit_code: int
    requests: int
    elapsed_seconds: float
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]
    #: Ledger id -> how often it was judged.
    checked: Mapping[str, int]
    #: Ledger id -> why it was not.
    unchecked: Mapping[str, str]
    statuses: Mapping[int, int]
    answers_with_rows: int

    @property
    def open_findings(self) -> Iterator[Finding]:
        return (finding for finding in self.findings if not finding.waived)
