"""What the admin API answers."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from mockserver.controls import Fault
from mockserver.explain import explain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockserver.clock import Clock as SandboxClock
    from mockserver.explain import Remark
    from mockserver.faults import Faults
    from mockserver.journal import Entry
    from mockserver.sandbox import Sandbox

_TOO_MANY = 429


def moment(seconds: float) -> str:
    """`2026-01-31T23:59:59.000Z`."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _readable(text: str) -> str:
    """Without halves of characters, which no JSON answer can hold."""
    return text.encode("utf-8", "replace").decode()


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON
    """The same value as strict JSON: infinite numbers as texts, no halves of characters."""
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return json.loads(text, parse_constant=str)


class Problem(BaseModel):
    """An error of the admin API, RFC 9457."""

    type: str
    title: str
    status: int
    detail: str = Field(description="What happened, and what to do.")


class Info(BaseModel):
    """The server: what it serves, and how."""

    version: str
    profile: str
    seed: int
    sessions: int = Field(description="Rows that a sandbox begins with.")
    sandboxes: int
    scenario: str | None


class SandboxInfo(BaseModel):
    """A sandbox and the token that owns it; `default` has none and is never dropped."""

    id: str
    token: str | None
    url: str
    expires_in: int | None = Field(description="Seconds until it is dropped if nobody uses it.")
    requests: int = Field(description="Exchanges in its journal.")


class Sent(BaseModel):
    """A request, its secrets masked. `query` and `body` are as sent, the body at most 16 KiB of it."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: str
    body_bytes: int | None = Field(description="Its whole size; null for a body that was too large to read.")


class Answered(BaseModel):
    """An answer. `body` is null for all but the newest hundred; `json` is it decoded, where it is JSON."""

    status: int
    headers: dict[str, str]
    body: str | None
    body_bytes: int


class RemarkShown(BaseModel):
    """One reason: what it rests on, the field it is about, and what was probably meant."""

    text: str
    ledger: str
    field: str | None = None
    did_you_mean: str | None = None

    @classmethod
    def of(cls, remark: Remark) -> RemarkShown:
        return cls(
            text=_readable(remark.text),
            ledger=remark.ledger,
            field=remark.field and _readable(remark.field),
            did_you_mean=remark.did_you_mean,
        )


class Explained(BaseModel):
    """Why the answer is what it is; `nearest_valid` is the body mended, where it was refused."""

    remarks: list[RemarkShown]
    nearest_valid: dict[str, Any] | None = None


class Exchange(BaseModel):
    """One entry of a journal; `time` is the sandbox's own."""

    id: int
    sandbox: str
    time: str
    duration_ms: float
    token: str
    request: Sent
    answer: Answered
    delay_ms: float
    fault: str | None
    forced: str | None
    explanation: Explained

    @classmethod
    def of(cls, entry: Entry, body: bytes | None, sandbox: Sandbox, refused: Sequence[Entry]) -> Exchange:
        """`body` is the answer's, where it is kept; `refused` are the sandbox's 429s."""
        explanation = explain(entry, refused)
        return cls(
            id=entry.number,
            sandbox=sandbox.name,
            time=moment(entry.at),
            duration_ms=round(entry.duration_ms, 3),
            token=entry.token,
            request=Sent(
                method=entry.method,
                path=entry.path.decode("latin-1"),
                query=entry.query.decode("utf-8", "replace"),
                headers=entry.headers,
                body=entry.body.decode("utf-8", "replace"),
                body_bytes=entry.body_bytes,
            ),
            answer=Answered(
                status=entry.status,
                headers={name.decode(): value.decode("latin-1") for name, value in entry.answer_headers},
                body=None if body is None else body.decode("utf-8", "replace"),
                body_bytes=entry.answer_bytes,
            ),
            delay_ms=round(entry.delay_ms, 3),
            fault=entry.fault,
            forced=entry.forced,
            explanation=Explained(
                remarks=[RemarkShown.of(remark) for remark in explanation.remarks],
                nearest_valid=_plain(explanation.nearest_valid),
            ),
        )


def exchanges(entries: Sequence[Entry], sandbox: Sandbox) -> list[Exchange]:
    """These entries of a sandbox's journal, formatted."""
    refused = [entry for entry in sandbox.journal.entries() if entry.status == _TOO_MANY]
    bodies = sandbox.journal.bodies()
    return [Exchange.of(entry, bodies.get(entry.number), sandbox, refused) for entry in entries]


class Count(BaseModel):
    """How many entries match."""

    count: int


class WindowShown(BaseModel):
    """An open window of one token, or of an address without one; `*` is every one that has none of its own."""

    token: str
    used: int
    remaining: int
    resets_in_seconds: float


class RateLimitShown(BaseModel):
    """The limit, and every window that is open."""

    limit: int
    window_seconds: int
    enforced: bool
    windows: list[WindowShown]


class FaultShown(Fault):
    """A fault, how many matching requests it has seen, and how often it struck."""

    seen: int
    struck: int

    @classmethod
    def all_of(cls, faults: Faults | None) -> list[FaultShown]:
        """Those of a sandbox, in their order."""
        if faults is None:
            return []
        return [
            cls.model_validate({**asdict(fault), "seen": seen, "struck": struck})
            for fault, seen, struck in zip(faults.faults, faults.seen, faults.struck, strict=True)
        ]


class ClockShown(BaseModel):
    """What time it is in the sandbox."""

    mode: str
    now: str
    seconds: float = Field(description="The same in seconds since 1970.")

    @classmethod
    def of(cls, clock: SandboxClock) -> ClockShown:
        return cls(mode=clock.mode, now=moment(clock.now()), seconds=clock.now())


class ScenarioShown(BaseModel):
    """What the sandbox plays, and how far it is; `available` are the shipped ones with their stories."""

    name: str | None
    story: str | None
    requests: int = 0
    available: dict[str, str]


class DataShown(BaseModel):
    """The rows of the sandbox in short."""

    rows: int
    first: str | None
    last: str | None
    columns: dict[str, list[str | None]] = Field(description="The values of each text column that has few.")


class ProfileShown(BaseModel):
    """How the sandbox answers: every table of its profile."""

    name: str
    tables: dict[str, dict[str, Any]]
