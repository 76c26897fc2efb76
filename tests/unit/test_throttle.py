"""A fixed window that opens with the first request."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.throttle import Limit, Window, spend

LIMIT = Limit(3, 60)


def test_the_first_request_opens_the_window_and_each_costs_one() -> None:
    window, first = spend(None, LIMIT, 1000.0)
    window, second = spend(window, LIMIT, 1059.9)
    assert (first.remaining, second.remaining, window) == (2, 1, Window(1000.0, 2))


def test_at_the_limit_a_request_is_refused_until_the_window_closes() -> None:
    full = Window(1000.0, 3)
    same, verdict = spend(full, LIMIT, 1001.5)
    assert same == full
    assert (verdict.remaining, verdict.retry_after_seconds, verdict.resets_at) == (0, 59, 1060)


def test_the_window_closes_at_its_last_second_and_a_new_one_opens_then() -> None:
    window, verdict = spend(Window(1000.0, 3), LIMIT, 1060.0)
    assert (window, verdict.remaining, verdict.retry_after_seconds) == (Window(1060.0, 1), 2, None)


@pytest.mark.parametrize(("now", "wait"), [(1000.0, 60), (1059.999, 1)])
def test_the_wait_is_whole_seconds_from_1_to_the_window(now: float, wait: int) -> None:
    assert spend(Window(1000.0, 3), LIMIT, now)[1].retry_after_seconds == wait


def test_a_limit_that_is_off_never_falls() -> None:
    window = None
    for _ in range(10):
        window, verdict = spend(window, Limit(3, 60, enforced=False), 0.0)
        assert (verdict.remaining, verdict.retry_after_seconds) == (3, None)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=50))
def test_no_more_than_the_limit_pass_in_any_one_window(pauses: list[float]) -> None:
    window, now, passed = None, 0.0, dict[float, int]()
    for pause in pauses:
        now += pause
        window, verdict = spend(window, LIMIT, now)
        passed[window.opened_at] = passed.get(window.opened_at, 0) + (verdict.retry_after_seconds is None)
    assert max(passed.values()) <= 3
