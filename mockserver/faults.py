"""Which fault befalls a request: the kinds, what they match, and the seeded choice among them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING, Literal, get_args

from mockserver import payload
from mockserver.rules.page import page_number
from mockserver.rules.values import clean, merge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mockserver.request import Request
    from mockserver.respond import Answer

Kind = Literal[
    "status",
    "delay",
    "reset",
    "empty",
    "truncate",
    "malformed_json",
    "slow_body",
    "wrong_content_type",
    "html_500",
    "maintenance_503",
]
KINDS: tuple[str, ...] = get_args(Kind)

OK = 200


@dataclass(frozen=True, slots=True)
class Match:
    """Which requests; what is None matches all.

    `path` may have `*`; `page` is a number from 1 or "last", told by the answer; `body` maps fields
    (of body or query) to the values that they must have.
    """

    path: str | None = None
    method: str | None = None
    page: int | Literal["last"] | None = None
    body: Mapping[str, object] = field(default_factory=dict)

    def holds(self, exchange: Exchange) -> bool:
        """Whether an exchange is meant."""
        request = exchange.request
        if self.path is not None and not fnmatchcase(request.path.decode("latin-1"), self.path):
            return False
        if self.method is not None and request.method != self.method.upper():
            return False
        if self.page == "last" and not exchange.is_last_page:
            return False
        if isinstance(self.page, int) and exchange.page != self.page:
            return False
        return all(exchange.fields.get(name) == clean(value) for name, value in self.body.items())


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, how likely, how often (`times`; None: always) and after how many matching requests.

    `status` is for the kind `status`; `delay_ms` for `delay`, and for `slow_body` the time of the whole body.
    """

    kind: Kind
    probability: float = 1.0
    times: int | None = None
    after: int = 0
    match: Match = field(default_factory=Match)
    status: int = 500
    delay_ms: int = 1000


class Exchange:
    """A request and its honest answer, taken apart only as far as a match asks."""

    def __init__(self, request: Request, answer: Answer) -> None:
        self.request = request
        self.answer = answer

    @cached_property
    def fields(self) -> dict[str, object]:
        request = self.request
        body = payload.decode(request.body or b"", request.headers.get("content-type", ""))
        return merge(body, payload.decode_query(request.query))

    @property
    def page(self) -> int:
        return page_number(self.fields.get("page"))

    @property
    def is_last_page(self) -> bool:
        if self.answer.status != OK:
            return False
        data = json.loads(self.answer.body).get("data") or {}
        return data.get("next_page_url", "") is None


class Faults:
    """The faults of one sandbox, in order, and how often each has seen a request and struck."""

    def __init__(self, faults: Sequence[Fault], seed: str) -> None:
        self.faults = tuple(faults)
        self.seen = [0] * len(self.faults)
        self.struck = [0] * len(self.faults)
        self._seed = seed

    def choose(self, exchange: Exchange) -> Fault | None:
        """The first fault that strikes; those behind it do not see the request."""
        for index, fault in enumerate(self.faults):
            if not fault.match.holds(exchange):
                continue
            self.seen[index] += 1
            if self.seen[index] <= fault.after or self.struck[index] == fault.times:
                continue
            if fault.probability < 1 and self._chance(index) >= fault.probability:
                continue
            self.struck[index] += 1
            return fault
        return None

    def _chance(self, index: int) -> float:
        """From 0 to 1, the same for the same request of a fault, whichever process draws it."""
        return Random(f"{self._seed} {index} {self.seen[index]}").random()  # noqa: S311 - repeatable, not secret
