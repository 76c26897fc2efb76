"""The validator: order of events, wildcards, sizes, dates. Verdicts come from recorded exchanges."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from mockserver.rules.check import Ruleset, errors, overview
from mockserver.rules.messages import attribute

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def said(rules: dict[str, str], data: dict[str, Any]) -> dict[str, list[str]]:
    return errors(Ruleset(rules).violations(data, NOW))


def test_errors_stand_in_the_order_of_the_rules_not_of_the_body() -> None:
    rules = {"b": "required", "a": "required", "c": "required"}
    assert list(said(rules, {"c": None, "a": None})) == ["b", "a", "c"]


def test_a_missing_field_breaks_only_required() -> None:
    assert said({"start_date": "required|date"}, {}) == {"start_date": ["The start date field is required."]}


def test_all_other_rules_of_a_field_are_reported_together() -> None:
    assert said({"sortKey": "required|string|in:id"}, {"sortKey": 5}) == {
        "sortKey": ["The sort key field must be a string.", "The selected sort key is invalid."]
    }


def test_null_passes_nullable_and_nothing_else() -> None:
    assert said({"a": "nullable|string"}, {"a": None}) == {}
    assert said({"a": "string"}, {"a": None}) == {"a": ["The a field must be a string."]}


def test_sometimes_skips_what_is_absent_not_what_is_empty() -> None:
    rules = {"per_page": "sometimes|required|integer"}
    assert said(rules, {}) == {}
    assert said(rules, {"per_page": None}) == {"per_page": ["The per page field is required."]}


@pytest.mark.parametrize("empty", [None, [], {}])
def test_present_accepts_what_required_refuses(empty: Any) -> None:
    assert said({"filters": "present"}, {"filters": empty}) == {}
    assert "filters" in said({"filters": "required"}, {"filters": empty})


def test_a_wildcard_names_each_item_and_comes_last() -> None:
    rules = {"filters": "array", "filters.country.*": "string|size:2", "sortKey": "required"}
    data = {"filters": {"country": ["NL", "NLD", 5]}}
    assert list(said(rules, data)) == ["sortKey", "filters.country.1", "filters.country.2"]


def test_a_wildcard_reaches_into_objects_and_keeps_the_name_as_it_is() -> None:
    rules = {"filters.time_spend.*": "integer"}
    assert said(rules, {"filters": {"time_spend": {"min": "x"}}}) == {
        "filters.time_spend.min": ["The filters.time_spend.min field must be an integer."]
    }


def test_a_plain_dotted_name_is_shown_in_words() -> None:
    assert said({"filters.time_spend": "integer"}, {"filters": {"time_spend": "x"}}) == {
        "filters.time_spend": ["The filters.time spend field must be an integer."]
    }


def test_a_name_behind_a_wildcard_is_required_in_every_item() -> None:
    assert list(said({"a.*.b": "required"}, {"a": [{"b": 1}, {}, 5]})) == ["a.1.b", "a.2.b"]


def test_a_key_with_a_dot_is_not_a_path() -> None:
    assert said({"a.b": "required"}, {"a.b": 1}) == {"a.b": ["The a.b field is required."]}


@pytest.mark.parametrize(
    ("rules", "value", "message"),
    [
        ("numeric|min:2", 1.5, "The a field must be at least 2."),
        ("array|min:2", [1], "The a field must have at least 2 items."),
        ("string|min:2", "é", "The a field must be at least 2 characters."),
        ("min:2", 5, "The a field must be at least 2 characters."),
        ("array|size:2", [1], "The a field must contain 2 items."),
        ("integer|between:1,3", 4, "The a field must be between 1 and 3."),
    ],
)
def test_a_size_is_counted_in_what_the_other_rules_make_of_the_field(
    rules: str, value: Any, message: str
) -> None:
    assert said({"a": rules}, {"a": value}) == {"a": [message]}


@pytest.mark.parametrize(
    ("value", "passes"), [(["a", "b"], True), (["a", "c"], False), ([["a"]], False), ("a", False)]
)
def test_in_looks_into_lists_only_beside_array(value: Any, *, passes: bool) -> None:
    assert (said({"x": "array|in:a,b"}, {"x": value}) == {}) is passes
    assert "x" in said({"x": "in:a,b"}, {"x": ["a"]})


def test_a_date_is_compared_with_a_field_or_with_a_date() -> None:
    rules = {"start_date": "date", "end_date": "date|after:start_date|before:2027-01-01"}
    assert said(rules, {"start_date": "2026-01-02", "end_date": "2026-01-01"}) == {
        "end_date": ["The end date field must be a date after start date."]
    }
    assert said(rules, {"start_date": "2026-01-02", "end_date": "2027-01-01"}) == {
        "end_date": ["The end date field must be a date before 2027-01-01."]
    }


def test_a_date_is_after_one_that_cannot_be_read_and_never_before_it() -> None:
    data = {"start_date": "nope", "end_date": "2026-01-01"}
    assert said({"end_date": "after:start_date"}, data) == {}
    assert "end_date" in said({"end_date": "before:start_date"}, data)


def test_the_page_bound_refuses_with_the_words_of_max() -> None:
    ruleset = Ruleset({"per_page": "", "filters": "array"}, max_per_page=100)
    assert errors(ruleset.violations({"per_page": "101", "filters": 1}, NOW)) == {
        "per_page": ["The per page field must not be greater than 100."],
        "filters": ["The filters field must be an array."],
    }
    assert not ruleset.violations({"per_page": "string"}, NOW)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "The a field is required."),
        (2, "The a field is required. (and 1 more error)"),
        (3, "The a field is required. (and 2 more errors)"),
    ],
)
def test_the_overview_counts_what_comes_after_the_first_message(count: int, text: str) -> None:
    assert overview(Ruleset(dict.fromkeys("abc"[:count], "required")).violations({}, NOW)) == text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("start_date", "start date"),
        ("sortKey", "sort key"),
        ("filters.country.0", "filters.country.0"),
        ("two words", "two words"),
        ("ABC", "a b c"),
    ],
)
def test_a_field_is_named_in_words(name: str, words: str) -> None:
    assert attribute(name) == words


@pytest.mark.parametrize("rules", ["reqired", "in", "between:1", "min:x", "required:1", "date|"])
def test_a_rule_that_does_not_exist_is_refused_by_name(rules: str) -> None:
    with pytest.raises(ValueError, match=r"^a: "):
        Ruleset({"a": rules})


@pytest.mark.parametrize(
    ("end", "passes"), [("01/02/2026", True), ("31/01/2026", True), ("31/12/2025", False), ("nope", False)]
)
def test_beside_a_format_both_dates_are_read_by_it(end: str, *, passes: bool) -> None:
    rules = {"start": "date_format:d/m/Y", "end": "date_format:d/m/Y|after:start"}
    assert (said(rules, {"start": "30/01/2026", "end": end}) == {}) is passes


@pytest.mark.parametrize(("start", "passes"), [(None, True), ("nope", False)])
def test_beside_a_format_an_absent_date_is_no_bound_and_an_unreadable_one_fails(
    start: Any, *, passes: bool
) -> None:
    rules = {"end": "date_format:Y-m-d|after:start"}
    assert (said(rules, {"start": start, "end": "2026-01-30"}) == {}) is passes
