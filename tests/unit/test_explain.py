"""The journal says why: for each wrong request the reason, the ledger entry and what would have passed."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.app import create_app
from mockserver.clock import Clock
from mockserver.explain import Explanation, explain
from mockserver.explain.remark import near
from mockserver.log import Log
from mockserver.model import COLUMNS
from mockserver.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

VALID = {
    "start_date": "2026-01-01",
    "end_date": "2026-01-31",
    "sortKey": "id",
    "sortOrder": "asc",
    "filters": {},
}


def why(client: Any) -> Explanation:
    """The explanation of the last exchange."""
    entries = client.app.state.sandboxes.default.journal.entries()
    return explain(entries[-1], entries)


def ask(client: Any, fields: Any, **more: Any) -> Explanation:
    client.send("POST", body=json.dumps(fields).encode(), **more)
    return why(client)


def told(explanation: Explanation) -> list[tuple[str, str | None, str | None]]:
    return [(remark.ledger, remark.field, remark.did_you_mean) for remark in explanation.remarks]


def test_a_valid_request_with_rows_needs_no_explanation(client: Any) -> None:
    assert ask(client, VALID) == Explanation()


INVALID: dict[str, tuple[dict[str, Any], list[tuple[str, str, str | None]], dict[str, Any]]] = {
    "a value of another case": (
        {**VALID, "sortOrder": "DESC"},
        [("rule.in", "sortOrder", "desc")],
        {**VALID, "sortOrder": "desc"},
    ),
    "a value that is nearly right": (
        {**VALID, "sortKey": "createdAt"},
        [("rule.in", "sortKey", "created_at")],
        {**VALID, "sortKey": "created_at"},
    ),
    "a field of another spelling": (
        {**{k: v for k, v in VALID.items() if k != "sortKey"}, "sort_key": "id"},
        [("rule.required", "sortKey", "sortKey"), ("input.unknown-field", "sort_key", "sortKey")],
        VALID,
    ),
    "the page's sample verbatim": (
        {**VALID, "filters": "string"},
        [("rule.array", "filters", None)],
        {**VALID, "filters": {}},
    ),
    "a date as people write it": (
        {**VALID, "end_date": "31/01/2026"},
        [("rule.date", "end_date", None)],
        {**VALID, "end_date": "2026-01-31 00:00:00"},
    ),
    "too large a page": (
        {**VALID, "per_page": 5000},
        [("rule.page_size", "per_page", None)],
        {**VALID, "per_page": "1000"},
    ),
}


@pytest.mark.parametrize("name", INVALID)
def test_a_refusal_names_the_rule_and_the_nearest_valid_request(client: Any, name: str) -> None:
    fields, remarks, nearest = INVALID[name]
    explanation = ask(client, fields)
    assert told(explanation) == remarks
    assert explanation.nearest_valid == nearest


@pytest.mark.parametrize("profile", ["documented", "laravel"])
@pytest.mark.parametrize(
    "fields", [{}, {"filters": 3}, {"start_date": [], "sortKey": {}}, *(case[0] for case in INVALID.values())]
)
def test_the_nearest_valid_request_is_valid(
    make_client: Callable[..., Any], profile: str, fields: dict[str, Any]
) -> None:
    client = make_client(profile=profile)
    nearest = ask(client, fields).nearest_valid
    if nearest is not None:
        assert client.send("POST", body=json.dumps(nearest).encode()).status == 200
    else:
        assert client.send("POST", body=json.dumps(fields).encode()).status == 200


def test_dotted_and_wildcard_fields_are_mended_in_their_place(
    make_client: Callable[..., Any], tmp_path: Any
) -> None:
    profile = tmp_path / "dotted.toml"
    profile.write_text('extends = "documented"\n[rules]\n"filters.country" = "required|array"\n'
                       '"filters.country.*" = "in:NL,DE"\n')  # fmt: skip
    client = make_client(profile=str(profile))
    explanation = ask(client, {**VALID, "filters": {"country": ["NL", "de"]}})
    assert told(explanation) == [("rule.in", "filters.country.1", "DE")]
    assert explanation.nearest_valid == {**VALID, "filters": {"country": ["NL", "DE"]}}


def test_json_that_breaks_is_shown_where_it_breaks(client: Any) -> None:
    client.send("POST", body=b'{"start_date": "2026-01-01",}')
    first = why(client).remarks[0]
    assert first.ledger == "input.undecodable"
    assert "line 1, column 29" in first.text
    assert "⟨here⟩}" in first.text


@pytest.mark.parametrize(
    "body", [b'{"a": NaN}', b'{"a": "\\ud800"}', b'{"a":' * 600 + b"1" + b"}" * 600, b"7", b"\xff"]
)
def test_a_body_that_only_php_refuses_is_told_so(client: Any, body: bytes) -> None:
    client.send("POST", body=body)
    assert why(client).remarks[0].ledger == "input.undecodable"


def test_a_body_of_another_type_is_told_apart_from_an_empty_one(client: Any) -> None:
    explanation = ask(client, VALID, headers={"content-type": "text/plain"})
    assert explanation.remarks[0].ledger == "input.json"
    assert "'text/plain'" in explanation.remarks[0].text
    assert explanation.nearest_valid == VALID


HEADERS = {
    None: ("auth.missing-token", "there is no Authorization header"),
    "Token abc": ("auth.bad-token", "'Token'"),
    "abc": ("auth.bad-token", "no scheme"),
    "Bearer": ("auth.bad-token", "no token"),
    "Bearer ": ("auth.bad-token", "no token"),
    "Bearer a b": ("auth.bad-token", "blank"),
    "Bearer expired-7": ("auth.bad-token", "`expired-`"),
}


@pytest.mark.parametrize("header", HEADERS)
def test_a_refused_token_is_told_what_is_wrong_with_its_header(client: Any, header: str | None) -> None:
    explanation = ask(client, VALID, token=None, headers={"authorization": header} if header else {})
    (remark,) = explanation.remarks
    assert (remark.ledger, HEADERS[header][1] in remark.text) == (HEADERS[header][0], True), remark


def test_a_forbidden_token_is_told_so(client: Any) -> None:
    assert [remark.ledger for remark in ask(client, VALID, token="forbidden-1").remarks] == ["auth.forbidden"]


def test_a_refusal_by_quota_says_when_to_come_back_and_who_did_not_listen(client: Any) -> None:
    for _ in range(61):
        first = ask(client, VALID)
    assert told(first) == [("throttle.refuses", None, None)]
    client.clock.offset_seconds = 10.0
    early = ask(client, VALID)
    assert [remark.ledger for remark in early.remarks] == ["throttle.refuses", "throttle.retry-after"]
    assert "told to wait 60 s, and this one came after 10.0 s" in early.remarks[1].text
    client.clock.offset_seconds = 60.0
    assert ask(client, VALID) == Explanation()


EMPTY = {
    "reversed": ({"start_date": "2026-02-01"}, "range.reversed", "start_date", None),
    "after the data": (
        {"start_date": "2027-01-01", "end_date": "2027-02-01"},
        "range.inside",
        "start_date",
        None,
    ),
    "before the data": (
        {"start_date": "2020-01-01", "end_date": "2020-02-01"},
        "range.inside",
        "end_date",
        None,
    ),
    "a filter of another case": ({"filters": {"country": "nl"}}, "filters.match", "filters.country", "NL"),
    "a filter without a match": (
        {"filters": {"browser": ["Xyzzy"]}},
        "filters.match",
        "filters.browser",
        None,
    ),
    "a status that is not there": (
        {"read_status": "unread", "end_date": "2026-01-05"},
        "read-status.matches",
        "read_status",
        None,
    ),
    "a page behind the last": ({"page": 999}, "pagination.row-count", "page", None),
}


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_answer_names_what_emptied_it(client: Any, name: str) -> None:
    change, ledger, field, meant = EMPTY[name]
    explanation = ask(client, {**VALID, **change})
    (remark,) = explanation.remarks
    assert (remark.ledger, remark.field) == (ledger, field)
    assert meant is None or remark.did_you_mean == meant


def test_an_empty_range_is_shown_as_it_was_read(client: Any) -> None:
    explanation = ask(client, {**VALID, "start_date": "2026-01-31", "end_date": "01/31/2026"})
    assert "no row is from 2026-01-31 00:00:00 to 2026-01-31 00:00:00" in explanation.remarks[0].text


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("os", "platform_os"),
        ("status", "read_status"),
        ("create", "created_at"),
        ("Browsr", "browser"),
        ("qq", None),
    ],
)
def test_a_column_is_meant_by_a_part_a_beginning_or_nearly_all_of_it(word: str, meant: str | None) -> None:
    assert near(word, COLUMNS) == meant


def test_filters_that_exclude_each_other_are_named_together(client: Any) -> None:
    explanation = ask(client, {**VALID, "filters": {"browser": "Safari", "platform_os": "Windows"}})
    (remark,) = explanation.remarks
    assert "filters.browser and filters.platform_os at once" in remark.text


def test_fields_columns_and_preferences_that_mean_nothing_are_noted(client: Any) -> None:
    fields = {**VALID, "perpage": 5, "filters": {"Country": "NL"}}
    explanation = ask(client, fields, headers={"prefer": "code=999, colour=red"})
    assert told(explanation) == [
        ("input.unknown-field", "perpage", "per_page"),
        ("filter.unknown", "filters.Country", "country"),
        ("force.preference", None, None),
        ("force.preference", None, None),
    ]


def test_a_wrong_path_and_a_wrong_method_are_told_the_right_one(client: Any) -> None:
    client.send("POST", "/api/services/analytics/v1/project/session")
    assert told(why(client)) == [("route.not-found", None, "/api/services/analytics/v1/project/sessions")]
    client.send("GET")
    assert told(why(client)) == [("method.refused", None, "POST")]


def test_verbose_prints_the_explanation_below_the_request(client: Any) -> None:
    log = io.StringIO()
    app = create_app(Settings(sessions=5), log=Log(verbose=True, stream=log))
    type(client)(app, Clock(), log).post({"sortKey": "createdAt"})
    lines = log.getvalue().splitlines()
    assert " 422 " in lines[0]
    assert "    start_date is missing: it must be there and not be blank [rule.required]" in lines
    assert lines[-1].startswith('    valid would be {"sortKey": "created_at", "start_date": "')
