"""Every exchange recorded from a real Laravel 12, replayed against the `laravel` profile."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.model import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
VECTORS = [
    json.loads(line) for line in gzip.decompress((HERE / "vectors.jsonl.gz").read_bytes()).splitlines()
]
ROWS = (HERE / "rows.jsonl").read_text().splitlines(keepends=True)
BY_VALUE = ("x-ratelimit-limit", "x-ratelimit-remaining", "allow")
BY_PRESENCE = ("retry-after", "x-ratelimit-reset")


def _batches() -> dict[tuple[str, str, int], list[dict[str, Any]]]:
    """Vectors that one server answers: same rules, envelope and number of rows, in file order."""
    batches = defaultdict(list)
    for vector in VECTORS:
        batches[json.dumps(vector["rules"]), vector["envelope"], vector["total"]].append(vector)
    return batches


BATCHES = _batches()


def test_the_recording_is_whole() -> None:
    assert len(VECTORS) == 1153
    assert len(BATCHES) > 30


@pytest.mark.parametrize(
    "batch", list(BATCHES), ids=lambda batch: f"{batch[2]} rows, {batch[1]}, {batch[0]}"[:80]
)
def test_recorded_exchanges_are_answered_alike(
    batch: tuple[str, str, int], make_client: Callable[..., Any], tmp_path: Path
) -> None:
    rules, envelope, total = batch
    profile, data = tmp_path / "profile.toml", tmp_path / "rows.jsonl"
    lines = [f"{json.dumps(field)} = {json.dumps(rule)}" for field, rule in json.loads(rules).items()]
    profile.write_text(
        "\n".join(['extends = "laravel"', "[errors]", f'envelope = "{envelope}"', "[rules]", *lines])
    )
    data.write_text("".join(ROWS[:total]))
    client = make_client(profile=str(profile), data=data, token_pattern=re.compile("tok-[0-9]+"))
    differences = [
        f"{vector['name']}: {why}"
        for vector in BATCHES[batch]
        if (why := _difference(vector, _ask(client, vector)))
    ]
    assert not differences


def _ask(client: Any, vector: dict[str, Any]) -> Any:
    request = vector["request"]
    body = (
        base64.b64decode(request["body_b64"])
        if request.get("body_b64")
        else (request.get("body_raw") or "").encode()
    )
    # An HTTP server strips the blanks around a header's value before any application sees it.
    headers = {"host": request.get("host", "127.0.0.1:8012")}
    headers |= {name: value.strip(" ") for name, value in request["headers"].items()}
    return asyncio.run(
        client.raw(request["method"], request["path"], request.get("query") or "", headers, body)
    )


def _difference(vector: dict[str, Any], reply: Any) -> str | None:
    """What a client would notice, down to the bytes of every error body."""
    wanted = vector["response"]
    headers = {name.lower(): value for name, value in wanted["headers"].items()}
    if reply.status != wanted["status"]:
        return f"status {reply.status}, recorded {wanted['status']}"
    for name in BY_VALUE:
        if reply.headers.get(name) != headers.get(name):
            return f"{name} {reply.headers.get(name)}, recorded {headers.get(name)}"
    for name in BY_PRESENCE:
        if (name in reply.headers) != (name in headers):
            return f"{name} is {'there' if name in reply.headers else 'missing'}"
    if wanted["status"] != 200:
        recorded = wanted.get("text")
        return (
            None
            if recorded is None or reply.body.decode() == recorded
            else f"body {reply.body!r}, recorded {recorded!r}"
        )
    got, recorded = _comparable(reply.json, vector), _comparable(wanted["body"], vector)
    return None if got == recorded else f"body {got}, recorded {recorded}"


def _comparable(body: Any, vector: dict[str, Any]) -> str:
    """With key order kept; of each row its sort key, since rows that tie may change places."""
    try:
        sent = json.loads(vector["request"].get("body_raw") or "null")
    except (ValueError, RecursionError):
        sent = None
    key = sent.get("sortKey") if isinstance(sent, dict) else None
    column = key.strip() if isinstance(key, str) and key.strip() in COLUMNS else "id"
    data = {**body["data"], "data": [row[column] for row in body["data"]["data"]]}
    return json.dumps({**body, "data": data})
