"""Which token has which sandbox, and for how long."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from mockserver.clock import Clock
from mockserver.profile import load
from mockserver.sandbox import Sandbox, Terms
from mockserver.sandboxes import IDLE_SECONDS, MAX_SANDBOXES, OwnSandboxes
from mockserver.settings import Settings
from mockserver.source import Source
from mockserver.windows import MAX_WINDOWS


class Bench:
    def __init__(self) -> None:
        self.now = 0.0
        self.clock = Clock(machine=lambda: self.now)
        self.terms = Terms(load("documented"), Source(replace(Settings(), sessions=5)))
        self.sandboxes = OwnSandboxes(lambda name: Sandbox(name, self.terms, self.clock), self.clock.machine)


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.mark.parametrize("token", [None, "", "any", "sbx-", "sbx-with blank", "sbx-" + "x" * 65, "SBX-1"])
def test_every_other_token_shares_the_default_sandbox(bench: Bench, token: str | None) -> None:
    assert bench.sandboxes.of(token) is bench.sandboxes.default


def test_a_token_owns_one_sandbox_and_keeps_it(bench: Bench) -> None:
    first = bench.sandboxes.of("sbx-a")
    assert first.name == "a"
    assert bench.sandboxes.of("sbx-a") is first
    assert bench.sandboxes.of("sbx-b") is not first


def test_an_idle_sandbox_is_dropped_and_a_used_one_stays(bench: Bench) -> None:
    idle, used = bench.sandboxes.of("sbx-idle"), bench.sandboxes.of("sbx-used")
    bench.now = IDLE_SECONDS - 1
    assert bench.sandboxes.of("sbx-used") is used
    bench.now = IDLE_SECONDS
    assert bench.sandboxes.of("sbx-used") is used
    assert bench.sandboxes.of("sbx-idle") is not idle


def test_of_too_many_the_longest_idle_goes_and_default_stays(bench: Bench) -> None:
    default, first, second = bench.sandboxes.default, bench.sandboxes.of("sbx-0"), bench.sandboxes.of("sbx-1")
    for number in range(2, MAX_SANDBOXES):
        bench.sandboxes.of(f"sbx-{number}")
    assert bench.sandboxes.of("sbx-1") is second
    assert bench.sandboxes.of("sbx-0") is not first
    assert bench.sandboxes.default is default


def test_a_sandbox_remembers_no_more_windows_than_it_may(bench: Bench) -> None:
    sandbox = bench.sandboxes.default
    for number in range(MAX_WINDOWS + 1):
        sandbox.spend(f"token-{number}")
    assert sandbox.quota("token-1").remaining == 59
    assert sandbox.quota("token-0").remaining == 60


def test_threads_that_meet_a_new_token_share_its_sandbox(bench: Bench) -> None:
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda number: bench.sandboxes.of(f"sbx-{number % 4}"), range(400)))
    assert len({id(sandbox) for sandbox in found}) == 4
