"""Redis counts exactly as this process does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockserver.state.shared import SharedWindows
from mockserver.state.store import Store
from mockserver.throttle import Limit, Window
from mockserver.windows import MAX_WINDOWS, OwnWindows

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = st.sampled_from(["token-one", "token-two", "guest 127.0.0.1"])
LIMITS = st.builds(Limit, st.integers(1, 4), st.integers(1, 60), st.booleans())
STEPS = st.one_of(
    st.tuples(st.just("spend"), KEYS, LIMITS, st.floats(0, 40)),
    st.tuples(st.just("exhaust"), st.integers(0, 4)),
    st.tuples(st.just("clear")),
)


@pytest.fixture
def store(redis_server: Any) -> Iterator[Store]:
    found = Store(redis_server.url, "test", lambda _: None)
    yield found
    found.client.close()


def run(windows: Any, steps: list[Any]) -> list[Any]:
    now, seen = 1_769_904_000.123, []
    for kind, *arguments in steps:
        if kind == "spend":
            key, limit, seconds = arguments
            now += seconds
            seen.append((windows.spend(key, limit, now), windows.find(key)))
        elif kind == "exhaust":
            windows.exhaust(Window(now, *arguments))
        else:
            windows.clear()
    return [*seen, sorted(windows.listed(), key=str)]


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=25))
def test_every_course_of_requests_ends_the_same(store: Store, steps: list[Any]) -> None:
    shared = SharedWindows(store, "s")
    shared.clear()
    assert run(shared, steps) == run(OwnWindows(), steps)


def test_the_window_that_opened_first_goes_when_there_are_too_many(store: Store) -> None:
    shared, limit = SharedWindows(store, "s"), Limit(60, 60)
    with store.client.pipeline() as pipe:
        for number in range(MAX_WINDOWS):
            pipe.hset(f"{store.space}windows:s", f"key-{number}", f"{1000.0 + number} 1 -")
        pipe.execute()
    shared.spend("one-more", limit, 20_000.0)
    assert len(shared.listed()) == MAX_WINDOWS
    assert min(window.opened_at for _, window in shared.listed()) == 1001.0
