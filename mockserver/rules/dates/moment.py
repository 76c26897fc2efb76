"""An instant as the clocks and calendars of its zone show it: what a layout writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from mockserver.rules.dates import zones
from mockserver.rules.dates.gregorian import civil, day_number
from mockserver.rules.dates.instant import microseconds

if TYPE_CHECKING:
    from mockserver.rules.dates.draft import Draft

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND: Final = 1_000_000
_DAY_SECONDS: Final = 86_400


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant as the clocks and calendars of its zone show it."""

    seconds: int
    microsecond: int
    zone: zones.Zone
    offset_seconds: int
    abbreviation: str
    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int

    @classmethod
    def of(cls, draft: Draft) -> Moment:
        """Place what has been read; what does not exist runs over into what does."""
        seconds, microsecond = divmod(microseconds(draft, EPOCH), _SECOND)
        zone = draft.zone or zones.WORLD_TIME
        offset_seconds, abbreviation = zone.clock_at(seconds)
        number, clock = divmod(seconds + offset_seconds, _DAY_SECONDS)
        hour, minute, second = clock // 3600, clock // 60 % 60, clock % 60
        place = (seconds, microsecond, zone, offset_seconds, abbreviation)
        return cls(*place, *civil(number), hour, minute, second)

    @property
    def day_number(self) -> int:
        """The day, counted from 1970-01-01."""
        return day_number(self.year, self.month, self.day)
