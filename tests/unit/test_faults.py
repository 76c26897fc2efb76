"""Which fault strikes which request."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockserver.faults import Exchange, Fault, Faults, Match
from mockserver.request import Request
from mockserver.respond import Answer

LAST = Answer(200, (), b'{"data": {"next_page_url": null}}')
NOT_LAST = Answer(200, (), b'{"data": {"next_page_url": "x"}}')


def exchange(answer: Answer = NOT_LAST, query: bytes = b"", **fields: Any) -> Exchange:
    body = json.dumps(fields).encode()
    return Exchange(
        Request("POST", "http", b"/a/b", query, {"content-type": "application/json"}, "", body), answer
    )


def strikes(faults: Faults, count: int) -> list[bool]:
    return [faults.choose(exchange()) is not None for _ in range(count)]


def test_it_lets_some_pass_strikes_some_and_is_done() -> None:
    assert strikes(Faults([Fault("reset", after=1, times=2)], "s"), 5) == [False, True, True, False, False]


def test_without_a_bound_it_always_strikes() -> None:
    assert strikes(Faults([Fault("reset")], "s"), 5) == [True] * 5


def test_the_same_seed_strikes_the_same_requests() -> None:
    chosen = [strikes(Faults([Fault("reset", probability=0.3)], seed), 200) for seed in ("a", "a", "b")]
    assert chosen[0] == chosen[1] != chosen[2]
    assert 30 < sum(chosen[0]) < 90


def test_never_and_always_are_exact() -> None:
    assert sum(strikes(Faults([Fault("reset", probability=0)], "s"), 100)) == 0
    assert sum(strikes(Faults([Fault("reset", probability=1)], "s"), 100)) == 100


def test_the_first_that_strikes_wins_and_those_behind_it_see_nothing() -> None:
    faults = Faults([Fault("reset", times=1), Fault("empty", times=1)], "s")
    assert [fault.kind if (fault := faults.choose(exchange())) else None for _ in range(3)] == [
        "reset",
        "empty",
        None,
    ]
    assert (faults.seen, faults.struck) == ([3, 2], [1, 1])


@pytest.mark.parametrize(
    ("match", "holds"),
    [
        (Match(), True),
        (Match(path="/a/b"), True),
        (Match(path="/a/*"), True),
        (Match(path="/b"), False),
        (Match(method="post"), True),
        (Match(method="GET"), False),
        (Match(page=2), True),
        (Match(page=1), False),
        (Match(page="last"), False),
        (Match(body={"sortKey": "id"}), True),
        (Match(body={"sortKey": " id "}), True),
        (Match(body={"sortKey": "id", "x": 1}), False),
    ],
)
def test_a_match_looks_at_path_method_page_and_fields(match: Match, holds: bool) -> None:  # noqa: FBT001
    assert match.holds(exchange(query=b"page=2", sortKey="id")) is holds


def test_the_last_page_is_told_by_its_answer() -> None:
    assert Match(page="last").holds(exchange(LAST))
    assert not Match(page="last").holds(exchange(Answer(422, (), b"{}")))
