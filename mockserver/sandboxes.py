"""Whose sandbox is it? Found by token, made on first use, dropped when idle."""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.sandbox import Sandbox

DEFAULT = "default"
MAX_SANDBOXES = 1000
IDLE_SECONDS = 15 * 60

_TOKEN = re.compile(r"sbx-([A-Za-z0-9_.-]{1,64})")


class Sandboxes:
    """All tenants of one server. `default` stays; of the others the longest idle goes first."""

    def __init__(self, make: Callable[[str], Sandbox], now: Callable[[], float]) -> None:
        self._make = make
        self._now = now
        self.default = make(DEFAULT)
        self._others: OrderedDict[str, tuple[Sandbox, float]] = OrderedDict()

    def of(self, token: str | None) -> Sandbox:
        """The sandbox that a token owns: `sbx-ID` its own, every other token `default`."""
        if token is None or not token.startswith("sbx-"):
            return self.default
        match = _TOKEN.fullmatch(token)
        return self._use(match[1]) if match else self.default

    def _use(self, name: str) -> Sandbox:
        now = self._now()
        self._drop_idle(now)
        known = self._others.pop(name, None)
        sandbox = known[0] if known else self._make(name)
        self._others[name] = (sandbox, now)
        if len(self._others) >= MAX_SANDBOXES:
            self._others.popitem(last=False)
        return sandbox

    def _drop_idle(self, now: float) -> None:
        while self._others:
            name, (_, used_at) = next(iter(self._others.items()))
            if now - used_at < IDLE_SECONDS:
                return
            del self._others[name]
