"""The grammar of dates: which format reads a text, what may be said twice, which instant is meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.rules.dates import Reading, matches_format, read
from mockserver.rules.dates.grammar import formats
from mockserver.rules.dates.gregorian import civil, day_number, is_real, weekday
from mockserver.rules.dates.reader import tokens

#: A Wednesday, with a time of its own.
NOW = datetime(2026, 11, 25, 13, 14, 15, 678_901, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def meant(text: str, now: datetime = NOW) -> str | None:
    """The instant of a text as ISO 8601 without its zone, or None."""
    reading = read(text, now)
    if reading is None:
        return None
    return (EPOCH + timedelta(microseconds=reading.microseconds)).isoformat()[:-6]


def is_full_date(text: str) -> bool:
    reading = read(text, NOW)
    return reading is not None and reading.full_date


def names(text: str) -> list[str]:
    return [form.name for form, _ in tokens(text) if form.name != "separator"]


#: One text for every row of the table, which that row alone reads to its end.
EXAMPLES = {
    "yesterday": "Yesterday",
    "now": "now",
    "noon": "noon",
    "today": "midnight",
    "tomorrow": "TOMORROW",
    "timestamp": "@-86400",
    "timestamp, fraction": "@1.5",
    "edge of month": "last day of",
    "quarter": "back of 7pm",
    "weekday of month": "third friday of",
    "half-day hour": "9 am",
    "half-day clock": "9:30 p.m.",
    "half-day long clock": "9:30:15pm",
    "sql server": "9:30:15:123pm",
    "hour": "T9",
    "clock": "T9:5",
    "long clock": "23.59.60",
    "long clock, fraction": "7:05:09.123456",
    "four digits": "2359",
    "six digits": "t235960",
    "american, no year": "1/15",
    "american": "1/15/26",
    "american, suffix": "1/2nd/2026",
    "iso": "-2026-01-15",
    "iso, slashes": "2026/01/15/",
    "year first, slashes": "2026/1/15",
    "iso, short year": "26-01-15",
    "iso, long year": "+20261-01-15",
    "year and month": "2026-1",
    "year first": "2026-1-5",
    "day first, named month": "15th Jan 26",
    "day first": "15-01-2026",
    "day first, short year": "15\t01.26",
    "named month and year": "Jan 2026",
    "year and named month": "2026-XII",
    "month first, named": "January 15th, 2026",
    "month and day": "Sept 15",
    "day and month": "15.Jan",
    "eight digits": "20260115",
    "xml-rpc": "20260115T9:05:07",
    "xml-rpc, digits": "20260115T090507",
    "xml-rpc, five digits": "20260115T12345",
    "soap": "2026-01-15T09:05:07.5+01:00",
    "wddx": "2026-1-15T9:5:7",
    "exif": "2026:01:15 09:05:07",
    "day of year": "2026.001",
    "iso week, day": "2026W037",
    "iso week": "2026-W03",
    "postgres": "Jan-15-26",
    "postgres, reversed": "2026-Jan-15",
    "common log": "15/Jan/2026:09:05:07 +0100",
    "year": "9999",
    "ago": "ago",
    "weekday": "fridays",
    "week in words": "next week",
    "steps in words": "last fortnight",
    "month": "may",
    "zone": "America/Port-au-Prince",
    "month, day, half-day clock": "Jan 15 9:05 am",
    "month, day, half-day long clock": "Jan 15 9:05:07 am",
    "month, day, clock": "Jan 15 9:05",
    "month, day, long clock": "Jan 15 9:05:07",
    "month, day, pointed clock": "Jan 15 9:05.07",
    "month, day, clock, zone": "Jan 15 9:05:07 EST",
    "steps in digits": "+- 3\u00a0days",
    "separator": "\n",
}


@pytest.mark.parametrize("name", [form.name for form in formats()])
def test_every_format_reads_its_example_alone(name: str) -> None:
    example = EXAMPLES[name]
    (form, match), *rest = tokens(example)
    assert form.name == name
    assert match.end() >= len(example)
    assert [form.name for form, _ in rest] in ([], ["separator"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-01T00:00:00Z", ["wddx", "zone"]),
        ("2026-01-01 00:00:00", ["iso", "long clock"]),
        ("2026", ["four digits"]),
        ("2026 2026", ["four digits", "four digits"]),
        ("20261-01-01", ["four digits", "year first"]),
        ("15.01.26", ["long clock"]),
        ("2026-01-01 +1 day", ["iso", "steps in digits"]),
        ("first day of january 2026", ["edge of month", "named month and year"]),
    ],
)
def test_the_longest_format_wins_and_reading_goes_on_behind_it(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01",
        "20260101",
        "20260101000000",
        "01/15/2026",
        "15-01-2026",
        "15.01.2026",
        "26-01-01",
        "2026-001",
        "2026-W01-1",
        "2026-01",
        "Jan 2026",
        "Jan 15, 2026",
        "+2026-01-01",
        "10000-01-01",
        "+32767-12-31",
        "2024-02-29",
        "@1767225600",
        "first day of january 2026",
        "2026-01-01 tomorrow",
        "2026-01-01 24:00:01",
        "2026-01-01 (UTC)",
        "Friday, 2026-01-01",
        "2026-01-01T",
        "2026-01-01,",
    ],
)
def test_a_year_month_and_day_in_the_text_make_a_full_date(text: str) -> None:
    assert is_full_date(text)


@pytest.mark.parametrize(
    "text", ["now", "tomorrow", "+1 day", "monday", "10:00", "Jan 1", "2026", "next month", " "]
)
def test_a_text_that_leans_on_today_is_read_but_is_no_full_date(text: str) -> None:
    reading = read(text, NOW)
    assert reading is not None
    assert not reading.full_date


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-02-30", "2026-03-02T00:00:00"),
        ("2026-00-15", "2025-12-15T00:00:00"),
        ("2026-01-00", "2025-12-31T00:00:00"),
        ("2026-366", "2027-01-01T00:00:00"),
    ],
)
def test_a_day_that_does_not_exist_runs_over_and_is_no_full_date(text: str, instant: str) -> None:
    assert meant(text) == instant
    assert not is_full_date(text)


@pytest.mark.parametrize("text", ["0000-01-01", "-0001-01-01", "+32768-01-01"])
def test_a_full_date_is_of_a_year_from_1_to_32767(text: str) -> None:
    assert read(text, NOW) is not None
    assert not is_full_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nope",
        "31/01/2026",
        "2026.01.01",
        "2026-13-01",
        "2026-01-32",
        "2026-01-01 00",
        "2026-01-01 25:00",
        "2026-01-01 23:60",
        "2026-01-01 23:59:61",
        "1767225600",
        "1767225600000",
        "\u0662\u0660\u0662\u0666-01-01",
        "2026-01-01 Nowhere/City",
        "2026-01-01 +25:00",
        "2026-01-01_00:00:00",
        "@1.",
        "\u017funday",
    ],
)
def test_what_fits_no_format_is_unreadable(text: str) -> None:
    assert read(text, NOW) is None


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01 2026-01-02",
        "10:00 11:00",
        "2026-01-01 may",
        "2026-01-01T00:00:00.5 10:00",
        "2359 2026 2026",
        "UTC UTC UTC",
    ],
)
def test_a_second_date_a_second_time_and_a_third_zone_are_errors(text: str) -> None:
    assert read(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-01-01 EST CET", "2026-01-01T05:00:00"),
        ("tomorrow 10:00", "2026-11-26T10:00:00"),
        ("10:00 tomorrow", "2026-11-26T00:00:00"),
        ("2026-01-01 10:00 noon", "2026-01-01T12:00:00"),
        ("2026-01-01 10:00 monday", "2026-01-05T00:00:00"),
        ("2026-01-01 10:00 +1 monday", "2026-01-05T10:00:00"),
        ("23:59 2024", "2024-11-25T23:59:00"),
        ("@86400 2026-01-01", "2026-01-02T00:00:00"),
        ("UTC @86400 2026-01-01", "2026-01-01T00:00:00"),
    ],
)
def test_some_things_may_be_said_again(text: str, instant: str) -> None:
    assert meant(text) == instant


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("now", "2026-11-25T13:14:15.678901"),
        ("+1 day", "2026-11-26T13:14:15.678901"),
        ("may", "2026-05-25T00:00:00"),
        ("10:00", "2026-11-25T10:00:00"),
        ("2031 may", "2031-05-01T00:00:00"),
        ("2026-01-01", "2026-01-01T00:00:00"),
        ("yesterday noon", "2026-11-24T12:00:00"),
    ],
)
def test_what_the_text_leaves_open_comes_from_the_present_moment(text: str, instant: str) -> None:
    assert meant(text) == instant


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-01-31 +1 month", "2026-03-03T00:00:00"),
        ("2026-01-31 24:00 +1 month", "2026-03-01T00:00:00"),
        ("2026-01-01 +1 week 2 days ago", "2025-12-23T00:00:00"),
        ("2026-01-01 --2 days", "2026-01-03T00:00:00"),
        ("2026-01-01 -1.5 hours", "2026-01-01T06:00:00"),
        ("2026-01-01 250 msec", "2026-01-01T00:00:00.250000"),
        ("2026-01-01 last fortnight", "2025-12-18T00:00:00"),
        ("2026-01-01 first day of next month", "2026-02-01T00:00:00"),
        ("last day of february 2024", "2024-02-29T00:00:00"),
        ("first monday of january 2026", "2026-01-05T00:00:00"),
        ("last friday of january 2026", "2026-01-30T00:00:00"),
        ("2026-01-01 thursday", "2026-01-01T00:00:00"),
        ("2026-01-01 next thursday", "2026-01-08T00:00:00"),
        ("2026-01-01 last thursday", "2025-12-25T00:00:00"),
        ("sunday this week", "2026-11-29T00:00:00"),
        ("monday next week", "2026-11-30T00:00:00"),
        ("2026-01-04 this week", "2025-12-29T00:00:00"),
        ("2026-01-01 2 mondays ago", "2025-12-15T00:00:00"),
        ("2026-01-02 +1 weekday", "2026-01-05T00:00:00"),
        ("2026-01-05 1 weekday ago", "2026-01-02T00:00:00"),
        ("2026-01-04 -3 weekdays", "2025-12-31T00:00:00"),
        ("2026-01-03 +5 weekdays", "2026-01-09T00:00:00"),
        ("2026-01-01 back of 7pm", "2026-01-01T19:15:00"),
        ("2026-01-01 front of 7", "2026-01-01T06:45:00"),
    ],
)
def test_movements_start_from_the_date_of_the_text(text: str, instant: str) -> None:
    assert meant(text) == instant


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("12am", "2026-11-25T00:00:00"),
        ("12:30 p.m.", "2026-11-25T12:30:00"),
        ("2026-01-01 24:00:00", "2026-01-02T00:00:00"),
        ("2026-01-01 23:59:60", "2026-01-02T00:00:00"),
        ("2026-01-01 07:05:09.1234567", "2026-01-01T07:05:09.123456"),
        ("20260115T12345", "2026-01-15T12:34:05"),
        ("@-1.5", "1969-12-31T23:59:58.500000"),
        ("69-01-01", "2069-01-01T00:00:00"),
        ("70-01-01", "1970-01-01T00:00:00"),
        ("2026-W01-7", "2026-01-04T00:00:00"),
        ("2020-W53-5", "2021-01-01T00:00:00"),
    ],
)
def test_times_and_years_mean_what_a_clock_and_a_calendar_say(text: str, instant: str) -> None:
    assert meant(text) == instant


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        ("Z", 0),
        ("+05:30", 5.5),
        ("+053015", 5 + 30.25 / 60),
        ("-3:15", -3.25),
        ("GMT+5", 5),
        ("+24:00", 24),
        ("EST", -5),
        ("edt", -4),
        ("(CEST)", 2),
        ("Zulu", 0),
        ("Asia/Kolkata", 5.5),
        ("Asia/kolkata", 5.5),
        ("Europe/Berlin", 2),
        ("Cuba", -4),
    ],
)
def test_a_zone_is_an_offset_an_abbreviation_or_a_name(zone: str, hours: float) -> None:
    summer = datetime(2026, 7, 1, 12) - timedelta(hours=hours)  # noqa: DTZ001 - compared as text
    assert meant(f"2026-07-01 12:00 {zone}") == summer.isoformat()


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-29 02:30 Europe/Berlin", "2026-03-29T01:30:00"),
        ("2026-10-25 02:30 Europe/Berlin", "2026-10-25T00:30:00"),
        ("2026-11-01 01:30 America/New_York", "2026-11-01T05:30:00"),
    ],
)
def test_skipped_times_lie_after_the_jump_and_doubled_ones_are_the_first(text: str, instant: str) -> None:
    assert meant(text) == instant


def test_zones_hold_for_years_beyond_those_of_the_library() -> None:
    far = read("+20000-07-01 Europe/Berlin", NOW)
    ancient = read("-0500-07-01 Europe/Berlin", NOW)
    summer_hours = 2
    day = day_number(20_000, 7, 1)
    assert far == Reading(True, (day * 24 - summer_hours) * 3600 * 10**6, summer_hours * 3600)  # noqa: FBT003
    assert ancient is not None
    # Before railways, Berlin kept its own noon.
    assert ancient.microseconds == (day_number(-500, 7, 1) * 86_400 - (53 * 60 + 28)) * 10**6


def test_years_are_not_limited_to_four_digits() -> None:
    assert read("-9999998-01-01", NOW) == Reading(
        full_date=False, microseconds=day_number(-9_999_998, 1, 1) * 86_400 * 10**6
    )


def test_numbers_that_php_cannot_hold_are_unreadable() -> None:
    assert read("@9223372036854775807", NOW) is not None
    assert read("@9223372036854775808", NOW) is None
    assert read("+9999999999999999999-01-01", NOW) is None


def test_what_the_framework_trims_is_no_part_of_the_text() -> None:
    assert meant("\u200b 2026-01-01\u3000\0") == "2026-01-01T00:00:00"


def test_a_text_of_more_than_a_thousand_characters_is_not_read() -> None:
    assert meant("2026-01-01" + "." * 900) == "2026-01-01T00:00:00"
    assert read("2026-01-01" + "." * 1000, NOW) is None
    assert read("9" * 8_000_000, NOW) is None


@given(st.text())
def test_no_text_makes_the_reader_raise(text: str) -> None:
    reading = read(text, NOW)
    assert reading is None or isinstance(reading, Reading)


@given(st.text(alphabet="0123456789 -/.:,T+@ZWadefhijnostuvy()\0\n", max_size=60))
def test_no_text_of_the_grammars_own_characters_makes_the_reader_raise(text: str) -> None:
    reading = read(text, NOW)
    assert reading is None or isinstance(reading, Reading)


@given(st.lists(st.sampled_from(sorted(EXAMPLES.values())), max_size=6), st.sampled_from(["", " ", "T"]))
def test_no_mixture_of_formats_makes_the_reader_raise(parts: list[str], between: str) -> None:
    reading = read(between.join(parts), NOW)
    assert reading is None or isinstance(reading, Reading)


@given(st.datetimes())
def test_every_moment_is_read_back_from_the_common_spelling(moment: datetime) -> None:
    reading = read(moment.isoformat(" ", "seconds"), NOW)
    seconds = (moment.replace(tzinfo=UTC, microsecond=0) - EPOCH).total_seconds()
    assert reading == Reading(full_date=True, microseconds=int(seconds) * 10**6)


@given(st.datetimes())
def test_the_common_spelling_means_the_same_with_a_zone_behind_it(moment: datetime) -> None:
    text = moment.isoformat(" ", "seconds")
    assert read(text, NOW) == read(f"{text} UTC", NOW)


@given(st.integers(-(10**12), 10**12))
def test_a_day_number_turns_into_a_date_and_back(number: int) -> None:
    year, month, day = civil(number)
    assert day_number(year, month, day) == number
    assert weekday(number + 7) == weekday(number)


@given(st.dates())
def test_the_calendar_is_the_one_of_the_library(date: datetime) -> None:
    number = day_number(date.year, date.month, date.day)
    assert number == date.toordinal() - EPOCH.toordinal()
    assert weekday(number) == date.isoweekday() % 7
    assert is_real(date.year, date.month, date.day)


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("2026-01-01 00:00:00", "Y-m-d H:i:s"),
        ("0000-01-01 00:00:00", "Y-m-d H:i:s"),
        ("\ufeff2026-01-01 00:00:00 ", "Y-m-d H:i:s"),
        ("31/01/2026", "d/m/Y"),
        ("1.2.26", "j.n.y"),
        ("2026-01-01T00:00:00+05:30", r"Y-m-d\TH:i:sP"),
        ("2026-01-01T00:00:00Z", r"Y-m-d\TH:i:sp"),
        ("2026-01-01T00:00:00Z", r"Y-m-d\TH:i:s\Z"),
        ("Thu, 01 Jan 2026 09:05:07 +0000", "D, d M Y H:i:s O"),
        ("Thursday 1st January 2026 12:30am", "l jS F Y g:ia"),
        ("22nd", "jS"),
        ("11th", "jS"),
        ("2024 365", "Y z"),
        ("09:05:07.123", "H:i:s.v"),
        ("09:05:07.123456", "H:i:s.u"),
        ("-86401", "U"),
        ("2026-07-01 Europe/Berlin", "Y-m-d e"),
        ("2026-01-01 EST", "Y-m-d T"),
        ("+20260-01-01", "x-m-d"),
        ("+2026", "X"),
        ("at 9", "\\a\\t G"),
    ],
)
def test_a_text_matches_the_layout_that_would_write_it(text: str, layout: str) -> None:
    assert matches_format(text, layout)


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("2026-1-1 00:00:00", "Y-m-d H:i:s"),
        ("2026-01-01T00:00:00", "Y-m-d H:i:s"),
        ("2026-01-01 00:00:00Z", "Y-m-d H:i:s"),
        ("2026-01-01 24:00:00", "Y-m-d H:i:s"),
        ("2026-01-01 23:59:60", "Y-m-d H:i:s"),
        ("2026-02-30 00:00:00", "Y-m-d H:i:s"),
        ("2026-01-01 00:00", "Y-m-d H:i:s"),
        ("2026-01-01  00:00:00", "Y-m-d H:i:s"),
        ("2026-01-01\x0000:00:00", "Y-m-d H:i:s"),
        ("Fri 01 Jan 2026", "D d M Y"),
        ("thu 01 jan 2026", "D d M Y"),
        ("1th", "jS"),
        ("13:00 pm", "h:i a"),
        ("PM 9:05", "A g:i"),
        ("2026-01-01T00:00:00Z", r"Y-m-d\TH:i:sP"),
        ("2026-07-01 Nowhere", "Y-m-d e"),
        ("2026-07-01 +5:3:1", "Y-m-d P"),
        ("9223372036854775808", "U"),
        ("2026", "Y\\"),
        ("2026x", "Y?"),
        ("4", "N"),
        ("31", "M"),
        ("", "Y"),
    ],
)
def test_a_text_that_the_layout_would_write_otherwise_does_not_match(text: str, layout: str) -> None:
    assert not matches_format(text, layout)


def test_numbers_match_by_value() -> None:
    assert matches_format("5", "d")
    assert matches_format("26", "Y")
    assert not matches_format("5/1", "d/m")


@given(st.text(), st.text(alphabet="dDjlSzFMmnYyaAgGhHisuveOPpTUxX -/:.\\c", max_size=8))
def test_no_text_and_no_layout_make_the_matching_raise(text: str, layout: str) -> None:
    assert matches_format(text, layout) in (True, False)
