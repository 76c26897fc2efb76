"""What time it is: real, frozen or offset. The only place that asks the machine."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(slots=True)
class Clock:
    """Seconds since 1970 UTC: the machine's plus an offset, or a moment at which it stands."""

    machine: Callable[[], float] = field(default=time.time)
    offset_seconds: float = 0.0
    frozen_at: float | None = None

    def now(self) -> float:
        return self.machine() + self.offset_seconds if self.frozen_at is None else self.frozen_at

    def datetime(self) -> datetime:
        return datetime.fromtimestamp(self.now(), UTC)

    def set_real(self) -> None:
        """Run with the machine again."""
        self.offset_seconds, self.frozen_at = 0.0, None

    def freeze(self, at: float) -> None:
        """Stand still at a moment."""
        self.frozen_at = at

    def run_from(self, at: float) -> None:
        """Run on from a moment."""
        self.offset_seconds, self.frozen_at = at - self.machine(), None

    def advance(self, seconds: float) -> None:
        """Go forward at once, running or not."""
        if self.frozen_at is None:
            self.offset_seconds += seconds
        else:
            self.frozen_at += seconds

    @property
    def mode(self) -> str:
        """`real`, `frozen` or `offset`."""
        if self.frozen_at is not None:
            return "frozen"
        return "offset" if self.offset_seconds else "real"
