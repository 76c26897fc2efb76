"""Time zones as a text may name them: an offset, an abbreviation, or a name of the zone database.

An abbreviation means one offset whatever the day: `EST` in July is still five hours behind, and
`EDT` in January four. A name (`Europe/Berlin`) follows the rules of its zone on that day. Names
count in any case. Which names exist is what `zoneinfo` knows, legacy ones (`Zulu`, `Cuba`)
included; a PHP without the legacy names refuses those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from mockserver.rules.dates.gregorian import civil

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DAY_SECONDS: Final = 86_400
_ERA_YEARS: Final = 400
#: A year's distance from the ends of what `datetime` holds.
_FIRST_YEAR, _LAST_YEAR = 2, 9998
_LONGEST_ABBREVIATION: Final = 5

#: Offset in seconds -> the abbreviations that mean it. Where the world uses one for several
#: offsets (IST, CST, BST), PHP settles on one. Single letters are the military zones.
_ABBREVIATIONS_BY_OFFSET: Final = {
    -43_200: "y",
    -39_600: "sst x",
    -36_000: "ahst bdt hst w",
    -34_200: "hdt hpt hwt",
    -32_400: "ahdt akst v yst",
    -28_800: "akdt pst u ydt ypt ywt",
    -26_248: "emt",
    -25_200: "mst pdt ppt pwt t yddt",
    -21_600: "cst mdt mpt mwt pddt s",
    -20_173: "sjmt",
    -19_776: "hmt",
    -18_840: "qmt",
    -18_000: "cdt cpt cwt est mddt r",
    -17_340: "ppmt",
    -16_800: "sdmt",
    -15_408: "cmt",
    -14_660: "ffmt",
    -14_400: "ast cddt edt ept ewt q",
    -14_309: "bmt",
    -13_884: "smt",
    -13_840: "amt",
    -13_236: "pmt",
    -12_600: "nst",
    -10_800: "adt apt awt eddt p",
    -9_052: "ndt",
    -9_000: "npt nwt",
    -7_200: "addt o",
    -5_400: "nddt",
    -4_056: "fmt",
    -3_600: "n",
    -1_521: "dmt",
    0: "gmt uct utc wet z",
    3_600: "a bst cet met wat west",
    5_040: "wmt",
    5_736: "kmt",
    5_794: "rmt",
    7_200: "b bdst cat cest eet ist mest sast wast wemt",
    8_440: "jmt",
    9_017: "mmt",
    9_394: "lst",
    10_751: "tbmt",
    10_800: "c cemt eat eest idt msk",
    12_344: "tmt",
    14_400: "d iddt msd",
    16_279: "mdst",
    18_000: "e pkt",
    21_600: "f pkst",
    25_025: "imt",
    25_200: "g wib",
    25_590: "plmt",
    28_800: "awst h hkt wita",
    30_600: "kst",
    32_400: "awdt hkst i jst wit",
    34_200: "acst cast",
    36_000: "aest chst gst jdt k kdt",
    37_800: "acdt",
    39_600: "aedt gdt l",
    41_400: "nzmt",
    43_200: "m nzst",
    46_800: "nzdt",
}
_ABBREVIATIONS: Final = {
    name: offset for offset, names in _ABBREVIATIONS_BY_OFFSET.items() for name in names.split()
}

#: Digits and colons after the sign -> hours, minutes, seconds.
_OFFSETS: Final = tuple(
    re.compile(shape)
    for shape in (
        r"([0-9]{1,2})",
        r"([0-9]{1,2}):([0-9]{1,2})",
        r"([0-9]{1,2})([0-9]{2})",
        r"([0-9]{2})([0-9]{2})([0-9]{2})",
        r"([0-9]{2}):([0-9]{2}):([0-9]{2})",
    )
)
_SIGNED: Final = re.compile(r"(?:GMT)?([+-])([0-9:]*)")


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone that a text names: `rules` for one of the database, else a fixed offset east of UTC."""

    name: str
    offset_seconds: int = 0
    rules: ZoneInfo | None = None

    def offset_at(self, local_seconds: int) -> int:
        """Tell the seconds east of UTC when the zone's clocks show this time.

        A time that they skip counts by the offset before the jump, one that they show twice by
        the earlier of the two.
        """
        if self.rules is None:
            return self.offset_seconds
        return _seconds(self.rules.utcoffset(_near_datetime(local_seconds)))

    def clock_at(self, seconds: int) -> tuple[int, str]:
        """Tell the seconds east of UTC and what the clocks are called (`CET`) at an instant."""
        if self.rules is None:
            is_offset = self.name[0] in "+-"
            return self.offset_seconds, f"GMT{self.name.replace(':', '')}" if is_offset else self.name
        moment = _near_datetime(seconds).replace(tzinfo=UTC).astimezone(self.rules)
        return _seconds(moment.utcoffset()), moment.tzname() or self.name


WORLD_TIME: Final = Zone("UTC")


def find(text: str) -> Zone | None:
    """Look up the zone that a text names, brackets around it or not; None if there is none."""
    text = text.lstrip("(").rstrip(")")
    if signed := _SIGNED.fullmatch(text):
        return _of_offset(signed[1], signed[2])
    if len(text) <= _LONGEST_ABBREVIATION and text.lower() in _ABBREVIATIONS:
        return Zone(text.upper(), _ABBREVIATIONS[text.lower()])
    key = _database_names().get(text.lower())
    return Zone(text, rules=_rules(key)) if key else None


def offset_text(offset_seconds: int, separator: str = ":") -> str:
    """Write an offset as `+05:30`."""
    hours, minutes = divmod(abs(offset_seconds) // 60, 60)
    return f"{'-' if offset_seconds < 0 else '+'}{hours:02d}{separator}{minutes:02d}"


def _of_offset(sign: str, digits: str) -> Zone | None:
    shape = next(filter(None, (shape.fullmatch(digits) for shape in _OFFSETS)), None)
    if shape is None:
        return None
    hours, minutes, seconds = [int(part) for part in (*shape.groups(), 0, 0)][:3]
    offset_seconds = (hours * 60 + minutes) * 60 + seconds
    if sign == "-":
        offset_seconds = -offset_seconds
    return Zone(offset_text(offset_seconds), offset_seconds)


def _seconds(offset: timedelta | None) -> int:
    return offset.days * _DAY_SECONDS + offset.seconds if offset else 0


def _near_datetime(local_seconds: int) -> datetime:
    """Make a `datetime` to which the same rules apply: the calendar repeats every 400 years."""
    number, clock = divmod(local_seconds, _DAY_SECONDS)
    year, month, day = civil(number)
    if year < _FIRST_YEAR:
        year = _FIRST_YEAR + (year - _FIRST_YEAR) % _ERA_YEARS
    elif year > _LAST_YEAR:
        year = _LAST_YEAR - (_LAST_YEAR - year) % _ERA_YEARS
    return datetime(year, month, day, clock // 3600, clock // 60 % 60, clock % 60)  # noqa: DTZ001


@cache
def _database_names() -> dict[str, str]:
    import zoneinfo  # noqa: PLC0415 - few texts name a zone of the database

    return {name.lower(): name for name in zoneinfo.available_timezones()}


@cache
def _rules(key: str) -> ZoneInfo:
    import zoneinfo  # noqa: PLC0415 - the same

    return zoneinfo.ZoneInfo(key)
