"""How far long work is: a line on the terminal while it runs, none afterwards."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")

#: Shorter work shows nothing.
_PATIENCE_SECONDS = 0.5
_PAUSE_SECONDS = 0.1
_WIDTH = 30
_ITEMS_A_REPORT = 1024
_ERASE = "\r\x1b[K"


def silent(_done: int) -> None:
    """Tell nobody."""


class Bar:
    """Called with how much is done of `total`; once that is all, the line says what comes `then`."""

    def __init__(
        self,
        title: str,
        total: int,
        then: str,
        stream: TextIO,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._title, self._total, self._then = title, total, then
        self._stream, self._clock = stream, clock
        self._due = clock() + _PATIENCE_SECONDS
        self._shown = False

    def __call__(self, done: int) -> None:
        ends = done >= self._total
        now = self._clock()
        # The end is said at once, if anything is, because what comes then may be long and silent.
        if now < self._due and not (ends and self._shown):
            return
        self._due = now + _PAUSE_SECONDS
        self._shown = True
        self._stream.write(f"{_ERASE}{self._title} {self._then if ends else self._drawn(done)}")
        self._stream.flush()

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._shown:
            self._stream.write(_ERASE)
            self._stream.flush()

    def _drawn(self, done: int) -> str:
        filled = done * _WIDTH // self._total
        return f"[{'=' * filled}{' ' * (_WIDTH - filled)}] {done * 100 // self._total} %"


@contextmanager
def shown(title: str, total: int, then: str = "", *, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """A bar on stderr while the block runs, if stderr is a terminal and not `quiet`."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    bar = Bar(title, total, then, sys.stderr)
    try:
        yield bar
    finally:
        bar.close()


def counted(items: Iterable[Item], told: Callable[[int], None]) -> Iterator[Item]:
    """The same items; now and then `told` is how many there were."""
    for number, item in enumerate(items):
        if number % _ITEMS_A_REPORT == 0:
            told(number)
        yield item
