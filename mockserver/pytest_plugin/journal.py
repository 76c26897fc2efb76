"""What a sandbox was asked and how it answered, as a test reads it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LONGEST_BODY = 500

NOBODY_CAME = (
    "no request came with this sandbox's token; does the client use the fixture's `.url` and `.token`?"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """One reason for an answer, the ledger entry that it rests on, the field that it is about."""

    text: str
    ledger: str
    field: str | None = None
    did_you_mean: str | None = None

    def __str__(self) -> str:
        meant = f"; did you mean {self.did_you_mean!r}?" if self.did_you_mean is not None else ""
        return f"{self.text}{meant} [{self.ledger}]"


@dataclass(frozen=True, slots=True)
class Recorded:
    """One exchange; tokens and other secrets are masked.

    `body` is as sent, `answer` as answered (None for all but the newest hundred). `fault` and `forced` say
    what was staged. `nearest_valid` is the body mended where it was refused, else empty.
    """

    id: int
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    token: str
    body: str
    status: int
    answer_headers: Mapping[str, str]
    answer: str | None
    fault: str | None
    forced: str | None
    remarks: tuple[Remark, ...]
    nearest_valid: Mapping[str, Any]

    @classmethod
    def of(cls, exchange: Mapping[str, Any]) -> Recorded:
        """From an entry as the admin API shows it."""
        sent, answered, explained = exchange["request"], exchange["answer"], exchange["explanation"]
        return cls(
            id=exchange["id"],
            method=sent["method"],
            path=sent["path"],
            query=sent["query"],
            headers=sent["headers"],
            token=exchange["token"],
            body=sent["body"],
            status=answered["status"],
            answer_headers=answered["headers"],
            answer=answered["body"],
            fault=exchange["fault"],
            forced=exchange["forced"],
            remarks=tuple(Remark(**remark) for remark in explained["remarks"]),
            nearest_valid=explained["nearest_valid"] or {},
        )

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        """The body that was sent, decoded. Raises ValueError for one that is no JSON."""
        return json.loads(self.body)

    @property
    def answer_json(self) -> Any:  # noqa: ANN401 - JSON
        """The answer's body, decoded. Raises ValueError for one that is no JSON or is not kept any more."""
        return json.loads(self.answer or "")

    @property
    def explanation(self) -> str:
        """Why the answer is what it is, a line a reason; empty where there is nothing to say."""
        return "\n".join(map(str, self.remarks))

    def __str__(self) -> str:
        """The exchange as a failing test shows it."""
        target = f"{self.path}?{self.query}" if self.query else self.path
        lines = [f"#{self.id} {self.method} {target} -> {self.status}  token {self.token}"]
        if self.body:
            lines.append(f"sent: {_short(self.body)}")
        lines += [f"why: {remark}" for remark in self.remarks]
        if self.nearest_valid:
            lines.append(f"nearest valid: {_short(json.dumps(self.nearest_valid, ensure_ascii=False))}")
        return "\n    ".join(lines)


def report(requests: Sequence[Recorded]) -> str:
    """A journal for people, oldest request first."""
    return "\n".join(map(str, requests)) or NOBODY_CAME


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_BODY else f"{line[:_LONGEST_BODY]}…"
