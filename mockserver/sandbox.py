"""One tenant: everything that can change while the server runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from mockserver.clock import Clock
from mockserver.faults import Faults
from mockserver.journal import Journal
from mockserver.latency import Latency
from mockserver.throttle import Limit, Verdict, Window, refusal, spend

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockserver.dataset import Dataset
    from mockserver.faults import Fault
    from mockserver.latency import Spread
    from mockserver.profile import Profile
    from mockserver.scenario import Play, Scenario
    from mockserver.source import Source

#: A tenant keeps so many open windows at once; the one opened first goes first.
MAX_WINDOWS = 10_000


@dataclass(frozen=True, slots=True)
class Terms:
    """How every sandbox of a server begins, which is also what a reset brings back.

    `limit` None is the profile's own; `numbers` are the ids of journal entries, one sequence a server.
    """

    profile: Profile
    source: Source
    limit: Limit | None = None
    latency: Spread | None = None
    scenario: Scenario | None = None
    seed: int = 1
    numbers: Iterator[int] = field(default_factory=lambda: count(1))


class Sandbox:
    """Its own quota, clock, data, profile, faults, scenario and journal; the token says whose it is."""

    profile: Profile
    dataset: Dataset
    limit: Limit
    clock: Clock
    latency: Latency | None
    faults: Faults | None
    play: Play | None

    def __init__(self, name: str, terms: Terms, clock: Clock) -> None:
        self.name = name
        self.terms = terms
        self.journal = Journal(terms.numbers)
        self._server_clock = clock
        self._windows: dict[str, Window] = {}
        self._first_window: Window | None = None
        self._begin()

    def _begin(self) -> None:
        self.clock = Clock(machine=self._server_clock.now)
        self.dataset = self.terms.source.rows
        self.hold_back(self.terms.latency)
        self.faults = None
        self.play = None
        self.use_profile(self.terms.profile)
        if self.terms.scenario:
            self.terms.scenario.begin(self)

    def reset(self) -> None:
        """Back to how it began, with an empty journal."""
        self.clear_windows()
        self.journal.clear()
        self._begin()

    def stop_playing(self) -> None:
        """Without a scenario and all that it had set; quota and journal stay."""
        if self.play is not None:
            self._begin()
            self.play = None

    @property
    def is_directed(self) -> bool:
        """Whether anything stands between an answer and the wire."""
        return self.faults is not None or self.play is not None or self.latency is not None

    def use_profile(self, profile: Profile) -> None:
        """Answer as this profile says, under its limit unless the server was given one."""
        self.profile = profile
        throttle = profile.throttle
        self.limit = self.terms.limit or Limit(throttle.limit, throttle.window_seconds)

    def hold_back(self, spread: Spread | None) -> None:
        """Delay every answer, the same sequence of delays after every reset."""
        self.latency = Latency(spread, f"{self.terms.seed} {self.name}") if spread else None

    def set_faults(self, faults: Sequence[Fault]) -> None:
        """These faults and no others, from the beginning of their sequence; none for an empty list."""
        self.faults = Faults(faults, f"{self.terms.seed} {self.name}") if faults else None

    def spend(self, key: str) -> Verdict:
        """Count one request of a token (or of an address without one)."""
        window, verdict = spend(self._windows.get(key, self._first_window), self.limit, self.clock.now())
        if key not in self._windows and len(self._windows) >= MAX_WINDOWS:
            del self._windows[next(iter(self._windows))]
        self._windows[key] = window
        return verdict

    def quota(self, key: str) -> Verdict:
        """What is left to a token, without counting."""
        window = self._windows.get(key, self._first_window)
        used = window.used if window and self.clock.now() < self._end(window) else 0
        return Verdict(self.limit.requests, max(0, self.limit.requests - used))

    def refusal(self, key: str) -> Verdict:
        """What a token would be told if its window were spent, without counting."""
        return refusal(self._windows.get(key, self._first_window), self.limit, self.clock.now())

    def windows(self) -> dict[str, Window]:
        """The windows that are open now, by token or "guest ADDRESS"."""
        now = self.clock.now()
        return {key: window for key, window in self._windows.items() if now < self._end(window)}

    def exhaust(self) -> None:
        """Spend the window of every token, also of those not seen yet."""
        self._first_window = Window(self.clock.now(), self.limit.requests)
        self._windows.clear()

    def clear_windows(self) -> None:
        """Give every token its whole quota again."""
        self._first_window = None
        self._windows.clear()

    def _end(self, window: Window) -> float:
        return window.opened_at + self.limit.window_seconds
