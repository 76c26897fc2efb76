"""Pages, sizes and the window of links, as recorded."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockserver import respond
from mockserver.paginate import Page, envelope
from mockserver.rules.page import page_number, page_size


def keys(page: Page, total: int, shown: int, links: str = "list-with-page") -> dict[str, Any]:
    answer = respond.page(envelope(page, total, shown), "http://h/p", links, "[]", ())
    data: dict[str, Any] = json.loads(answer.body)["data"]
    return data


def labels(current: int, last: int) -> list[str]:
    return [link["label"] for link in keys(Page(current, 1), last, 1)["links"]][1:-1]


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("2", 2),
        ("+2", 2),
        (2.0, 2),
        (True, 1),
        ("02", 1),
        ("2.0", 1),
        (0, 1),
        (-1, 1),
        (None, 1),
        ([2], 1),
        (str(2**63), 1),
    ],
)
def test_a_page_is_a_positive_integer_or_the_first(value: Any, number: int) -> None:
    assert page_number(value) == number


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ("15", 15),
        (" 7 ", 7),
        ("1e1", 10),
        (2.9, 2),
        (True, 1),
        ("string", None),
        ("15abc", None),
        (0, None),
        (0.5, None),
        (-3, None),
        (None, None),
        ([5], None),
        ("1e30", 2**63 - 1),
    ],
)
def test_a_page_size_is_a_positive_number_or_the_default(value: Any, size: int | None) -> None:
    assert page_size(value) == size


def test_a_middle_page_points_both_ways() -> None:
    data = keys(Page(2, 15), 45, 15)
    assert (data["from"], data["to"], data["last_page"]) == (16, 30, 3)
    assert (data["prev_page_url"], data["next_page_url"]) == ("http://h/p?page=1", "http://h/p?page=3")


def test_a_page_past_the_end_is_empty_and_points_one_back() -> None:
    data = keys(Page(999, 15), 45, 0)
    assert (data["from"], data["to"], data["next_page_url"], data["prev_page_url"]) == (
        None,
        None,
        None,
        "http://h/p?page=998",
    )


def test_nothing_at_all_is_one_page() -> None:
    data = keys(Page(1, 15), 0, 0)
    assert (data["last_page"], data["last_page_url"], data["from"]) == (1, "http://h/p?page=1", None)


def test_the_thirteen_keys_stand_in_the_order_of_the_page_around_the_rows() -> None:
    assert list(keys(Page(1, 15), 45, 15)) == [
        "current_page", "data", "first_page_url", "from", "last_page", "last_page_url", "links",
        "next_page_url", "path", "per_page", "prev_page_url", "to", "total",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("current", "last", "shown"),
    [
        (1, 1, "1"),
        (5, 13, "1 2 3 4 5 6 7 8 9 10 11 12 13"),
        (7, 14, "1 2 3 4 5 6 7 8 9 10 ... 13 14"),
        (8, 14, "1 2 ... 5 6 7 8 9 10 11 12 13 14"),
        (50, 100, "1 2 ... 47 48 49 50 51 52 53 ... 99 100"),
        (500, 100, "1 2 ... 91 92 93 94 95 96 97 98 99 100"),
    ],
)
def test_links_show_three_pages_on_either_side_and_the_ends(current: int, last: int, shown: str) -> None:
    assert labels(current, last) == shown.split()


def test_links_have_the_form_of_the_profile() -> None:
    assert keys(Page(1, 15), 45, 15, "object")["links"] == {}
    older = keys(Page(1, 15), 45, 15, "list")["links"]
    assert older[1] == {"url": "http://h/p?page=1", "label": "1", "active": True}


def test_an_offset_that_overflows_wraps_as_a_cast_does() -> None:
    page = Page(2**63 - 1, 15)
    assert page.offset == 0
    assert keys(page, 45, 15)["from"] == 1.3835058055282164e20
    assert Page(614891469123651721, 15).offset == 9223372036854775800
