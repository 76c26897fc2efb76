"""The open windows of one sandbox, by token or by "guest ADDRESS"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mockserver import redact
from mockserver.throttle import spend

if TYPE_CHECKING:
    from mockserver.throttle import Limit, Verdict, Window

#: A sandbox keeps so many windows at once; the one opened first goes first.
MAX_WINDOWS = 10_000

#: What a key starts with that is no token but an address; no token has a blank.
GUEST = "guest "

EVERY_KEY = "*"


def shown(key: str) -> str:
    """A key as people may see it."""
    return key if key.startswith(GUEST) else redact.token(key)


class Windows(Protocol):
    """Where the windows of a sandbox are kept."""

    def spend(self, key: str, limit: Limit, now: float) -> Verdict:
        """Count one request; no other comes between looking and counting."""

    def find(self, key: str) -> Window | None:
        """The window of a key, open or closed."""

    def listed(self) -> list[tuple[str, Window]]:
        """Every window, by its key as people may see it; `EVERY_KEY` has that of all without one of their own."""

    def exhaust(self, window: Window) -> None:
        """Every key has this window from now on, also those not seen yet."""

    def clear(self) -> None:
        """No key has a window."""


class OwnWindows:
    """Windows in the memory of this process."""

    def __init__(self) -> None:
        self._windows: dict[str, Window] = {}
        self._first: Window | None = None

    def spend(self, key: str, limit: Limit, now: float) -> Verdict:
        windows = self._windows
        window, verdict = spend(windows.get(key, self._first), limit, now)
        if key not in windows and len(windows) >= MAX_WINDOWS:
            del windows[next(iter(windows))]
        windows[key] = window
        return verdict

    def find(self, key: str) -> Window | None:
        return self._windows.get(key, self._first)

    def listed(self) -> list[tuple[str, Window]]:
        first = [] if self._first is None else [(EVERY_KEY, self._first)]
        return first + [(shown(key), window) for key, window in list(self._windows.items())]

    def exhaust(self, window: Window) -> None:
        self._first = window
        self._windows.clear()

    def clear(self) -> None:
        self._first = None
        self._windows.clear()
