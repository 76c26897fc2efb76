"""The rate limit: a fixed window a token, opened by its first request. Pure.

Source: recorded exchanges (group `throttle`); refused calls do not extend the window.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests in a window of so many seconds."""

    requests: int
    window_seconds: int
    enforced: bool = True


class Window(NamedTuple):
    """When it opened (seconds since 1970) and how many requests it has let pass."""

    opened_at: float
    used: int


class Verdict(NamedTuple):
    """What the throttle says of one request. `retry_after_seconds` is None where it passes."""

    limit: int
    remaining: int
    retry_after_seconds: int | None = None
    resets_at: int | None = None


def count(window: Window | None, limit: Limit, now: float) -> tuple[Window, bool]:
    """Count one request at the time `now`; returns the window to keep and whether the request passes."""
    if window is None or now >= window.opened_at + limit.window_seconds:
        window = Window(now, 0)
    if not limit.enforced:
        return window, True
    if window.used >= limit.requests:
        return window, False
    return Window(window.opened_at, window.used + 1), True


def verdict(window: Window, limit: Limit, now: float, *, passes: bool) -> Verdict:
    """What a request is told that was counted in this window."""
    if not limit.enforced:
        return Verdict(limit.requests, limit.requests)
    if passes:
        return Verdict(limit.requests, limit.requests - window.used)
    ends_at = window.opened_at + limit.window_seconds
    return Verdict(limit.requests, 0, max(1, math.ceil(ends_at - now)), math.ceil(ends_at))


def spend(window: Window | None, limit: Limit, now: float) -> tuple[Window, Verdict]:
    """Count one request at the time `now`; returns the window to keep and the verdict."""
    window, passes = count(window, limit, now)
    return window, verdict(window, limit, now, passes=passes)


def left(window: Window | None, limit: Limit, now: float) -> Verdict:
    """What is left, without counting."""
    used = window.used if window and now < window.opened_at + limit.window_seconds else 0
    return Verdict(limit.requests, max(0, limit.requests - used))


def refusal(window: Window | None, limit: Limit, now: float) -> Verdict:
    """What a request would be told if the window were spent; a closed one counts as opened at `now`."""
    closed = window is None or now >= window.opened_at + limit.window_seconds
    opened_at = now if window is None or closed else window.opened_at
    return verdict(
        Window(opened_at, limit.requests), Limit(limit.requests, limit.window_seconds), now, passes=False
    )
