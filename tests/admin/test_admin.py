"""What the admin API sets, shows and clears."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.faults import KINDS
from mockserver.sandboxes import IDLE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

ROW = {"id": 7, "browser": "Lynx", "created_at": "2026-01-05 10:00:00", "read_status": "unread"}


def test_the_probes_say_ok(admin: Any) -> None:
    for name in ("livez", "readyz", "health"):
        assert admin.get(name) == {"status": "ok"}


def test_info_says_what_is_served(make_admin: Callable[..., Any]) -> None:
    info = make_admin(sessions=20, seed=5, profile="laravel").get("info")
    assert (info["sessions"], info["seed"], info["profile"], info["sandboxes"]) == (20, 5, "laravel", 1)


def test_a_new_sandbox_has_a_token_that_owns_it(admin: Any) -> None:
    made = admin.call("POST", "sandboxes")
    assert made.status == 201
    sandbox = made.json
    assert sandbox["token"] == f"sbx-{sandbox['id']}"
    assert (sandbox["url"], sandbox["expires_in"]) == ("http://127.0.0.1:8420", IDLE_SECONDS)
    admin.client.post(token=sandbox["token"])
    assert len(admin.get("requests", f"sandbox={sandbox['id']}")) == 1
    assert admin.get("requests") == []


def test_sandboxes_are_listed_and_dropped(admin: Any) -> None:
    admin.client.post(token="sbx-a")
    assert [(s["id"], s["token"]) for s in admin.get("sandboxes")] == [("default", None), ("a", "sbx-a")]
    admin.delete("sandboxes/a")
    assert [s["id"] for s in admin.get("sandboxes")] == ["default"]
    assert admin.call("DELETE", "sandboxes/a").status == 404
    assert admin.call("DELETE", "sandboxes/default").status == 409


def test_a_reset_is_scoped_and_only_all_is_global(admin: Any) -> None:
    for token in ("t", "sbx-a", "sbx-b"):
        admin.client.post(token=token)
    admin.post("reset", query="sandbox=a")
    assert {s["id"]: s["requests"] for s in admin.get("sandboxes")} == {"default": 1, "a": 0, "b": 1}
    admin.post("reset", query="all=true")
    assert {s["requests"] for s in admin.get("sandboxes")} == {0}


def test_a_reset_brings_everything_back(admin: Any) -> None:
    admin.put("rate-limit", {"limit": 2})
    admin.put("faults", [{"kind": "html_500"}])
    admin.put("clock", {"mode": "frozen", "now": 5})
    admin.put("data", [ROW])
    admin.put("profile", {"errors": {"envelope": "framework"}})
    admin.client.post()
    admin.post("reset")
    assert admin.get("rate-limit") == {"limit": 60, "window_seconds": 60, "enforced": True, "windows": []}
    assert (admin.get("faults"), admin.get("clock")["mode"]) == ([], "real")
    assert (admin.get("data")["rows"], admin.get("requests")) == (1000, [])
    assert admin.get("profile")["tables"]["errors"] == {"envelope": "documented"}
    assert admin.client.post().status == 200


def test_ids_go_on_after_a_reset(admin: Any) -> None:
    admin.client.post()
    first = admin.get("requests/latest")["id"]
    admin.post("reset")
    admin.client.post()
    assert admin.get("requests/latest")["id"] > first


def test_the_journal_is_read_by_id_since_status_path_and_limit(admin: Any) -> None:
    admin.client.post()
    admin.client.post({})
    admin.client.send("GET", "/nowhere")
    every = admin.get("requests")
    assert [entry["answer"]["status"] for entry in every] == [200, 422, 404]
    ids = [entry["id"] for entry in every]
    assert [entry["id"] for entry in admin.get("requests", f"since={ids[0]}")] == ids[1:]
    assert [entry["id"] for entry in admin.get("requests", "limit=1")] == ids[2:]
    assert [entry["id"] for entry in admin.get("requests", "status=4xx")] == ids[1:]
    assert [entry["id"] for entry in admin.get("requests", "path=/now*")] == ids[2:]
    assert admin.get(f"requests/{ids[1]}") == every[1]
    assert admin.get("requests/latest") == every[2]
    assert admin.post("requests/count", {"status": "4xx"}) == {"count": 2}
    admin.delete("requests")
    assert (admin.get("requests"), admin.call("GET", "requests/latest").status) == ([], 404)


def test_an_entry_shows_the_exchange_and_no_secret(admin: Any) -> None:
    reply = admin.client.send("POST", token="very-secret-token", headers={"cookie": "session=1"},
                              body=json.dumps({"password": "hunter2", "note": "very-secret-token"}).encode())  # fmt: skip
    entry = admin.get("requests/latest")
    assert entry["answer"]["body"] == reply.body.decode()
    assert entry["answer"]["headers"]["x-ratelimit-remaining"] == "59"
    assert entry["request"]["headers"]["authorization"] == "Bearer very…"
    told = json.dumps(entry, ensure_ascii=False)
    for secret in ("very-secret-token", "session=1", "hunter2"):
        assert secret not in told


def test_waiting_ends_with_the_request_that_was_waited_for(admin: Any) -> None:
    client = admin.client

    async def both() -> Any:
        host = {"host": "127.0.0.1"}
        waiting = asyncio.create_task(
            client.raw("GET", "/__admin/requests/wait", "count=2&timeout=30", host, b"")
        )
        while not client.app.state.sandboxes.default.journal.is_followed:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0)
        for _ in range(2):
            assert not waiting.done()
            await client.raw("POST", "/x", "", {"host": "h"}, b"")
        return await waiting

    reply = asyncio.run(both())
    assert (reply.status, len(reply.json)) == (200, 2)


def test_waiting_in_vain_is_a_408_that_says_how_many_came(admin: Any) -> None:
    admin.client.post()
    reply = admin.call("GET", "requests/wait", query="count=2&timeout=0")
    assert (reply.status, reply.json["detail"]) == (408, "1 of 2 requests came within 0 s")


def test_the_limit_is_set_shown_and_exhausted(admin: Any) -> None:
    admin.put("rate-limit", {"limit": 2, "window_seconds": 5})
    assert [admin.client.post(token="long-token").status for _ in range(3)] == [200, 200, 429]
    window = {"token": "long…", "used": 2, "remaining": 0, "resets_in_seconds": 5.0}
    assert admin.get("rate-limit")["windows"] == [window]
    admin.post("reset")
    admin.post("rate-limit/exhaust")
    reply = admin.client.post(token="never-seen")
    assert (reply.status, reply.headers["retry-after"]) == (429, "60")


def test_a_window_of_a_minute_passes_in_no_time(admin: Any) -> None:
    admin.post("rate-limit/exhaust")
    admin.post("clock/advance", {"seconds": 59})
    assert admin.client.post().headers["retry-after"] == "1"
    admin.post("clock/advance", {"seconds": 1})
    assert admin.client.post().status == 200


def test_a_clock_belongs_to_one_sandbox(admin: Any) -> None:
    shown = admin.put("clock", {"mode": "frozen", "now": "2030-06-01 12:00:00"}, "sandbox=a")
    assert shown == {"mode": "frozen", "now": "2030-06-01T12:00:00.000Z", "seconds": 1906545600.0}
    assert admin.get("clock")["mode"] == "real"
    assert admin.put("clock", {"mode": "offset", "now": 100}, "sandbox=a")["seconds"] == 100
    assert admin.put("clock", {"mode": "real"}, "sandbox=a")["mode"] == "real"


def test_the_clock_says_what_tomorrow_is(admin: Any) -> None:
    admin.put("profile", {"rules": {"start_date": "required|date|after:tomorrow"}})
    admin.put("clock", {"mode": "frozen", "now": "2025-12-30 00:00:00"})
    assert admin.client.post().status == 200
    admin.put("clock", {"mode": "frozen", "now": "2025-12-31 00:00:00"})
    assert admin.client.post().status == 422


def test_faults_are_shown_with_what_they_did(admin: Any) -> None:
    admin.put("faults", [{"kind": "status", "status": 503, "times": 1, "after": 1}])
    assert [admin.client.post().status for _ in range(4)] == [200, 503, 200, 200]
    (fault,) = admin.get("faults")
    assert (fault["seen"], fault["struck"], fault["kind"]) == (4, 1, "status")
    assert [entry["fault"] for entry in admin.get("requests")] == [None, "status", None, None]
    admin.delete("faults")
    assert admin.get("faults") == []


def test_rows_are_given_generated_and_brought_back(admin: Any) -> None:
    shown = admin.put("data", [ROW])
    assert (shown["rows"], shown["first"], shown["columns"]["browser"]) == (1, ROW["created_at"], ["Lynx"])
    assert [row["id"] for row in admin.client.post().data["data"]] == [7]
    assert admin.post("data/generate", {"sessions": 3})["rows"] == 3
    admin.delete("data")
    assert admin.get("data")["rows"] == 1000


def test_a_bad_row_is_told_by_its_index(admin: Any) -> None:
    reply = admin.call("PUT", "data", [ROW, {"id": "x"}])
    assert (reply.status, "row [1]: id is" in reply.json["detail"]) == (422, True)


def test_a_profile_is_laid_over_the_server_s_own(admin: Any) -> None:
    admin.put("profile", {"throttle": {"limit": 3}, "rules": {"per_page": "integer"}}, "sandbox=a")
    reply = admin.client.post(token="sbx-a")
    assert reply.json["errors"] == {"per_page": ["The per page field must be an integer."]}
    assert reply.headers["x-ratelimit-limit"] == "3"
    assert admin.client.post().status == 200
    admin.delete("profile", "sandbox=a")
    assert admin.client.post(token="sbx-a").headers["x-ratelimit-limit"] == "60"


PROBLEMS = {
    "unknown path": ("GET", "nope", None, 404, "openapi.json"),
    "unknown method": ("PUT", "requests", {}, 405, "does not take PUT"),
    "unknown key": ("PUT", "rate-limit", {"limit": 1, "windw": 2}, 422, "body.windw"),
    "unknown kind": ("PUT", "faults", [{"kind": "explode"}], 422, "maintenance_503"),
    "unknown scenario": ("PUT", "scenario", {"name": "flaky_than_ok"}, 422, "did you mean 'flaky_then_ok'?"),
    "file as scenario": ("PUT", "scenario", {"name": "/etc/passwd"}, 422, "there is no scenario"),
    "unknown switch": ("PUT", "profile", {"flags": {"truht": "php"}}, 422, "unknown key 'truht'"),
    "profile that extends": ("PUT", "profile", {"extends": {}}, 422, "leave out `extends`"),
    "unknown rule": ("PUT", "profile", {"rules": {"a": "reqired"}}, 422, "reqired"),
    "no moment": ("PUT", "clock", {"mode": "frozen", "now": "soon"}, 422, "use a moment such as"),
    "unknown exchange": ("GET", "requests/999", None, 404, "GET /__admin/requests"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_an_error_is_a_problem_that_says_what_to_do(admin: Any, name: str) -> None:
    method, path, body, status, told = PROBLEMS[name]
    reply = admin.call(method, path, body)
    assert (reply.status, reply.headers["content-type"]) == (status, "application/problem+json")
    assert set(reply.json) == {"type", "title", "status", "detail"}
    assert (reply.json["status"], told in reply.json["detail"]) == (status, True), reply.json


def test_what_is_no_id_of_a_sandbox_is_refused(admin: Any) -> None:
    assert admin.call("GET", "requests", query="sandbox=a%20b").status == 422


def test_the_openapi_document_lists_every_path_and_kind(admin: Any) -> None:
    document = admin.get("openapi.json")
    for path in ("/info", "/sandboxes", "/reset", "/requests/wait", "/rate-limit/exhaust", "/clock/advance",
                 "/scenario", "/data/generate", "/profile", "/events", "/faults"):  # fmt: skip
        assert path in document["paths"], path
    assert tuple(document["components"]["schemas"]["Fault"]["properties"]["kind"]["enum"]) == KINDS
    assert document["servers"] == [{"url": "/__admin"}]


def test_a_scenario_is_begun_and_stopped(admin: Any) -> None:
    shown = admin.put("scenario", {"name": "empty_account"}, "sandbox=a")
    assert (shown["name"], shown["requests"]) == ("empty_account", 0)
    assert shown["story"] == shown["available"]["empty_account"]
    assert admin.client.post(token="sbx-a").data["total"] == 0
    admin.delete("scenario", "sandbox=a")
    assert admin.get("scenario", "sandbox=a")["name"] is None
    assert admin.client.post(token="sbx-a").data["total"] == 45
