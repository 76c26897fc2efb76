"""Who may use the admin API, and who may not."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from mockserver.app import create_app
from mockserver.log import Log
from mockserver.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

PROBES = ("livez", "readyz", "health")


@pytest.mark.parametrize("host", ["127.0.0.1:8420", "localhost", "LOCALHOST:1", "[::1]:8420", "127.9.9.9"])
def test_a_loopback_host_may_ask(admin: Any, host: str) -> None:
    assert admin.call("GET", "info", host=host).status == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "10.0.0.1:8420", "[::2]"])
def test_another_host_is_refused_and_told_the_way(admin: Any, host: str) -> None:
    reply = admin.call("GET", "info", host=host)
    assert (reply.status, "--admin-host" in reply.json["detail"]) == (403, True)


def test_a_named_host_may_ask(make_admin: Callable[..., Any]) -> None:
    admin = make_admin(admin_host=("mock.internal",))
    assert admin.call("GET", "info", host="mock.internal:80").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:3000"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_a_page_of_another_site_is_refused(admin: Any, headers: dict[str, str]) -> None:
    assert admin.call("POST", "reset", **headers).status == 403


def test_its_own_page_is_served_and_no_answer_invites_others(admin: Any) -> None:
    reply = admin.call("GET", "info", origin="http://127.0.0.1:8420", sec_fetch_site="same-origin")
    assert reply.status == 200
    assert not [name for name in reply.headers if name.startswith("access-control")]


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_write_must_be_json(admin: Any, media: str) -> None:
    reply = admin.call("PUT", "clock", {"mode": "real"}, content_type=media)
    assert (reply.status, "application/json" in reply.json["detail"]) == (415, True)


def test_with_a_token_every_call_needs_it_but_the_probes(make_admin: Callable[..., Any]) -> None:
    admin = make_admin(admin_token="s3cret")
    refused = admin.call("GET", "info")
    assert (refused.status, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert admin.call("GET", "info", authorization="Bearer wrong").status == 401
    assert admin.call("GET", "info", authorization="Bearer s3cret").status == 200
    assert admin.call("GET", "info", authorization="Bearer s3cret", host="mock.example").status == 200
    assert {admin.call("GET", name, host="anything").status for name in PROBES} == {200}


@pytest.mark.parametrize("settings", [{"no_admin": True}, {"host": "192.0.2.1"}])
def test_a_closed_api_serves_the_probes_and_says_why(
    make_admin: Callable[..., Any], settings: dict[str, Any]
) -> None:
    admin = make_admin(**settings)
    reply = admin.call("GET", "info")
    assert (reply.status, reply.headers["content-type"]) == (403, "application/problem+json")
    assert "--" in reply.json["detail"]
    assert {admin.call("GET", name).status for name in PROBES} == {200}
    assert admin.client.post().status == 200


def test_an_open_address_without_a_token_is_told_in_the_log() -> None:
    log = io.StringIO()
    create_app(Settings(host="192.0.2.1"), log=Log(stream=log))
    assert "--admin-token" in log.getvalue()
