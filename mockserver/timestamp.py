"""Instants as whole seconds since 1970 UTC, and the two ways in which a row shows them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

SECONDS_A_DAY = 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLAIN_EPOCH = _EPOCH.replace(tzinfo=None)
_EPOCH_ORDINAL = _EPOCH.toordinal()
_SECOND = timedelta(seconds=1)
_FIRST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _SECOND
_LAST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _SECOND

#: "00:00:" to "23:59:", by minute of the day, and "00" to "59".
MINUTE_TEXTS = tuple(f"{hour:02}:{minute:02}:" for hour in range(24) for minute in range(60))
SECOND_TEXTS = tuple(f"{second:02}" for second in range(60))


def day_text(day: int) -> str:
    """`day` counts from 1970-01-01; the year is from 1 to 9999."""
    return date.fromordinal(day + _EPOCH_ORDINAL).isoformat()


def plain(instant: int) -> str:
    """As `2026-01-31 23:51:07`."""
    return (_EPOCH + timedelta(seconds=instant)).replace(tzinfo=None).isoformat(" ")


def iso8601(instant: int) -> str:
    """As `2026-01-31T23:51:07.000000Z`."""
    return plain(instant).replace(" ", "T") + ".000000Z"


def parse(text: str) -> int | None:
    """`Y-m-d H:i:s` or ISO 8601, UTC unless it says otherwise; None for anything else.

    A fraction of a second is dropped.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    since = moment - (_PLAIN_EPOCH if moment.tzinfo is None else _EPOCH)
    instant = since.days * SECONDS_A_DAY + since.seconds
    # An offset can push it out of the years that can be shown.
    return instant if _FIRST <= instant <= _LAST else None


def shown(value: object) -> int | None:
    """The instant that is shown exactly so, in one of the two ways; None for any other value."""
    instant = parse(value) if isinstance(value, str) else None
    return instant if instant is not None and value in (plain(instant), iso8601(instant)) else None
