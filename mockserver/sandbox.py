"""One tenant: everything that can change while the server runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.throttle import Limit, Verdict, Window, spend

if TYPE_CHECKING:
    from mockserver.clock import Clock
    from mockserver.dataset import Dataset
    from mockserver.profile import Profile

#: A tenant keeps so many open windows at once; the one opened first goes first.
MAX_WINDOWS = 10_000


class Sandbox:
    """Its own quota, clock, data and profile; the token says whose it is."""

    def __init__(self, name: str, profile: Profile, dataset: Dataset, clock: Clock, limit: Limit) -> None:
        self.name = name
        self.profile = profile
        self.dataset = dataset
        self.clock = clock
        self.limit = limit
        self._windows: dict[str, Window] = {}

    def spend(self, key: str) -> Verdict:
        """Count one request of a token (or of an address without one)."""
        window, verdict = spend(self._windows.get(key), self.limit, self.clock.now())
        if key not in self._windows and len(self._windows) >= MAX_WINDOWS:
            del self._windows[next(iter(self._windows))]
        self._windows[key] = window
        return verdict

    def quota(self, key: str) -> Verdict:
        """What is left to a token, without counting."""
        window = self._windows.get(key)
        return Verdict(self.limit.requests, self.limit.requests - (window.used if window else 0))

    def reset(self) -> None:
        """Back to how it began."""
        self._windows.clear()
