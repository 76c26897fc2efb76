"""One tenant: everything that can change while the server runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import count
from typing import TYPE_CHECKING

from mockserver import __version__
from mockserver.clock import Clock
from mockserver.faults import Faults
from mockserver.journal import Journal
from mockserver.latency import Latency
from mockserver.profile import tables
from mockserver.throttle import Limit, Verdict, Window, left, refusal
from mockserver.windows import OwnWindows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockserver.dataset import Dataset
    from mockserver.faults import Fault
    from mockserver.latency import Spread
    from mockserver.profile import Profile
    from mockserver.recipe import Step
    from mockserver.scenario import Play, Scenario
    from mockserver.source import Source
    from mockserver.windows import Windows


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

    @property
    def fingerprint(self) -> str:
        """Equal for servers that answer alike, so that they may share their sandboxes."""
        scenario = self.scenario and (self.scenario.name, self.scenario.opening, self.scenario.steps)
        facts = (
            __version__,
            tables(self.profile),
            self.source.origin,
            self.limit,
            self.latency,
            scenario,
            self.seed,
        )
        return blake2b(repr(facts).encode(), digest_size=8).hexdigest()


class Sandbox:
    """Its own quota, clock, data, profile, faults, scenario and journal; the token says whose it is."""

    profile: Profile
    dataset: Dataset
    limit: Limit
    clock: Clock
    latency: Latency | None
    faults: Faults | None
    play: Play | None
    #: How its rows were made from the server's own, which are its rows where this is empty.
    recipe: tuple[Step, ...]

    def __init__(
        self,
        name: str,
        terms: Terms,
        clock: Clock,
        windows: Windows | None = None,
        journal: Journal | None = None,
    ) -> None:
        self.name = name
        self.terms = terms
        self.journal = Journal(terms.numbers) if journal is None else journal
        self._server_clock = clock
        self._windows = OwnWindows() if windows is None else windows
        self._begin()

    def _begin(self) -> None:
        self.clock = Clock(machine=self._server_clock.now)
        self.use_own_rows()
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
    def seed(self) -> str:
        """What its faults and delays are drawn from."""
        return f"{self.terms.seed} {self.name}"

    @property
    def is_directed(self) -> bool:
        """Whether anything stands between an answer and the wire."""
        return self.faults is not None or self.play is not None or self.latency is not None

    def use_profile(self, profile: Profile) -> None:
        """Answer as this profile says, under its limit unless the server was given one."""
        self.profile = profile
        throttle = profile.throttle
        self.limit = self.terms.limit or Limit(throttle.limit, throttle.window_seconds)

    def use_rows(self, step: Step) -> None:
        """Rows made so. Raises UsageError for what no rows can be made of."""
        self.dataset = self.terms.source.made(step, self.dataset)
        self.recipe = (*self.recipe, step) if step.adds else (step,)

    def use_own_rows(self) -> None:
        """The server's own rows."""
        self.dataset, self.recipe = self.terms.source.rows, ()

    def hold_back(self, spread: Spread | None) -> None:
        """Delay every answer, the same sequence of delays after every reset."""
        self.latency = Latency(spread, self.seed) if spread else None

    def set_faults(self, faults: Sequence[Fault]) -> None:
        """These faults and no others, from the beginning of their sequence; none for an empty list."""
        self.faults = Faults(faults, self.seed) if faults else None

    def spend(self, key: str) -> Verdict:
        """Count one request of a token (or of an address without one)."""
        return self._windows.spend(key, self.limit, self.clock.now())

    def quota(self, key: str) -> Verdict:
        """What is left to a token, without counting."""
        return left(self._windows.find(key), self.limit, self.clock.now())

    def refusal(self, key: str) -> Verdict:
        """What a token would be told if its window were spent, without counting."""
        return refusal(self._windows.find(key), self.limit, self.clock.now())

    def windows(self) -> list[tuple[str, Window]]:
        """The windows that are open now, by token (masked) or "guest ADDRESS"."""
        now = self.clock.now()
        return [
            (key, window)
            for key, window in self._windows.listed()
            if now < window.opened_at + self.limit.window_seconds
        ]

    def exhaust(self) -> None:
        """Spend the window of every token, also of those not seen yet."""
        self._windows.exhaust(Window(self.clock.now(), self.limit.requests))

    def clear_windows(self) -> None:
        """Give every token its whole quota again."""
        self._windows.clear()
