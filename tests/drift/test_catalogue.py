"""Every drift shows, each in its own way, and none of them is there unless it was asked for."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.drift import CATALOGUE, Drift, drifted
from mockserver.drift.violation import EXHAUST, FORBIDDEN_TOKEN, GOLDEN
from mockserver.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]

#: Method, token and body.
Request = tuple[str, str | None, bytes]

WINDOW = {"start_date": "2026-01-01 00:00:00", "end_date": "2026-01-31 23:59:59"}
QUERY: dict[str, Any] = {
    **WINDOW,
    "sortKey": "created_at",
    "sortOrder": "asc",
    "per_page": "50",
    "filters": {},
}
SORT_KEYS = ("id", "browser", "device", "platform_os", "country", "time_spend", "created_at")
REQUIRED = ("start_date", "end_date", "sortKey", "sortOrder", "filters")
WRONG = {
    "start_date": "not a date",
    "end_date": "2026-13-45 99:99:99",
    "sortKey": "read_status",
    "sortOrder": "sideways",
    "read_status": "maybe",
    "filters": "string",
}
#: So many requests go with one token, below the limit of a window.
A_TOKEN = 50

#: Areas whose drifts are about the rate headers themselves.
ABOUT_QUOTA = {"rate-headers", "429"}

NAMES = [drift.name for drift in CATALOGUE]


def _pages() -> Iterator[dict[str, Any]]:
    yield from ({}, {"page": "2"}, {"sortOrder": "desc"}, {"sortOrder": "desc", "page": "2"})
    for key in SORT_KEYS:
        yield from ({"sortKey": key}, {"sortKey": key, "sortOrder": "desc"}, {"sortKey": key, "page": "2"})
    for page in ("1", "2", "24", "25", "26", "99"):
        yield {"per_page": None, "sortKey": "country", "page": page}
    yield from ({"sortKey": "device", "page": page, "per_page": "100"} for page in ("1", "2", "3"))


def _options(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from ({"read_status": status} for status in ("read", "unread", None))
    for flag in ("include_ip_addresses", "check_irregular_traffic"):
        yield from ({flag: value} for value in ("1", "0", "false"))
    for columns in (["country"], ["browser", "device"], ["platform_os", "time_spend"], ["time_spend"]):
        filters = {column: row[column] for column in columns}
        yield from ({"filters": filters}, {"filters": filters, "read_status": "read", "sortKey": "id"})
    yield from ({"filters": {"browser": part}} for part in ("HROM", "Chrom", "chrome"))
    yield {"filters": {"country": "NL"}, "page": "2", "per_page": "10"}


def _ranges(times: list[str]) -> Iterator[dict[str, Any]]:
    start, end = times[5], times[-5]
    yield {"start_date": start, "end_date": end}
    yield {"start_date": f"{start.replace(' ', 'T')}Z", "end_date": f"{end.replace(' ', 'T')}+02:00"}
    yield {"start_date": start, "end_date": start}
    yield {"start_date": end, "end_date": start}
    yield {"start_date": "9998-01-01 00:00:00", "end_date": "9999-12-31 23:59:59"}


def _hostile() -> Iterator[dict[str, Any]]:
    yield {"filters": {"country": 'Ñandú 🙂 O\'Brien "x" \\ %', "no_such_column": "x"}}
    yield {
        "filters": {
            "browser": {"a": {}},
            "device": ["x"],
            "country": None,
            "time_spend": 5,
            "platform_os": True,
        }
    }
    yield {"filters": {"platform_os": "x" * 5000}}
    yield from ({"per_page": size} for size in ("1000000000", "0", "string", 7))
    yield from ({"page": page} for page in ("0", "abc", "9" * 25))


def _script(rows: list[dict[str, Any]]) -> Iterator[Request]:
    """Method, token and body of each request, in an order in which stale answers show."""
    times = [row["created_at"] for row in rows]
    good = [*_pages(), *_options(rows[0]), *_ranges(times), *_hostile()]
    bad = [WRONG, {"end_date": ["2026-01-31"], "sortOrder": ["asc"]}, {"start_date": None}, {"sortKey": None}]
    bad += [{name: value} for name, value in WRONG.items()]
    bodies = [json.dumps({**QUERY, **changes}).encode() for changes in good + bad]
    bodies += [
        json.dumps({key: QUERY[key] for key in QUERY if key not in (name, "per_page")}).encode()
        for name in REQUIRED
    ]
    bodies += [b"{}", b'{"start_date":', b"[1]"]
    for index, body in enumerate(bodies):
        yield "POST", f"token-{index // A_TOKEN}", body
    plain = json.dumps(QUERY).encode()
    for token in (None, "expired-1", "forbidden-1"):
        yield from (("POST", token, plain), ("POST", token, b"{}"))
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        yield method, "other", plain if method != "GET" else b""


def _spending() -> list[Request]:
    """More than a window's requests of one token; the clock moves on before the last one."""
    return [("POST", "spender", json.dumps(QUERY).encode())] * 72


def _play(client: Any, script: list[Request]) -> Iterator[Any]:
    """The answers in turn."""
    for number, (method, token, body) in enumerate(script, 1):
        if token == "spender" and number == len(script):
            client.clock.offset_seconds += 61
        yield client.send(method, token=token, body=body)


#: Requests, and what the healthy fake answers.
Exchanges = tuple[list[Request], list[Any]]


