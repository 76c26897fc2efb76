"""What has been read of a text so far, and which of it may still be said.

A field that no format has written is None and will be taken from the present moment. Some
formats leave zeros behind rather than None: that is how a text asks for midnight.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from mockserver.rules.dates.zones import Zone

#: The first zone counts; a second one is passed over; a third is an error.
_ZONES_TOLERATED: Final = 2


class UnreadableError(Exception):
    """The text is in no format that PHP knows, or says the same thing twice."""


class Weekday(IntEnum):
    """Which of all Mondays is meant by "monday"."""

    AFTER_TODAY = 0
    FROM_TODAY = 1
    OF_THIS_WEEK = 2


@dataclass(slots=True)
class Shift:
    """How far the text moves the date and time that it names."""

    years: int = 0
    months: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0
    seconds: int = 0
    microseconds: int = 0

    def add(self, part: str, amount: int) -> None:
        setattr(self, part, getattr(self, part) + amount)

    def reverse(self) -> None:
        """Turn all of it around but the microseconds, which "ago" forgets."""
        for part in ("years", "months", "days", "hours", "minutes", "seconds"):
            setattr(self, part, -getattr(self, part))


@dataclass(slots=True)
class Draft:
    """The fields of a date and time, as far as they are known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    microsecond: int | None = None
    zone: Zone | None = None
    #: The weekday to move to, 0 is Sunday; negative after "ago".
    weekday: int | None = None
    weekday_choice: Weekday = Weekday.AFTER_TODAY
    #: The day of the month to move to.
    month_edge: Literal["first", "last"] | None = None
    #: Which end of the month an nth weekday is counted from.
    nth_weekday_from: Literal["first", "last"] | None = None
    #: Days to move that are no weekend; excludes `nth_weekday_from`.
    business_days: int | None = None
    shift: Shift = field(default_factory=Shift)
    has_date: bool = False
    #: How many times of day the text has; a lone four-digit number may count as the second.
    times: int = 0
    zones: int = 0

    def claim_date(self) -> None:
        """Begin a date; raises UnreadableError if there is one."""
        if self.has_date:
            raise UnreadableError
        self.has_date = True

    def claim_time(self) -> None:
        """Begin a time at midnight; raises UnreadableError if there is one."""
        if self.times:
            raise UnreadableError
        self.drop_time()
        self.times = 1

    def claim_zone(self) -> bool:
        """Tell whether this zone is the one that counts; raises UnreadableError at the third."""
        self.zones += 1
        if self.zones > _ZONES_TOLERATED:
            raise UnreadableError
        return self.zones == 1

    def drop_time(self) -> None:
        """Go back to midnight and let a later word set the time again."""
        self.times = 0
        self.hour = self.minute = self.second = self.microsecond = 0

    def drop_date(self) -> None:
        """Go back to a date of zeros and let a later word set it again."""
        self.has_date = False
        self.year = self.month = self.day = 0
