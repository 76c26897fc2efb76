"""What the stages share: the window, the seeded choices, the oracle, and how a case is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from itertools import cycle
from typing import TYPE_CHECKING, Any

from contract.model import Answer, Case, Query, Window
from contract.oracle import PAGE_ROWS, Oracle
from contract.values import moment, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from random import Random

Stage = Generator[Case, Answer, None]
#: Stands in for a seen row where there is none; its values only have to be plausible.
_NO_ROW = {
    "country": "NL",
    "browser": "Chrome",
    "device": "desktop",
    "platform_os": "Windows",
    "time_spend": 60,
}
#: Every sort key in both directions, in turn, so that each gets its request whatever else it is for.
_SORTS = (
    ("id", False),
    ("time_spend", True),
    ("browser", False),
    ("country", True),
    ("platform_os", False),
    ("device", True),
    ("id", True),
    ("time_spend", False),
    ("browser", True),
    ("country", False),
    ("platform_os", True),
    ("device", False),
)


@dataclass(slots=True)
class Board:
    """One run's knowledge so far. `neutral` are filters that filter nothing."""

    window: Window
    random: Random
    forbidden: bool = False
    forbidden_is_sure: bool = False
    neutral: dict[str, object] = field(default_factory=dict)
    oracle: Oracle | None = None
    total: int = 0
    sorts: Iterator[tuple[str, bool]] = field(default_factory=lambda: cycle(_SORTS))

    @property
    def focus(self) -> Window:
        return self.oracle.focus if self.oracle else self.window

    @property
    def rows(self) -> list[dict[str, Any]]:
        return list(self.oracle.rows.values()) if self.oracle else []

    def query(self, **facts: Any) -> Query:  # noqa: ANN401 - fields of Query
        """A query of the whole focus on one page, sorted in the next way in turn."""
        sort_key, descending = (facts["sort_key"], False) if "sort_key" in facts else next(self.sorts)
        usual: dict[str, Any] = {
            "window": self.focus,
            "per_page": PAGE_ROWS,
            "sort_key": sort_key,
            "descending": descending,
        }
        return Query(**usual | facts)

    def ask(self, name: str, query: Query, wire: dict[str, Any] | None = None, **facts: Any) -> Case:  # noqa: ANN401
        """A request for `query`, its body changed by `wire`; judged by its rows."""
        body = query.body()
        body["filters"] = body["filters"] or self.neutral
        usual: dict[str, Any] = {"clause": "accepts.request", "query": query}
        usual["page"] = str(query.page) if query.page > 1 else None
        return Case(name=name, body=encode(body | (wire or {})), **usual | facts)

    def refuse(self, name: str, body: bytes, wrong: Iterable[str]) -> Case:
        """A body that gets a 422, which names all of `wrong`."""
        return Case(name, "refuses.body", body, statuses=frozenset({422}), wrong=frozenset(wrong))

    def spoil(self, name: str, wrong: Mapping[str, Any]) -> Case:
        """A valid request with these values instead."""
        return self.refuse(name, encode(self.valid() | dict(wrong)), wrong)

    def valid(self) -> dict[str, Any]:
        body = Query(self.focus, per_page=1).body()
        return body | {"filters": self.neutral or {"country": self.seen("country")}}

    def bare(self, name: str, clause: str, **facts: Any) -> Case:  # noqa: ANN401
        """A valid request that is about something else than its rows."""
        return Case(name=name, clause=clause, body=encode(self.valid()), **facts)

    def seen(self, column: str) -> Any:  # noqa: ANN401 - a JSON scalar
        """A value that some but, if possible, not all rows hold; the seed picks it."""
        counts = Counter(plain(row[column]) for row in self.rows if row.get(column) is not None)
        if not counts:
            return _NO_ROW[column]
        picked = self.random.choice(
            sorted(value for value in counts if counts[value] < len(self.rows)) or sorted(counts)
        )
        return next(
            row[column] for row in self.rows if row.get(column) is not None and plain(row[column]) == picked
        )

    def times(self) -> list[datetime]:
        """Every second in which a row of the focus was created, in order."""
        return sorted({time for row in self.rows if (time := moment(row.get("created_at")))}) or [
            self.window.start
        ]


def encode(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()
