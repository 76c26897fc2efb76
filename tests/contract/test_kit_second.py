"""Requests that Schemathesis makes up are judged by the same clauses as the planned ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from benign import Reply, Variant

from contract.generated import case_of
from contract.second import SecondLayer

if TYPE_CHECKING:
    from runs import Check

VALID = {
    "start_date": "2026-01-01 00:00:00",
    "end_date": "2026-01-31 23:59:59",
    "sortKey": "id",
    "sortOrder": "asc",
    "per_page": "10",
    "filters": {"country": "NL"},
}


def made(changes: dict[str, Any], **query: str) -> Any:
    return case_of("POST", json.dumps(VALID | changes).encode(), "application/json", query, authorized=True)


def test_a_valid_request_means_its_query() -> None:
    case = made({"read_status": "read"}, page="3")
    assert case.statuses == {200}
    assert (case.query.page, case.query.per_page, case.query.read_status) == (3, 10, "read")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sortKey", "nope"),
        ("sortKey", ["id"]),
        ("sortOrder", None),
        ("read_status", 0),
        ("start_date", True),
        ("end_date", None),
        ("filters", "string"),
        ("filters", 5),
    ],
)
def test_a_wrong_value_must_be_refused(field: str, value: Any) -> None:
    case = made({field: value})
    assert case.statuses == {422}
    assert field in case.wrong


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start_date", "2026-01-01T00:00:00Z"),
        ("end_date", 20260131),
        ("sortKey", " id"),
        ("per_page", 10),
        ("per_page", "1000000"),
        ("filters", {}),
        ("filters", ["x"]),
        ("filters", {"country": ["NL"]}),
        ("include_ip_addresses", "maybe"),
        ("end_date", "2025-01-01 00:00:00"),
    ],
)
def test_what_the_page_leaves_open_may_be_served_or_refused(field: str, value: Any) -> None:
    case = made({field: value})
    assert case.statuses == {200, 422}
    assert field in case.open_to
    assert case.query is None


def test_without_a_token_or_with_another_method_it_is_refused() -> None:
    assert case_of("POST", b"{}", "application/json", {}, authorized=False).statuses == {401}
    assert case_of("DELETE", b"", "", {}, authorized=True).clause == "method.refused"


def test_all_phases_raise_no_false_alarm(check: Check) -> None:
    result = check(deeper=SecondLayer("full", 1, examples=3), refuses_odd_per_page=True, bail=True)
    assert result.exit_code == 0, result.findings
    assert result.requests > 100


def test_a_defect_that_only_an_odd_request_shows_is_found(check: Check) -> None:
    def fail(reply: Reply, scope: Any, _asked: Any) -> Reply:
        return Reply(500, reply.body, reply.headers) if scope["method"] == "DELETE" else reply

    assert check(mutate=fail).exit_code == 0
    result = check(mutate=fail, deeper=SecondLayer("full", 1, examples=1))
    assert "transport.no-server-error" in {finding.clause for finding in result.findings}


def test_fuzzing_stays_within_the_budget(check: Check) -> None:
    result = check(deeper=SecondLayer("fuzz", 1), budget=52, name="app")
    assert (result.requests, result.exit_code) == (52, 0)


def test_the_variant_is_a_correct_server() -> None:
    assert Variant().mutate is None
