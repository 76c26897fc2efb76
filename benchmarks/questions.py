"""What the servers are asked, as bytes, and the status that each question must get."""  # noqa: INP001 - commands, no package

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any

PATH = "/api/services/analytics/v1/project/sessions"

#: Written with T and Z, so that a server that reads the contract to the letter takes them, too.
_SAMPLE: dict[str, Any] = {
    "start_date": "2026-01-01T00:00:00Z",
    "end_date": "2026-01-31T23:59:59Z",
    "sortKey": "created_at",
    "sortOrder": "desc",
    "filters": {},
}
_SEED = 1
_PAGES = 20
_TOKEN, _TOKENS = "benchmark", 4
_VALUES = {
    "browser": ("Chrome", "Safari", "Firefox", "Edge"),
    "device": ("desktop", "mobile"),
    "platform_os": ("Windows", "macOS", "Android", "iOS"),
    "country": ("NL", "BE", "DE"),
}
_SORT_KEYS = ("id", "browser", "device", "platform_os", "country", "time_spend", "created_at")


@dataclass(frozen=True, slots=True)
class Question:
    """One HTTP request, and the status that answers it."""

    wire: bytes
    status: int


def _question(fields: dict[str, Any], status: int = 200, page: int = 1, token: str = _TOKEN) -> Question:
    body = json.dumps(fields).encode()
    head = (
        f"POST {PATH}{f'?page={page}' if page > 1 else ''} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        f"Accept: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return Question(head.encode() + body, status)


#: A month of rows, the newest first: a full page of 15.
VALID = [_question(_SAMPLE)]

#: `filters` is no object.
INVALID = [_question({**_SAMPLE, "filters": "x"}, 422)]


def varied(count: int) -> list[Question]:
    """Questions of all kinds, every fifth a bad one, under a few tokens: what tests of a client may send."""
    chance = random.Random(_SEED)  # noqa: S311 - repeatable, not secret
    questions = []
    for number in range(count):
        token = f"{_TOKEN}-{number % _TOKENS}"
        if number % 5 == 4:  # noqa: PLR2004
            questions.append(
                _question({**_SAMPLE, "per_page": "-1", "sortKey": f"no-{number}"}, 422, 1, token)
            )
            continue
        names = chance.sample(list(_VALUES), chance.randrange(3))
        asked = {
            **_SAMPLE,
            "start_date": f"2026-01-{chance.randrange(1, 28):02}T00:00:00Z",
            "sortKey": chance.choice(_SORT_KEYS),
            "sortOrder": chance.choice(("asc", "desc")),
            "filters": {name: [chance.choice(_VALUES[name])] for name in names},
        }
        questions.append(_question(asked, 200, chance.randrange(1, _PAGES), token))
    return questions
