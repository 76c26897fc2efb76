"""What cannot be judged is said in a clear sentence and never passes."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from benign import App, Reply, Variant, said
from runs import LEDGER, Check, connect

from contract import target
from contract.errors import Refused, UsageError
from contract.events import Answered, Waiting
from contract.model import Case
from contract.run import Options, Run
from contract.spans import PAGE_WINDOW
from contract.target import NoAnswerError

if TYPE_CHECKING:
    from collections.abc import Callable

HTML = Reply(200, b"<!DOCTYPE html><html><body>Welcome</body></html>", {"Content-Type": "text/html"})
DOORS: dict[str, tuple[Reply, str]] = {
    "a web page": (HTML, "web page"),
    "a redirect": (Reply(301, b"", {"Location": "https://elsewhere.example/"}), "https://elsewhere.example/"),
    "a wrong path": (said(404, {"message": "nothing here"}), "is the base URL right"),
    "another method": (said(405, {"message": "no"}), "is the base URL right"),
    "a dead gateway": (Reply(502, b"Bad Gateway", {}), "is down"),
    "a refused token": (said(401, {"error": True, "message": "no"}), "WEMASY_API_TOKEN"),
    "a weak token": (said(403, {"error": True, "message": "no"}), "permission"),
}


def always(reply: Reply) -> App:
    return App(Variant(size=3, mutate=lambda *_: reply))


@pytest.mark.parametrize("door", DOORS)
def test_behind_a_wrong_door_nothing_is_judged(check: Check, door: str) -> None:
    reply, sentence = DOORS[door]
    result = check(always(reply))
    assert (result.exit_code, result.verdict.value) == (3, "unreachable")
    assert sentence in result.reason
    assert result.requests == 1


def test_a_window_that_stays_spent_is_inconclusive(check: Check) -> None:
    full = said(
        429, {"error": True, "message": "no"}, {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "0"}
    )
    result = check(always(replace(full, headers=full.headers | {"Retry-After": "60"})), name="app")
    assert (result.exit_code, result.requests) == (4, 2)
    assert "rate limit" in result.reason


def test_a_wait_that_is_not_allowed_is_inconclusive(check: Check) -> None:
    result = check(limit=20, name="app", max_wait_seconds=5)
    assert result.exit_code == 4
    assert "--max-wait" in result.reason


def test_a_url_is_never_asked_past_its_limit(check: Check) -> None:
    waits: list[Waiting] = []
    result = check(
        limit=20,
        name="app",
        max_wait_seconds=1000,
        listeners=[lambda event: waits.append(event) if isinstance(event, Waiting) else None],
    )
    assert result.exit_code == 0
    assert waits
    assert 429 not in result.statuses


def test_the_budget_is_hard_and_says_what_it_left_unchecked(check: Check) -> None:
    result = check(budget=20)
    assert (result.requests, result.exit_code) == (20, 4)
    assert "20 requests" in result.reason
    assert "auth.bad-token" in result.unchecked


def test_a_broken_server_stays_within_the_budget(check: Check) -> None:
    def accept(reply: Reply, *_: Any) -> Reply:
        return said(200, {}, reply.headers) if reply.status == 422 else reply

    result = check(budget=50, mutate=accept)
    assert (result.requests, result.exit_code) == (50, 1)


class Dying:
    """Answers `lives` requests, then none."""

    def __init__(self, lives: int, error: Callable[[], Exception]) -> None:
        self.app, self.lives, self.error = App(Variant()), lives, error
        self.variant = self.app.variant

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            self.lives -= 1
            if self.lives < 0:
                raise self.error()
        await self.app(scope, receive, send)


def test_a_server_that_dies_midway_is_unreachable(check: Check) -> None:
    result = check(Dying(10, ConnectionResetError))
    assert result.exit_code == 3
    assert "stopped answering at request" in result.reason


def test_a_token_that_is_revoked_midway_is_told(check: Check) -> None:
    seen: list[int] = []

    def revoke(reply: Reply, *_: Any) -> Reply:
        seen.append(1)
        return said(401, {"error": True, "message": "no"}, reply.headers) if len(seen) > 12 else reply

    result = check(mutate=revoke)
    assert result.exit_code == 3
    assert "refused since request 13" in result.reason


def test_one_answer_that_got_lost_is_no_finding(check: Check) -> None:
    class Flaky(Dying):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                self.lives += 1
                if self.lives == 5:
                    raise TimeoutError
            await self.app(scope, receive, send)

    result = check(Flaky(0, TimeoutError))
    assert (result.exit_code, result.findings) == (0, ())


def test_a_request_that_never_gets_an_answer_is_a_finding(check: Check) -> None:
    class Choking(Dying):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            async def listen() -> Any:
                message = await receive()
                if b"no_such_column" in message.get("body", b""):
                    raise self.error()
                return message

            await self.app(scope, listen, send)

    result = check(Choking(0, ConnectionResetError))
    assert [finding.clause for finding in result.findings] == ["transport.delivery"]


def test_a_slow_server_is_not_asked_to_the_end() -> None:
    app = App(Variant())
    connection = connect(app)
    ticks = iter(range(0, 10**9, 6))
    connection.now = lambda: float(next(ticks))
    result = Run(connection, Options(PAGE_WINDOW, LEDGER)).drive()
    assert "transport.time" in {finding.clause for finding in result.findings}
    assert result.requests < 5


def test_an_interrupted_run_tells_what_it_has(check: Check) -> None:
    def interrupt(event: Any) -> None:
        if isinstance(event, Answered) and event.number == 7:
            raise KeyboardInterrupt

    result = check(listeners=[interrupt])
    assert (result.exit_code, result.requests) == (130, 7)
    assert result.checked


@pytest.mark.parametrize(
    "base", ["ftp://x", "nonsense", "http://", "https://h/api?x=1", "https://user:pw@h/api"]
)
def test_what_is_no_base_url_is_refused(base: str) -> None:
    with pytest.raises(UsageError):
        target.open_url(base, {"WEMASY_API_TOKEN": "t"}, live=True)


def test_a_url_elsewhere_needs_live_and_a_token() -> None:
    with pytest.raises(UsageError, match="--live"):
        target.open_url("https://api.wemasy.nl", {"WEMASY_API_TOKEN": "t"}, live=False)
    with pytest.raises(Refused, match="WEMASY_API_TOKEN"):
        target.open_url("https://api.wemasy.nl", {}, live=True)


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("https://h", "https://h/api/services/analytics/v1/project/sessions"),
        ("https://h/", "https://h/api/services/analytics/v1/project/sessions"),
        ("https://h/api", "https://h/api/services/analytics/v1/project/sessions"),
        ("https://h/v2/api/", "https://h/v2/api/services/analytics/v1/project/sessions"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1/api/services/analytics/v1/project/sessions"),
    ],
)
def test_a_base_url_may_end_in_api(base: str, url: str) -> None:
    assert target.endpoint(base) == url


def test_a_refused_connection_is_one_sentence() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        connection = target.open_url(f"http://127.0.0.1:{free.getsockname()[1]}", {}, live=False)
        with pytest.raises(NoAnswerError, match=r"no connection: .*refused"):
            connection.send(Case("x", "accepts.request", b"{}"), 1)
