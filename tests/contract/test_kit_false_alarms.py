"""A correct server is never called broken, whatever the page leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from runs import Check

SIZES = (3, 4, 15, 16, 50, 99, 100, 101, 199, 200, 201, 350, 1000)
FREEDOMS = (
    "extra_keys",
    "refuses_empty_filters",
    "refuses_bad_page",
    "refuses_odd_per_page",
    "refuses_rfc3339",
    "refuses_unknown_filters",
    "refuses_reversed",
    "uuid_ids",
    "ties_by_chance_of_id",
    "nulls",
    "case_insensitive",
    "urls_without_api",
    "keeps_query",
    "all_read",
    "irregular_filters",
    "nested_address",
    "reads_on",
    "version_columns",
    "bail",
)
MORE: tuple[dict[str, Any], ...] = (
    {"rate_headers_on_422": False},
    {"arrives_every": 1},
    {"arrives_every": 2, "size": 30},
    {"arrives_every": 3, "size": 120},
    {"arrives_every": 1, "arrives_at_the_end": True},
    {"arrives_every": 1, "arrives_at_the_end": True, "size": 120},
    {"arrives_every": 2, "reads_on": True, "size": 40},
    {"others_spend": 1, "name": "app"},
    {"others_spend": 3, "name": "app"},
    {"limit": 600},
    {"limit": 30, "name": "app", "max_wait_seconds": 1000},
    {"one_second": True, "size": 20},
    {"nulls": True, "size": 20},
)
VARIANTS = [*({"size": size} for size in SIZES), *({name: True} for name in FREEDOMS), *MORE]


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_a_correct_server_holds(check: Check, variant: dict[str, Any]) -> None:
    result = check(**variant)
    assert [(finding.clause, finding.expected, finding.got) for finding in result.findings] == []
    assert (result.verdict.value, result.reason) == ("holds", "every clause that was checked holds")


@pytest.mark.parametrize(
    "variant", [{"size": 0}, {"size": 1}, {"one_second": True}, {"size": 0, "arrives_every": 2}], ids=str
)
def test_too_little_data_is_inconclusive_and_never_broken(check: Check, variant: dict[str, Any]) -> None:
    result = check(**variant)
    assert result.findings == ()
    assert result.exit_code in {0, 4}


@pytest.mark.parametrize("seed", range(2, 8))
def test_no_seed_makes_a_correct_server_broken(check: Check, seed: int) -> None:
    result = check(exhaust=True, extra_keys=True, size=230, kit_seed=seed)
    assert result.exit_code == 0, result.findings


def test_a_correct_server_needs_at_most_45_requests(check: Check) -> None:
    assert check().requests <= 45
    assert check(refuses_empty_filters=True).requests <= 45


def test_what_the_page_leaves_open_is_a_note(check: Check) -> None:
    result = check(refuses_empty_filters=True, refuses_rfc3339=True, refuses_bad_page=True)
    assert {"open.empty-filters", "open.rfc3339", "open.bad-page"} <= {note.clause for note in result.notes}
    assert result.exit_code == 0