@pytest.fixture(scope="module")
def kept() -> dict[str, Exchanges]:
    """Worked out once for all drifts."""
    return {}


@pytest.fixture
def healthy(kept: dict[str, Exchanges], make_client: Callable[..., Any]) -> Exchanges:
    """What shows a drift before a window is spent."""
    if "healthy" not in kept:
        script = list(_script(make_client().post(QUERY).data["data"]))
        kept["healthy"] = script, list(_play(make_client(), script))
    return kept["healthy"]


@pytest.fixture
def spending(kept: dict[str, Exchanges], make_client: Callable[..., Any]) -> Exchanges:
    """What shows a drift of the rate limit."""
    if "spending" not in kept:
        kept["spending"] = _spending(), list(_play(make_client(), _spending()))
    return kept["spending"]


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses that were asked for, and not made."""
    asked: list[float] = []

    async def pause(seconds: float) -> None:
        asked.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", pause)
    return asked


def test_the_healthy_fake_gives_every_answer(healthy: Exchanges, spending: Exchanges) -> None:
    assert {reply.status for reply in healthy[1]} == {200, 401, 403, 405, 422}
    assert [reply.status for reply in spending[1]] == [200] * 60 + [429] * 11 + [200]


@pytest.mark.parametrize("drift", CATALOGUE, ids=NAMES)
def test_a_drift_shows_and_needs_no_more_than_it_says(
    drift: Drift,
    make_client: Callable[..., Any],
    healthy: Exchanges,
    spending: Exchanges,
    pauses: list[float],
) -> None:
    """One that needs nothing shows before a window is spent, and to a token that is served."""
    client = make_client(drift=(drift.name,))
    sent, right = spending if drift.needs == EXHAUST else healthy
    shows = (
        reply != correct or bool(pauses)
        for (_, token, _), reply, correct in zip(sent, _play(client, sent), right, strict=True)
        if token != "forbidden-1" or drift.needs == FORBIDDEN_TOKEN
    )
    assert any(shows)
    assert "Traceback" not in client.log.getvalue()
    if drift.area not in ABOUT_QUOTA:
        # Steps that ask twice do so at no cost, or the rate headers would show a second drift.
        remaining = [client.post(QUERY, token="fresh").headers["x-ratelimit-remaining"] for _ in range(2)]
        assert remaining == ["59", "58"]


def test_without_a_drift_the_answers_are_the_same_bytes(
    make_client: Callable[..., Any], healthy: Exchanges
) -> None:
    script, right = healthy
    assert list(_play(make_client(drift=()), script)) == right


def test_without_a_drift_the_catalogue_is_not_even_imported() -> None:
    program = (
        "import sys; from mockserver.app import create_app; from mockserver.settings import Settings;"
        "create_app(Settings(sessions=1)); print([name for name in sys.modules if 'mockserver.drift' in name])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_drifts_add_up(make_client: Callable[..., Any]) -> None:
    reply = make_client(drift=("ids-text", "error-zero", "limit-zero")).post()
    assert reply.json["error"] == 0
    assert reply.headers["x-ratelimit-limit"] == "0"
    assert {type(row["id"]) for row in reply.data["data"]} == {str}


def test_what_a_drift_remembers_belongs_to_one_app(make_client: Callable[..., Any]) -> None:
    first, second = make_client(drift=("limit-flaps",)), make_client(drift=("limit-flaps",))
    limits = [client.post().headers["x-ratelimit-limit"] for client in (first, second, first, second)]
    assert limits == ["60", "60", "100", "100"]


def test_there_are_at_least_120_with_names_of_their_own() -> None:
    assert len(set(NAMES)) == len(NAMES) >= 120


@pytest.mark.parametrize("drift", CATALOGUE, ids=NAMES)
def test_a_drift_says_what_it_is(drift: Drift) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", drift.name)
    assert drift.description
    assert "\n" not in drift.description
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", drift.area)
    assert drift.breaks
    assert all(
        re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*", clause) for clause in drift.breaks
    )
    assert drift.needs in {"", EXHAUST, FORBIDDEN_TOKEN, GOLDEN}


def test_what_a_drift_breaks_stands_in_the_ledger() -> None:
    ledger = tomllib.loads((ROOT / "contract" / "ledger.toml").read_text(encoding="utf-8"))
    known = {entry["id"] for entry in ledger["entry"]}
    assert {clause for drift in CATALOGUE for clause in drift.breaks} <= known


def test_an_unknown_drift_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="there is no drift 'total-one-mor'; did you mean 'total-one-more'"):
        drifted(lambda *_: pytest.fail("asked"), ["total-one-mor"])


def _run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mockserver", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_serve_with_an_unknown_drift_exits_2(tmp_path: Path) -> None:
    run = _run("serve", "--port", "0", "--drift", "ids-text", "--drift", "remaining-stuk", folder=tmp_path)
    assert run.returncode == 2
    assert "did you mean 'remaining-stuck'?" in run.stderr


def test_the_command_lists_every_drift(tmp_path: Path) -> None:
    lines = _run("drifts", folder=tmp_path).stdout.splitlines()
    assert [line.split()[0] for line in lines] == NAMES


def test_as_json_the_list_says_what_is_broken(tmp_path: Path) -> None:
    listed = json.loads(_run("drifts", "--format", "json", folder=tmp_path).stdout)
    assert [drift["name"] for drift in listed] == NAMES
    assert all(drift["breaks"] and "needs" in drift for drift in listed)
