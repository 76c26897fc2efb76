"""How PHP reads values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from mockserver.rules import php


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "1"),
        (False, ""),
        (15, "15"),
        (1.5, "1.5"),
        (15.0, "15"),
        (-0.0, "-0"),
        (0.1 + 0.2, "0.3"),
        (1e14, "1.0E+14"),
        (1.25e20, "1.25E+20"),
        (1e308, "1.0E+308"),
        (0.00001, "1.0E-5"),
        (float("inf"), "INF"),
    ],
)
def test_a_scalar_becomes_the_text_that_a_string_cast_gives(value: Any, text: str) -> None:
    assert php.to_text(value) == text


@pytest.mark.parametrize("value", [0, 1.5, "0", " 7", "7 ", "+5", "-5", ".5", "5.", "1e1", "1.5E-3"])
def test_numbers_and_texts_that_are_numbers_are_numeric(value: Any) -> None:
    assert php.is_numeric(value)


@pytest.mark.parametrize(
    "value", ["", " ", "abc", "15abc", "0x1A", "1,5", ".", "e1", "\u0665", True, None, [], {"a": 1}]
)
def test_everything_else_is_not_numeric(value: Any) -> None:
    assert not php.is_numeric(value)


@pytest.mark.parametrize(
    ("value", "integer"),
    [
        ("15", 15),
        (" 15\n", 15),
        ("+15", 15),
        ("-0", 0),
        (15.0, 15),
        (True, 1),
        (2**63 - 1, 2**63 - 1),
        (2**63, None),
        ("015", None),
        ("1e1", None),
        ("15.0", None),
        (1.5, None),
        (False, None),
        (None, None),
        ("9" * 5000, None),
        ([1], None),
    ],
)
def test_an_integer_is_what_filter_var_accepts(value: Any, integer: int | None) -> None:
    assert php.to_integer(value) == integer


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (" 7 ", Decimal(7)),
        ("1e2", Decimal(100)),
        (".5", Decimal("0.5")),
        ("1e1001", None),
        ("abc", None),
        ("1e" + "9" * 99, None),
    ],
)
def test_a_number_is_compared_exactly_or_not_at_all(value: Any, number: Decimal | None) -> None:
    assert php.to_decimal(value) == number


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [("10", "1e1", True), ("5", "05", True), ("a", "A", False), ("", "0", False), ("id", "id", True)],
)
def test_texts_are_equal_as_numbers_if_both_are_numbers(left: str, right: str, *, equal: bool) -> None:
    assert php.loosely_equal(left, right) is equal


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        ("", False),
        ("0", False),
        (0, False),
        (0.0, False),
        (None, False),
        ([], False),
        ({}, False),
        ("false", True),
        ("0.0", True),
        ([0], True),
    ],
)
def test_truth_is_anything_but_the_few_empty_values(value: Any, *, truth: bool) -> None:
    assert php.is_truthy(value) is truth
