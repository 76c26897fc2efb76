"""The rate limit: a fixed window a token, opened by its first request. Pure.

Source: recorded exchanges (group `throttle`); refused calls do not extend the window.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests in a window of so many seconds."""

    requests: int
    window_seconds: int
    enforced: bool = True


@dataclass(frozen=True, slots=True)
class Window:
    """When it opened (seconds since 1970) and how many requests it has let pass."""

    opened_at: float
    used: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the throttle says of one request. `retry_after_seconds` is None where it passes."""

    limit: int
    remaining: int
    retry_after_seconds: int | None = None
    resets_at: int | None = None


def spend(window: Window | None, limit: Limit, now: float) -> tuple[Window, Verdict]:
    """Count one request at the time `now`; returns the window to keep and the verdict."""
    if window is None or now >= window.opened_at + limit.window_seconds:
        window = Window(now, 0)
    if not limit.enforced:
        return window, Verdict(limit.requests, limit.requests)
    if window.used >= limit.requests:
        ends_at = window.opened_at + limit.window_seconds
        wait = max(1, math.ceil(ends_at - now))
        return window, Verdict(limit.requests, 0, wait, math.ceil(ends_at))
    window = Window(window.opened_at, window.used + 1)
    return window, Verdict(limit.requests, limit.requests - window.used)


def refusal(window: Window | None, limit: Limit, now: float) -> Verdict:
    """What a request would be told if the window were spent; a closed one counts as opened at `now`."""
    closed = window is None or now >= window.opened_at + limit.window_seconds
    opened_at = now if window is None or closed else window.opened_at
    return spend(Window(opened_at, limit.requests), Limit(limit.requests, limit.window_seconds), now)[1]
