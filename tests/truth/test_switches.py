"""Every switch of a profile, on both sides, and with them each place where the page contradicts itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RATE_HEADERS = ("x-ratelimit-limit", "x-ratelimit-remaining")


@pytest.fixture
def served_with(make_client: Callable[..., Any], tmp_path: Path) -> Callable[[str], Any]:
    """A client of an app whose profile extends `documented` with this TOML."""

    def serve(toml: str) -> Any:
        path = tmp_path / "profile.toml"
        path.write_text(f'extends = "documented"\n{toml}\n')
        return make_client(profile=str(path))

    return serve


def test_filters_are_an_object_or_a_text_as_the_rules_say(client: Any, served_with: Any) -> None:
    assert client.post(filters="string").status == 422
    assert client.post(filters={}).status == 200
    assert served_with('[rules]\nfilters = "required|string"').post(filters="string").status == 200
    assert served_with('[rules]\nfilters = "required|array"').post(filters={}).status == 422


def test_dates_are_read_in_both_notations_unless_the_rules_want_one(client: Any, served_with: Any) -> None:
    rfc3339 = "2026-01-01T00:00:00Z"
    assert client.post(start_date=rfc3339).body == client.post().body
    strict = served_with('[rules]\nstart_date = "required|date_format:Y-m-d H:i:s"')
    assert strict.post(start_date=rfc3339).json["errors"] == {
        "start_date": ["The start date field must match the format Y-m-d H:i:s."]
    }
    assert strict.post().status == 200


def test_a_page_size_is_any_text_unless_the_rules_bound_it(client: Any, served_with: Any) -> None:
    assert client.post(per_page="string").data["per_page"] == 15
    bounded = served_with('[rules]\nper_page = "nullable|integer|min:1|max:100"')
    assert bounded.post(per_page="string").status == 422
    assert bounded.post(per_page=101).status == 422
    assert bounded.post(per_page="100").data["per_page"] == 100


@pytest.mark.parametrize("kind", ["list", "list-with-page"])
def test_links_are_an_object_or_a_list(client: Any, served_with: Any, kind: str) -> None:
    assert client.post().data["links"] == {}
    links = served_with(f'[pagination]\nlinks = "{kind}"').post().data["links"]
    assert [link["label"] for link in links] == ["&laquo; Previous", "1", "2", "3", "Next &raquo;"]
    assert {"page" in link for link in links} == {kind == "list-with-page"}


def test_page_urls_repeat_the_path_that_was_asked_or_print_it_without_api(
    client: Any, served_with: Any
) -> None:
    assert client.post().data["path"] == "http://127.0.0.1:8420/api/services/analytics/v1/project/sessions"
    printed = served_with('[pagination]\nurls = "documented"').post().data
    assert printed["path"] == "http://127.0.0.1:8420/services/analytics/v1/project/sessions"
    assert printed["next_page_url"] == printed["path"] + "?page=2"


def test_the_default_and_the_largest_page_are_as_set(client: Any, served_with: Any) -> None:
    assert client.post(per_page=1001).status == 422
    other = served_with("[pagination]\ndefault_per_page = 7\nmax_per_page = 0")
    assert other.post().data["per_page"] == 7
    assert other.post(per_page=100_000).data["per_page"] == 100_000


def test_a_422_carries_the_rate_headers_or_none_as_the_page_prints(client: Any, served_with: Any) -> None:
    assert all(name in client.post({}).headers for name in RATE_HEADERS)
    bare = served_with('[throttle]\ninvalid = "bare"')
    assert not set(RATE_HEADERS) & set(bare.post({}).headers)
    assert bare.post().headers["x-ratelimit-remaining"] == "58"


def test_a_401_is_counted_or_free(client: Any, served_with: Any) -> None:
    assert [client.post(token=None).headers["x-ratelimit-remaining"] for _ in range(2)] == ["59", "58"]
    free = served_with('[throttle]\nunauthenticated = "free"')
    assert not any(name in free.post(token=None).headers for name in RATE_HEADERS)


def test_a_401_stays_one_when_the_quota_of_its_address_is_spent(client: Any) -> None:
    replies = [client.post(token=None) for _ in range(70)]
    assert {reply.status for reply in replies} == {401}
    assert replies[-1].headers["x-ratelimit-remaining"] == "0"
    assert client.post().status == 200


def test_the_limit_and_its_window_are_as_set(served_with: Any) -> None:
    client = served_with("[throttle]\nlimit = 2\nwindow_seconds = 5")
    assert [client.post().status for _ in range(3)] == [200, 200, 429]
    client.clock.offset_seconds = 5.0
    assert client.post().status == 200


def test_refusals_have_the_documented_envelope_or_the_framework_s(client: Any, served_with: Any) -> None:
    framework = served_with('[errors]\nenvelope = "framework"')
    assert client.post(token=None).body == b'{"error":true,"message":"Unauthenticated."}'
    assert framework.post(token=None).body == b'{"message":"Unauthenticated."}'
    assert framework.post(token="forbidden-1").body == b'{\n    "message": "This action is unauthorized."\n}'


def test_an_offset_in_a_date_counts_or_is_dropped(client: Any, served_with: Any) -> None:
    shown = client.post().data["data"][0]["created_at"]
    east = shown.replace(" ", "T") + "+01:00"
    west = shown.replace(" ", "T") + "-01:00"
    assert client.post(start_date=west).data["total"] == 0
    assert client.post(start_date=east).data["total"] >= 1
    dropped = served_with('[dates]\noffsets = "dropped"')
    assert dropped.post(start_date=west).data["data"][0]["created_at"] == shown


def test_a_flag_is_true_by_a_word_or_by_php(client: Any, served_with: Any) -> None:
    php = served_with('[flags]\ntruth = "php"')
    shown = {
        word: tuple(
            "ip_addresses" in one.post(include_ip_addresses=word).data["data"][0] for one in (client, php)
        )
        for word in ("1", "true", "yes", "false", "string", "0", "")
    }
    assert shown == {
        "1": (True, True),
        "true": (True, True),
        "yes": (True, True),
        "false": (False, True),
        "string": (False, True),
        "0": (False, False),
        "": (False, False),
    }


def test_times_are_written_as_the_page_writes_dates_or_in_iso_8601(client: Any, served_with: Any) -> None:
    plain = client.post().data["data"][0]["created_at"]
    iso = served_with('[rows]\ncreated_at = "iso8601"').post().data["data"][0]["created_at"]
    assert iso == plain.replace(" ", "T") + ".000000Z"


def test_rules_for_keys_inside_filters_are_keyed_by_their_path(served_with: Any) -> None:
    client = served_with(
        '[rules]\n"filters.country" = "nullable|array"\n"filters.country.*" = "string|size:2"'
    )
    reply = client.post(filters={"country": ["NL", "NLD"]})
    assert json.loads(reply.body)["errors"] == {
        "filters.country.1": ["The filters.country.1 field must be 2 characters."]
    }
    assert client.post(filters={"country": ["NL"]}).status == 200
