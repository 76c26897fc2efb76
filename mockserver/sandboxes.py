"""Whose sandbox is it? Found by token or name, made on first use, dropped when idle."""

from __future__ import annotations

import re
import threading
from abc import ABC, abstractmethod
from collections import OrderedDict
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from mockserver.sandbox import Sandbox

DEFAULT = "default"
MAX_SANDBOXES = 1000
IDLE_SECONDS = 15 * 60

#: A token that is this and an id owns the sandbox of that id.
PREFIX = "sbx-"
NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class Sandboxes(ABC):
    """All tenants of one server. `default` stays; of the others the longest idle goes first."""

    #: Whether looking at a sandbox waits for a network, so that it belongs in a thread.
    is_remote = False

    @property
    def default(self) -> Sandbox:
        """The sandbox of every token that owns none."""
        return self.named(DEFAULT)  # type: ignore[return-value]  # its name is one

    def of(self, token: str | None) -> Sandbox:
        """The sandbox that a token owns: `sbx-ID` its own, every other token `default`."""
        if token is None or not token.startswith(PREFIX):
            return self.default
        return self.named(token[len(PREFIX) :]) or self.default

    @abstractmethod
    def named(self, name: str) -> Sandbox | None:
        """The sandbox of this id, made if there is none; None for what can't be an id."""

    @abstractmethod
    def keeps(self, sandbox: Sandbox) -> bool:
        """Whether this sandbox is still there; that it was asked for counts as use."""

    @abstractmethod
    def changing(self, name: str) -> AbstractContextManager[Sandbox]:
        """The sandbox of this id, to set something in it; nobody else does meanwhile. `name` must be an id."""

    @abstractmethod
    def directing(self, sandbox: Sandbox) -> AbstractContextManager[Sandbox]:
        """The same sandbox, to answer one request that its faults, scenario or latency have a say in."""

    @abstractmethod
    def listed(self) -> list[tuple[Sandbox, float | None]]:
        """Every sandbox and in how many seconds it is dropped if nobody uses it; `default` never is."""

    @abstractmethod
    def drop(self, name: str) -> bool:
        """Forget a sandbox; False if there is none of this id. `default` can't be dropped."""

    def check(self) -> None:  # noqa: B027 - memory is always there
        """Raises StateLostError where the sandboxes can't be reached."""


class OwnSandboxes(Sandboxes):
    """Sandboxes in the memory of this process."""

    def __init__(self, make: Callable[[str], Sandbox], now: Callable[[], float]) -> None:
        self._make = make
        self._now = now
        self._default = make(DEFAULT)
        self._others: OrderedDict[str, tuple[Sandbox, float]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def default(self) -> Sandbox:
        return self._default

    def named(self, name: str) -> Sandbox | None:
        if name == DEFAULT:
            return self._default
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

    def keeps(self, sandbox: Sandbox) -> bool:
        return self.named(sandbox.name) is sandbox

    @contextmanager
    def changing(self, name: str) -> Iterator[Sandbox]:
        sandbox = self.named(name)
        assert sandbox is not None  # noqa: S101 - as promised
        yield sandbox

    @contextmanager
    def directing(self, sandbox: Sandbox) -> Iterator[Sandbox]:
        yield sandbox

    def listed(self) -> list[tuple[Sandbox, float | None]]:
        with self._lock:
            now = self._now()
            self._drop_idle(now)
            others = [(sandbox, used_at + IDLE_SECONDS - now) for sandbox, used_at in self._others.values()]
        return [(self._default, None), *others]

    def drop(self, name: str) -> bool:
        with self._lock:
            return self._others.pop(name, None) is not None

    def _drop_idle(self, now: float) -> None:
        while self._others:
            name, (_, used_at) = next(iter(self._others.items()))
            if now - used_at < IDLE_SECONDS:
                return
            del self._others[name]
