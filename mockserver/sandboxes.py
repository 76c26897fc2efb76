"""Whose sandbox is it? Found by token or name, made on first use, dropped when idle."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.sandbox import Sandbox

DEFAULT = "default"
MAX_SANDBOXES = 1000
IDLE_SECONDS = 15 * 60

#: A token that is this and an id owns the sandbox of that id.
PREFIX = "sbx-"
NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class Sandboxes:
    """All tenants of one server. `default` stays; of the others the longest idle goes first."""

    def __init__(self, make: Callable[[str], Sandbox], now: Callable[[], float]) -> None:
        self._make = make
        self._now = now
        self.default = make(DEFAULT)
        self._others: OrderedDict[str, tuple[Sandbox, float]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, token: str | None) -> Sandbox:
        """The sandbox that a token owns: `sbx-ID` its own, every other token `default`."""
        if token is None or not token.startswith(PREFIX):
            return self.default
        return self.named(token[len(PREFIX) :]) or self.default

    def named(self, name: str) -> Sandbox | None:
        """The sandbox of this id, made if there is none; None for what can't be an id."""
        if name == DEFAULT:
            return self.default
        if not NAME.fullmatch(name):
            return None
        with self._lock:
            now = self._now()
            self._drop_idle(now)
            known = self._others.pop(name, None)
            sandbox = known[0] if known else self._make(name)
            self._others[name] = (sandbox, now)
            if len(self._others) >= MAX_SANDBOXES:
                self._others.popitem(last=False)
            return sandbox

    def listed(self) -> list[tuple[Sandbox, float | None]]:
        """Every sandbox and in how many seconds it is dropped if nobody uses it; `default` never is."""
        with self._lock:
            now = self._now()
            self._drop_idle(now)
            others = [(sandbox, used_at + IDLE_SECONDS - now) for sandbox, used_at in self._others.values()]
        return [(self.default, None), *others]

    def drop(self, name: str) -> bool:
        """Forget a sandbox; False if there is none of this id. `default` can't be dropped."""
        with self._lock:
            return self._others.pop(name, None) is not None

    def reset(self) -> None:
        """Every sandbox back to how it began."""
        with self._lock:
            everyone = [self.default, *(sandbox for sandbox, _ in self._others.values())]
        for sandbox in everyone:
            sandbox.reset()

    def _drop_idle(self, now: float) -> None:
        while self._others:
            name, (_, used_at) = next(iter(self._others.items()))
            if now - used_at < IDLE_SECONDS:
                return
            del self._others[name]
