"""Instants: read in two spellings, shown in two."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mockserver import timestamp


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-31 23:51:07", datetime(2026, 1, 31, 23, 51, 7, tzinfo=UTC)),
        ("2026-01-31T23:51:07.000000Z", datetime(2026, 1, 31, 23, 51, 7, tzinfo=UTC)),
        ("2026-02-01T00:51:07+01:00", datetime(2026, 1, 31, 23, 51, 7, tzinfo=UTC)),
        ("2026-01-31T23:51:07.999", datetime(2026, 1, 31, 23, 51, 7, tzinfo=UTC)),
        ("1969-12-31 23:59:59.5", datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("0001-01-01 00:00:00", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31 23:59:59", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_as_utc_and_to_the_second(text: str, moment: datetime) -> None:
    assert timestamp.parse(text) == int(moment.timestamp())


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-02-30 00:00:00", "0001-01-01T00:00:00+10:00", "9999-12-31T23:00:00-10:00"]
)
def test_what_is_no_time_or_cannot_be_shown_is_none(text: str) -> None:
    assert timestamp.parse(text) is None


@pytest.mark.parametrize("instant", [0, -1, 1_769_903_467, -62_135_596_800, 253_402_300_799])
def test_both_ways_to_show_an_instant_are_read_back(instant: int) -> None:
    assert timestamp.shown(timestamp.plain(instant)) == instant
    assert timestamp.shown(timestamp.iso8601(instant)) == instant


@pytest.mark.parametrize(
    "value", ["2026-01-31", "2026-01-31T23:51:07", "2026-01-31 23:51:07 ", 1, None, True, []]
)
def test_only_the_exact_spellings_count_as_shown(value: object) -> None:
    assert timestamp.shown(value) is None
