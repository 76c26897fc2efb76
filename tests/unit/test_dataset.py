"""Columns are small, and hold any number and text."""

from __future__ import annotations

from itertools import chain

import numpy as np

from mockserver.dataset import Coded, Dataset, Order
from mockserver.generation import generate
from mockserver.userdata import from_rows

AS_OF = 1_769_903_999


def _bytes_a_row(data: Dataset) -> float:
    columns = [data.ids, data.created, data.time_spend, data.irregular, data.origins.codes]
    codes = [column.codes for column in data.text.values()]
    # Generated rows show origin and addresses by the same codes.
    assert data.addresses.codes is data.origins.codes
    return sum(column.nbytes for column in chain(columns, codes)) / len(data)


def test_a_generated_row_takes_at_most_twenty_five_bytes() -> None:
    assert _bytes_a_row(generate(1, 100_000, AS_OF)) <= 25


def test_codes_ascend_as_their_values_do_null_first() -> None:
    column = Coded.of(np.array([0, 1, 2, 3, 0]), ("b", None, "", "B"))
    assert column.values == (None, "", "B", "b")
    assert [column.values[code] for code in column.codes] == ["b", None, "", "B", "b"]
    assert column.texts == ("null", '""', '"B"', '"b"')


def test_a_column_of_many_values_has_an_order_instead_of_bitmaps() -> None:
    rows = [
        {"id": number, "browser": f"b{number}", "device": "desktop", "created_at": "2026-01-01 00:00:00"}
        for number in range(100)
    ]
    data = from_rows(rows)
    assert "browser" in data.orders
    assert not data.text["browser"].bitmaps.size
    assert "device" not in data.orders
    assert data.text["device"].bitmaps.size


def test_an_order_and_its_ranks_are_inverse_and_its_bands_ascend() -> None:
    key = np.arange(1000) * 37 % 101
    order = Order.of(key, None)
    assert (order.ranks[order.positions] == np.arange(1000)).all()
    assert key[order.positions].tolist() == sorted(key.tolist())
    members = [np.unpackbits(band.view(np.uint8), bitorder="little")[:1000] for band in order.bands]
    band_of_row = np.array(members).argmax(axis=0)
    assert (np.array(members).sum(axis=0) == 1).all()
    assert band_of_row[order.positions].tolist() == sorted(band_of_row.tolist())


def test_numbers_of_any_size_are_kept() -> None:
    numbers = [0, 2**15, 2**31, 2**63 - 1]
    data = from_rows(
        {"id": number, "created_at": "9999-12-31 23:59:59", "time_spend": number} for number in numbers
    )
    assert data.ids.tolist() == numbers
    assert data.time_spend.tolist() == numbers


def test_every_day_that_has_rows_has_its_date() -> None:
    times = ("0001-01-01 00:00:00", "1969-12-31 23:59:59", "1970-01-01 00:00:00", "9999-12-31 23:59:59")
    rows = [{"id": number, "created_at": time} for number, time in enumerate(times + times)]
    days = from_rows(rows).days
    assert sorted(days.values()) == [time[:10] for time in times]
    assert [days[-1], days[0]] == ["1969-12-31", "1970-01-01"]
