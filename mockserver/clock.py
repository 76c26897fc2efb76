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
