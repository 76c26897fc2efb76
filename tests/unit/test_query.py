"""A query finds the rows that a plain loop over all rows finds, in the same order."""

from __future__ import annotations

import contextlib
import random
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver import bitmap, dataset, query
from mockserver.generation import generate
from mockserver.model import COLUMNS, SORT_KEYS, Query
from mockserver.rowtext import as_dicts
from mockserver.timestamp import parse
from mockserver.userdata import from_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.dataset import Dataset

Row = dict[str, Any]

AS_OF = int(datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC).timestamp())
JANUARY = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
EVER = 10**30


def _same(column: str, shown: Any, wanted: object) -> bool:
    if wanted is None or shown is None:
        return wanted is shown
    if isinstance(wanted, bool | list | dict):
        return False
    if column == "created_at":
        return wanted in (shown, shown.replace(" ", "T") + ".000000Z")
    return str(wanted) == str(shown)


def _expected(rows: list[Row], asked: Query) -> list[int]:
    """Ids by brute force."""
    found = [
        row
        for row in rows
        if asked.start <= (parse(row["created_at"]) or 0) <= asked.end
        and (asked.read_status is None or row["read_status"] == asked.read_status)
        and all(
            any(_same(column, row[column], wanted) for wanted in accepted)
            for column, accepted in asked.filters.items()
        )
    ]
    key = asked.sort_key
    found.sort(key=lambda row: (row[key] is not None, row[key] or type(row[key])(), row["id"]))
    return [row["id"] for row in (reversed(found) if asked.descending else found)]


def _ids(data: Dataset, selection: query.Selection, offset: int, limit: int) -> list[int]:
    found: list[int] = data.ids[selection.page(offset, limit)].tolist()
    return found


@contextlib.contextmanager
def _as_if_many_rows() -> Iterator[None]:
    """Take the ways that are meant for many rows, however few there are."""
    with mock.patch.object(query, "_FEW", 0), mock.patch.object(bitmap, "_FEW_WORDS", 1):
        yield


@contextlib.contextmanager
def _as_if_many_values() -> Iterator[None]:
    """Take the ways that are meant for many rows and many values in a column."""
    with _as_if_many_rows(), mock.patch.object(dataset, "_FEW", 2):
        yield


TEXTS = (None, "Chrome", "chrome", "Édge", "\U0001f600", "\ufb01", "", "37", "NL")
HOURS = 40


def _time(hour: int) -> str:
    return f"2026-01-{1 + hour // 24:02} {hour % 24:02}:00:00"


