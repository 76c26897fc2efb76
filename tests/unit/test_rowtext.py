"""Rows as bytes: the order of keys, the spelling of values, what is shown when."""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from mockserver.generation import generate
from mockserver.model import COLUMNS
from mockserver.rowtext import as_dicts, encode
from mockserver.userdata import from_rows

if TYPE_CHECKING:
    from mockserver.dataset import Dataset

ROW = {
    "note": "mine/yours",
    "created_at": "2026-01-31 23:51:07",
    "id": 7,
    "browser": "Chrome",
    "device": "desktop",
    "platform_os": "Windows",
    "country": "NL",
    "time_spend": 37,
    "read_status": "unread",
    "irregular_traffic": True,
    "ip_addresses": ["192.0.2.1", "2001:db8::1"],
    "score": 1.5,
}
FLAGS = ("irregular_traffic", "ip_addresses", "iso8601")
PLAIN = {key: item for key, item in ROW.items() if key not in ("note", "score")}


def _encoded(
    data: Dataset, *, irregular_traffic: bool = False, ip_addresses: bool = False, iso8601: bool = False
) -> str:
    return encode(
        data,
        np.arange(len(data)),
        irregular_traffic=irregular_traffic,
        ip_addresses=ip_addresses,
        iso8601=iso8601,
    )


def test_a_row_is_written_in_the_order_of_the_columns_without_blanks() -> None:
    assert _encoded(from_rows([PLAIN])) == (
        '[{"id":7,"browser":"Chrome","device":"desktop","platform_os":"Windows","country":"NL",'
        '"time_spend":37,"read_status":"unread","created_at":"2026-01-31 23:51:07"}]'
    )


def test_columns_asked_for_follow_and_a_users_own_come_last() -> None:
    text = _encoded(from_rows([ROW]), irregular_traffic=True, ip_addresses=True)
    assert text.endswith(
        '"created_at":"2026-01-31 23:51:07","irregular_traffic":true,"ip_addresses":["192.0.2.1","2001:db8::1"],'
        '"note":"mine\\/yours","score":1.5}]'
    )


@pytest.mark.parametrize("irregular_traffic", [False, True])
@pytest.mark.parametrize("ip_addresses", [False, True])
def test_the_optional_columns_are_shown_only_where_asked_for(
    irregular_traffic: bool,  # noqa: FBT001 - the two flags are what is tested
    ip_addresses: bool,  # noqa: FBT001
) -> None:
    text = _encoded(
        generate(1, 50, 1_769_903_999), irregular_traffic=irregular_traffic, ip_addresses=ip_addresses
    )
    wanted = [
        *COLUMNS,
        *["irregular_traffic"] * irregular_traffic,
        *["ip_addresses"] * ip_addresses,
    ]
    rows = json.loads(text)
    assert len(rows) == 50
    assert all(list(row) == wanted for row in rows)


def test_times_can_be_shown_as_iso_8601() -> None:
    assert '"created_at":"2026-01-31T23:51:07.000000Z"}' in _encoded(from_rows([PLAIN]), iso8601=True)


@pytest.mark.parametrize(
    "time", ["0001-01-01 00:00:00", "1969-12-31 23:59:59", "2024-02-29 00:00:59", "9999-12-31 23:59:59"]
)
def test_any_time_is_shown_as_it_was_given(time: str) -> None:
    data = from_rows([{"id": 1, "created_at": time}])
    assert f'"created_at":"{time}"' in _encoded(data)


def test_what_a_row_does_not_have_is_null() -> None:
    data = from_rows([{"id": 1, "created_at": "2026-01-01 00:00:00"}])
    row = json.loads(_encoded(data, irregular_traffic=True, ip_addresses=True))[0]
    assert {key for key, item in row.items() if item is None} == set(COLUMNS) - {"id", "created_at"}
    assert row["irregular_traffic"] is False
    assert row["ip_addresses"] == []


def test_texts_are_ascii_with_slashes_escaped() -> None:
    row = {"id": 1, "created_at": "2026-01-01 00:00:00", "browser": "Édge/2 \U0001f600"}
    assert r'"browser":"\u00c9dge\/2 \ud83d\ude00"' in _encoded(from_rows([row]))


def test_no_rows_are_an_empty_list() -> None:
    assert _encoded(generate(1, 0, 1_769_903_999)) == "[]"


def test_rows_are_written_in_the_order_of_the_positions() -> None:
    data = generate(1, 9, 1_769_903_999)
    text = encode(data, np.array([8, 0, 3]), irregular_traffic=False, ip_addresses=False, iso8601=False)
    assert [row["id"] for row in json.loads(text)] == [9, 1, 4]


def test_every_row_can_be_had_as_a_dict_beyond_one_batch() -> None:
    data = generate(1, 5000, 1_769_903_999)
    rows = list(as_dicts(data))
    assert rows == json.loads(_encoded(data, irregular_traffic=True, ip_addresses=True))
    assert len(rows) == 5000


def test_a_page_that_is_kept_is_shown_for_the_same_rows_in_the_same_form_alone() -> None:
    data, fresh = (generate(1, 9, 1_769_903_999) for _ in range(2))
    forms = [dict(zip(FLAGS, flags, strict=True)) for flags in product((False, True), repeat=len(FLAGS))]
    # As bytes, the second and the third are equal.
    pages = [np.array([8, 0, 3]), np.array([5], np.int64), np.array([5, 0], np.int32), np.array([0, 5])]
    written = [encode(data, page, **form) for form in forms for page in pages]
    assert len(set(written)) == len(forms) * len(pages)
    assert written == [encode(data, page, **form) for form in forms for page in pages]
    fresh_written = []
    for form in forms:
        for page in pages:
            fresh_written.append(encode(fresh, page, **form))
            fresh.pages.clear()
    assert written == fresh_written


def test_no_more_pages_are_kept_than_a_few_and_no_long_ones() -> None:
    data = generate(1, 300, 1_769_903_999)
    for number in range(300):
        encode(data, np.array([number]), irregular_traffic=False, ip_addresses=False, iso8601=False)
    assert 0 < len(data.pages) <= 64
    data.pages.clear()
    _encoded(data)
    assert not data.pages
