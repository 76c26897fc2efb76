"""What a client meets at the endpoint under the default profile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "/api/services/analytics/v1/project/sessions"


def test_the_sample_of_the_page_gives_the_numbers_of_the_page(client: Any) -> None:
    data = client.post().data
    numbers = {key: data[key] for key in ("total", "per_page", "last_page", "from", "to", "current_page")}
    assert numbers == {"total": 45, "per_page": 15, "last_page": 3, "from": 1, "to": 15, "current_page": 1}
    assert data["links"] == {}


def test_the_sample_verbatim_is_refused_for_its_filters_alone(client: Any) -> None:
    reply = client.post(filters="string")
    assert (reply.status, reply.json["errors"]) == (422, {"filters": ["The filters field must be an array."]})


def test_the_last_page_ends_there(client: Any) -> None:
    data = client.post(query="page=3").data
    assert (data["next_page_url"], data["from"], data["to"], len(data["data"])) == (None, 31, 45, 15)


def test_the_same_request_gives_the_same_bytes_now_and_after_a_restart(
    make_client: Callable[..., Any],
) -> None:
    first, second = make_client(), make_client()
    assert first.post().body == first.post().body == second.post().body


def test_the_path_without_api_is_the_same_endpoint(client: Any) -> None:
    body = json.dumps(
        {
            "start_date": "2026-01-01",
            "end_date": "2026-01-02",
            "sortKey": "id",
            "sortOrder": "asc",
            "filters": {},
        }
    )
    reply = client.send("POST", PATH.removeprefix("/api"), body=body.encode())
    assert reply.status == 200
    assert reply.data["path"] == "http://127.0.0.1:8420" + PATH.removeprefix("/api")


def test_rows_stand_in_the_range_with_both_ends(client: Any) -> None:
    rows = client.post(read_status=None, per_page=1000).data["data"]
    first, last = rows[-1]["created_at"], rows[0]["created_at"]
    inside = client.post(read_status=None, per_page=1000, start_date=first, end_date=last).data
    assert inside["total"] == len(rows)


def test_a_date_with_an_offset_is_the_instant_it_names(client: Any) -> None:
    shown = client.post().data["data"][0]["created_at"]
    hour = f"{(int(shown[11:13]) + 1) % 24:02}"
    assert hour != "00", "choose another row: this one would need the next day"
    offset = f"{shown[:10]}T{hour}{shown[13:]}+01:00"
    rows = client.post(start_date=offset, end_date=offset).data["data"]
    assert [row["created_at"] for row in rows] == [shown]


def test_a_date_alone_is_midnight(client: Any) -> None:
    alone = client.post(read_status=None, start_date="2026-01-10", end_date="2026-01-11").data["total"]
    midnight = client.post(
        read_status=None, start_date="2026-01-10 00:00:00", end_date="2026-01-11 00:00:00"
    ).data["total"]
    assert 0 < alone == midnight


@pytest.mark.parametrize(
    "key", ["id", "browser", "device", "platform_os", "country", "time_spend", "created_at"]
)
@pytest.mark.parametrize("order", ["asc", "desc"])
def test_rows_are_sorted_and_ties_break_by_id_in_the_same_direction(
    client: Any, key: str, order: str
) -> None:
    rows = client.post(read_status=None, sortKey=key, sortOrder=order, per_page=1000).data["data"]
    assert len(rows) > 100
    assert rows == sorted(rows, key=lambda row: (row[key], row["id"]), reverse=order == "desc")


@pytest.mark.parametrize("status", ["read", "unread"])
def test_read_status_keeps_the_rows_that_have_it(client: Any, status: str) -> None:
    rows = client.post(read_status=status, per_page=1000).data["data"]
    assert {row["read_status"] for row in rows} == {status}


def test_filters_keep_the_rows_that_have_one_of_the_values_in_every_column(client: Any) -> None:
    rows = client.post(
        read_status=None, per_page=1000, filters={"country": ["NL", "BE"], "device": "mobile"}
    ).data["data"]
    assert rows
    assert {row["country"] for row in rows} <= {"NL", "BE"}
    assert {row["device"] for row in rows} == {"mobile"}


@pytest.mark.parametrize(
    "filters", [{}, {"nonsense": 1}, {"country": None}, {"country": []}, {"country": ""}, ["NL"]]
)
def test_a_filter_that_names_nothing_filters_nothing(client: Any, filters: Any) -> None:
    assert client.post(filters=filters).data["total"] == 45


@pytest.mark.parametrize(
    "filters", [{"country": "N"}, {"country": "nl"}, {"country": [["NL"]]}, {"time_spend": "x"}]
)
def test_a_value_that_no_row_has_gives_no_rows(client: Any, filters: Any) -> None:
    assert client.post(filters=filters).data["total"] == 0


@pytest.mark.parametrize("flag", [True, 1, "1", "true", "ON", "yes"])
def test_a_flag_that_is_true_adds_its_column(client: Any, flag: Any) -> None:
    row = client.post(check_irregular_traffic=flag, include_ip_addresses=flag).data["data"][0]
    assert isinstance(row["irregular_traffic"], bool)
    assert isinstance(row["ip_addresses"], list)


@pytest.mark.parametrize("flag", [False, 0, "0", "", "false", "no", "string", None, [], [1], {"a": 1}])
def test_any_other_flag_leaves_it_out(client: Any, flag: Any) -> None:
    row = client.post(check_irregular_traffic=flag, include_ip_addresses=flag).data["data"][0]
    assert "irregular_traffic" not in row
    assert "ip_addresses" not in row


def test_under_php_truth_the_word_false_is_true(make_client: Callable[..., Any], tmp_path: Any) -> None:
    profile = tmp_path / "php.toml"
    profile.write_text('extends = "documented"\n[flags]\ntruth = "php"\n')
    client = make_client(profile=str(profile))
    assert "ip_addresses" in client.post(include_ip_addresses="false").data["data"][0]
    assert "ip_addresses" not in client.post(include_ip_addresses="0").data["data"][0]


def test_a_page_may_have_a_thousand_rows_and_no_more(client: Any) -> None:
    assert client.post(per_page=1000).data["per_page"] == 1000
    assert client.post(per_page=1001).json["errors"] == {
        "per_page": ["The per page field must not be greater than 1000."]
    }


def test_the_query_string_fills_what_the_body_lacks_and_the_body_wins(client: Any) -> None:
    assert client.post(query="page=2").data["current_page"] == 2
    assert client.post(query="page=2", page=3).data["current_page"] == 3
    assert client.post(query="page=2", page=None).data["current_page"] == 1


def test_a_user_s_own_rows_are_served_with_all_their_columns(
    make_client: Callable[..., Any], tmp_path: Any
) -> None:
    path = tmp_path / "rows.jsonl"
    row = {"id": 7, "browser": "Lynx", "device": None, "platform_os": "Plan 9", "country": "NL", "time_spend": 3,
           "read_status": "unread", "created_at": "2026-01-05 10:00:00", "utm": {"source": "a/b"}}  # fmt: skip
    path.write_text(json.dumps(row) + "\n")
    assert make_client(data=path).post().data["data"] == [row]


def test_dates_have_the_form_of_the_profile(make_client: Callable[..., Any], tmp_path: Any) -> None:
    profile = tmp_path / "iso.toml"
    profile.write_text(
        'extends = "documented"\n[rows]\ncreated_at = "iso8601"\n[pagination]\nurls = "documented"\n'
    )
    data = make_client(profile=str(profile)).post().data
    plain = make_client().post().data["data"][0]["created_at"]
    assert data["data"][0]["created_at"] == plain.replace(" ", "T") + ".000000Z"
    assert data["path"] == "http://127.0.0.1:8420" + PATH.removeprefix("/api")