def _table(seed: int, size: int) -> list[Row]:
    """Rows with many ties; ids ascend with time or do not, and are small or large."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    ids = chance.sample(range(chance.choice((200, 2**63 - 1))), size)
    times = [_time(chance.randrange(HOURS)) for _ in ids]
    if chance.random() < 0.5:
        ids, times = sorted(ids), sorted(times)
    return [
        {
            "id": row_id,
            "browser": chance.choice(TEXTS),
            "device": chance.choice(("desktop", "mobile")),
            "platform_os": chance.choice(TEXTS),
            "country": chance.choice(TEXTS),
            "time_spend": chance.choice((None, 0, 1, 37, 37, 70_000, 2**63 - 1)),
            "read_status": chance.choice(("read", "unread", None)),
            "created_at": time,
        }
        for row_id, time in zip(ids, times, strict=True)
    ]


TIMES = st.integers(0, HOURS).map(_time)
WANTED = st.one_of(
    st.sampled_from(TEXTS),
    TIMES,
    TIMES.map(lambda text: text.replace(" ", "T") + ".000000Z"),
    st.integers(-1, 200),
    st.integers(0, 200).map(str),
    st.sampled_from(
        [37.0, 0.5, True, False, [], ["NL"], {}, {"a": 1}, 10**400, 2**63, -1, "037", " 37", "٣٧"]
    ),
    st.sampled_from(["desktop", "mobile", "read", "unread", "9" * 30]),
)
FIRST_DAY = st.integers(JANUARY - 5, JANUARY + 86_400)
SECOND_DAY = st.integers(JANUARY + 86_400, JANUARY + HOURS * 3600)
EARLY = st.one_of(FIRST_DAY, st.sampled_from([-EVER, -(2**63), 0]))
LATE = st.one_of(SECOND_DAY, st.sampled_from([EVER, 2**31, 2**63]))


@st.composite
def _questions(draw: st.DrawFn) -> tuple[list[Row], Query]:
    """Rows, and a query whose filters let some of them pass."""
    rows = _table(draw(st.integers(0, 2**32)), draw(st.integers(0, 90)))
    filters = {}
    for column in draw(st.lists(st.sampled_from(COLUMNS), max_size=2, unique=True)):
        some = [row[column] for row in rows[: draw(st.integers(0, 90))]]
        filters[column] = [*some, *draw(st.lists(WANTED, max_size=3))]
    asked = Query(
        start=draw(EARLY),
        end=draw(LATE),
        sort_key=draw(st.sampled_from(SORT_KEYS)),
        descending=draw(st.booleans()),
        read_status=draw(st.sampled_from([None, None, "read", "unread"])),
        filters=filters,
    )
    return rows, asked


@pytest.mark.parametrize("way", [contextlib.nullcontext, _as_if_many_rows, _as_if_many_values])
@settings(deadline=None)
@given(question=_questions(), limit=st.integers(1, 40))
def test_pages_together_are_what_a_plain_loop_finds(
    way: Any, question: tuple[list[Row], Query], limit: int
) -> None:
    rows, asked = question
    with way():
        data = from_rows(rows)
        expected = _expected(list(as_dicts(data)), asked)
        selection = query.search(data, asked)
        assert selection.total == len(expected)
        for offset in range(0, len(expected) + limit, limit):
            assert _ids(data, selection, offset, limit) == expected[offset : offset + limit]


@cache
def _generated() -> tuple[Dataset, list[Row]]:
    data = generate(4, 30_000, AS_OF)
    return data, list(as_dicts(data))


@cache
def _shuffled() -> tuple[Dataset, list[Row]]:
    """The same rows with ids that do not ascend with time."""
    rows = [{**row, "id": row["id"] * 7919 % 30_011} for row in _generated()[1]]
    return from_rows(rows), rows


def _question(chance: random.Random, rows: list[Row]) -> Query:
    example = chance.choice(rows)
    columns = chance.sample(["browser", "device", "platform_os", "country", "read_status"], 2)
    start, end = sorted(AS_OF - chance.randrange(91 * 86_400) for _ in range(2))
    return Query(
        start=start,
        end=end,
        sort_key=chance.choice(SORT_KEYS),
        descending=chance.random() < 0.5,
        filters={column: [example[column], chance.choice(rows)[column]] for column in columns},
    )


@pytest.mark.parametrize("table", [_generated, _shuffled])
@pytest.mark.parametrize("seed", range(25))
def test_many_rows_are_found_and_sorted_as_few_are(table: Any, seed: int) -> None:
    data, rows = table()
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    asked = _question(chance, rows)
    expected = _expected(rows, asked)
    selection = query.search(data, asked)
    assert selection.total == len(expected)
    for offset in (0, 15, 735, len(expected) // 2, max(len(expected) - 20, 0), len(expected)):
        assert _ids(data, selection, offset, 15) == expected[offset : offset + 15]


@pytest.mark.parametrize("sort_key", SORT_KEYS)
@pytest.mark.parametrize("table", [_generated, _shuffled])
def test_descending_is_ascending_reversed(table: Any, sort_key: str) -> None:
    data, rows = table()
    up, down = (query.search(data, Query(-EVER, EVER, sort_key, descending)) for descending in (False, True))
    assert _ids(data, up, 0, EVER) == _ids(data, down, 0, EVER)[::-1]
    assert up.total == len(rows)


def test_the_pages_own_question_has_forty_five_answers() -> None:
    data = generate(1, 1000, AS_OF)
    selection = query.search(data, Query(JANUARY, AS_OF, "created_at", descending=True, read_status="unread"))
    assert selection.total == 45
    assert _ids(data, selection, 0, 15) == list(range(1000, 985, -1))
    assert _ids(data, selection, 30, 15) == list(range(970, 955, -1))


def test_both_ends_of_the_range_count() -> None:
    data = generate(1, 1000, AS_OF)
    times = data.created.tolist()
    assert query.search(data, Query(times[10], times[20], "id", descending=False)).total == 11
    assert query.search(data, Query(times[10] + 1, times[20] - 1, "id", descending=False)).total < 11


@pytest.mark.parametrize("sessions", [0, 1, 2])
@pytest.mark.parametrize("sort_key", SORT_KEYS)
def test_next_to_no_rows_are_no_special_case(sessions: int, sort_key: str) -> None:
    data = generate(1, sessions, AS_OF)
    selection = query.search(data, Query(-EVER, EVER, sort_key, descending=True, filters={"device": ["x"]}))
    assert selection.total == 0
    everything = query.search(data, Query(-EVER, EVER, sort_key, descending=False))
    assert sorted(_ids(data, everything, 0, 10)) == list(range(1, sessions + 1))


def test_a_page_past_the_end_and_a_page_of_nothing_are_empty() -> None:
    data = generate(1, 100, AS_OF)
    selection = query.search(data, Query(-EVER, EVER, "browser", descending=False))
    assert _ids(data, selection, 100, 15) == []
    assert _ids(data, selection, EVER, EVER) == []
    assert _ids(data, selection, 0, 0) == []


def test_null_sorts_before_the_empty_text_and_texts_by_code_point() -> None:
    browsers = ["\U0001f600", None, "a", "", "Z", "\ufb01"]
    rows = [
        {"id": number, "browser": browser, "created_at": "2026-01-01 00:00:00"}
        for number, browser in enumerate(browsers)
    ]
    data = from_rows(rows)
    found = _ids(data, query.search(data, Query(-EVER, EVER, "browser", descending=False)), 0, 10)
    assert [browsers[row_id] for row_id in found] == [None, "", "Z", "a", "\ufb01", "\U0001f600"]


def test_an_empty_list_of_values_matches_nothing() -> None:
    data = generate(1, 100, AS_OF)
    for column in COLUMNS:
        asked = Query(-EVER, EVER, "id", descending=False, filters={column: []})
        assert query.search(data, asked).total == 0


@pytest.mark.parametrize(("wanted", "found"), [(None, [1]), (-1, []), ("-1", []), (0, [2])])
def test_no_number_stands_for_a_missing_one(wanted: object, found: list[int]) -> None:
    time = "2026-01-01 00:00:00"
    data = from_rows([{"id": 1, "created_at": time}, {"id": 2, "created_at": time, "time_spend": 0}])
    asked = Query(-EVER, EVER, "id", descending=False, filters={"time_spend": [wanted]})
    assert _ids(data, query.search(data, asked), 0, 9) == found


def test_an_unknown_column_filters_nothing() -> None:
    data = generate(1, 100, AS_OF)
    asked = Query(-EVER, EVER, "id", descending=False, filters={"colour": ["red"]})
    assert query.search(data, asked).total == 100


def test_a_selection_does_not_change_the_data() -> None:
    data = generate(1, 1000, AS_OF)
    before = {name: column.bitmaps.copy() for name, column in data.text.items()}
    for column in data.text:
        values = data.text[column].values[:2]
        query.search(data, Query(JANUARY, AS_OF, "id", descending=False, filters={column: values[:1]}))
        query.search(data, Query(JANUARY, AS_OF, "id", descending=False, filters={column: values}))
    for name, column in data.text.items():
        assert (column.bitmaps == before[name]).all()


def test_pages_of_any_size_neither_overlap_nor_leave_a_gap() -> None:
    data, rows = _generated()
    selection = query.search(data, Query(JANUARY, AS_OF, "country", descending=True))
    edges = [0, 1, 16, 1016, 5000, selection.total]
    pages = [_ids(data, selection, low, high - low) for low, high in pairwise(edges)]
    expected = _expected(rows, Query(JANUARY, AS_OF, "country", descending=True))
    assert [row_id for page in pages for row_id in page] == expected
