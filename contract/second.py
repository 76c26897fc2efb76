"""The second layer: Schemathesis finds what nobody thought of, judged by the same clauses.

As a hooks module it brings them to the plain tool, too::

    SCHEMATHESIS_HOOKS=contract.second st run contract/openapi.yaml --url http://127.0.0.1:8420 -c contract_clauses
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import schemathesis
from hypothesis import strategies as st
from schemathesis.engine import events, from_schema

from contract.checks import PASSIVE
from contract.generated import case_of
from contract.model import Answer, Auth
from contract.pace import OutOfBudgetError
from contract.schema import ENDPOINT, PATH
from contract.spans import PAGE_WINDOW
from contract.values import stamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import BaseSchema

    from contract.model import Case, Judgement
    from contract.pace import Pace
    from contract.target import Connection

_EXAMPLES = 150
_OPTIONS = {"OPTIONS", "TRACE", "HEAD"}
schemathesis.openapi.format("date-time", st.datetimes(PAGE_WINDOW.start, PAGE_WINDOW.end).map(stamp))


@schemathesis.check
def contract_clauses(
    _ctx: schemathesis.CheckContext, response: schemathesis.Response, _case: schemathesis.Case[Any]
) -> None:
    """Every clause that one answer can break; the first broken one fails the case."""
    for _, judgement in judge(response):
        if judgement.breach:
            raise AssertionError(f"{judgement.clause}: expected {judgement.expected}; got {judgement.got}")


def judge(
    response: schemathesis.Response, number: int = 0, at_seconds: float = 0
) -> Iterator[tuple[Answer, Judgement]]:
    """The judgements on one answer to a generated request."""
    request = response.request
    if request.method in _OPTIONS:
        return
    parts = urlsplit(str(request.url))
    body = request.body or b""
    case = case_of(
        str(request.method),
        body if isinstance(body, bytes) else str(body).encode(),
        str(request.headers.get("Content-Type", "")),
        dict(parse_qsl(parts.query, keep_blank_values=True)),
        authorized=str(request.headers.get("Authorization", "")).startswith("Bearer "),
    )
    answer = Answer.of(
        case,
        number=number,
        status=response.status_code,
        headers={name: values[0] for name, values in response.headers.items()},
        body=response.content,
        elapsed_ms=response.elapsed * 1000,
        at_seconds=at_seconds,
        url=parts._replace(query="").geturl(),
    )
    yield from ((answer, judgement) for check in PASSIVE for judgement in check(answer))


class SecondLayer:
    """Runs Schemathesis at a target: `full` all phases, `fuzz` without coverage; live only valid requests."""

    def __init__(self, level: str, seed: int, examples: int = _EXAMPLES) -> None:
        self._level = level
        self._seed = seed
        self._examples = examples

    def __call__(self, connection: Connection, pace: Pace) -> Iterator[tuple[Judgement, Case]]:
        """Every judgement, with the shortest request of each breach. Raises KeyboardInterrupt."""
        watch = _Watch(connection, pace)
        schema = self._schema(connection)
        schema.hook("after_call")(lambda _context, _case, response: watch.after_call(response))
        try:
            pace.claim()  # Schemathesis probes once on its own
            watch.before_next()
        except OutOfBudgetError:
            return
        for event in from_schema(schema).execute():
            if isinstance(event, events.Interrupted) and not watch.over:
                raise KeyboardInterrupt
        yield from watch.found.values()

    def _schema(self, connection: Connection) -> BaseSchema:
        schema = schemathesis.openapi.from_path(PATH, config=self._config(connection))
        app = getattr(connection.session, "app", None)
        if app is None:
            return schema.include(path=ENDPOINT)
        schema.app = app
        return schema

    def _config(self, connection: Connection) -> schemathesis.Config:
        live = connection.target.live
        token = connection.credentials.tokens[Auth.VALID]
        generation = {
            "mode": "positive" if live else "all",
            "max-examples": self._examples,
            "database": "none",
        }
        return schemathesis.Config.from_dict(
            {
                "seed": self._seed,
                "base-url": connection.target.url.removesuffix(ENDPOINT),
                "continue-on-failure": True,
                "headers": {"Authorization": f"Bearer {token}", "Accept": "application/json"},
                "cache": {"enabled": False},
                "checks": {"enabled": False},
                "generation": generation | {"no-shrink": live},
                "phases": {"coverage": {"enabled": self._level == "full"}, "stateful": {"enabled": False}},
            }
        )


class _Watch:
    """Counts, paces and judges every call that Schemathesis makes."""

    def __init__(self, connection: Connection, pace: Pace) -> None:
        self._connection = connection
        self._pace = pace
        if connection.target.exclusive:  # waiting costs nothing: the fake's clock is moved
            pace.reserve, pace.max_wait_seconds = 0, inf
        self.over = False
        #: By clause and whether it is broken: the shortest request.
        self.found: dict[tuple[str, bool], tuple[Judgement, Case]] = {}

    def before_next(self) -> None:
        """Claims the next call. Raises OutOfBudgetError."""
        seconds = self._pace.pause(self._connection.now())
        if seconds:
            self._connection.wait(seconds)
        self._pace.claim()

    def after_call(self, response: schemathesis.Response) -> None:
        """Judges an answer and makes room for the next request; the only way to stop Schemathesis is Ctrl-C's."""
        for answer, judgement in judge(response, self._pace.sent, self._connection.now()):
            self._pace.seen(answer)
            key = (judgement.clause, judgement.breach)
            known = self.found.get(key)
            if known is None or len(answer.case.body) < len(known[1].body):
                self.found[key] = (judgement, answer.case)
        try:
            self.before_next()
        except OutOfBudgetError:
            self.over = True
            raise KeyboardInterrupt from None
