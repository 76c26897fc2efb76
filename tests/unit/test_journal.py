"""The ring: how much it keeps, what it never keeps."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver import redact
from mockserver.journal import BODIES, CAPACITY, MAX_BODY_BYTES
from mockserver.reading import UNLIMITED


def journal(client: Any) -> Any:
    return client.app.state.sandboxes.default.journal


def test_it_keeps_the_newest_thousand_and_the_bodies_of_the_newest_hundred(make_client: Any) -> None:
    client = make_client(rate_limit=UNLIMITED, sessions=0)
    for _ in range(CAPACITY + 5):
        client.send("GET", "/x")
    entries = journal(client).entries()
    assert len(entries) == CAPACITY
    assert [entry.number for entry in entries] == list(range(6, CAPACITY + 6))
    assert entries[-BODIES].number in journal(client).bodies()
    assert entries[-BODIES - 1].number not in journal(client).bodies()


def test_of_a_long_body_it_keeps_the_beginning_and_the_size(client: Any) -> None:
    client.send("POST", body=b'{"a": "' + b"x" * 100_000 + b'"}')
    (entry,) = journal(client).entries()
    assert (len(entry.body), entry.body_bytes) == (MAX_BODY_BYTES, 100_009)


def test_entries_of_one_token_know_each_other_and_tell_nothing(client: Any) -> None:
    for token in ("secret-token-a", "secret-token-b", "secret-token-a"):
        client.post(token=token)
    first, second, third = journal(client).entries()
    assert first.owner == third.owner != second.owner
    assert "secret-token" not in repr([first, second, third])


def test_a_listener_is_told_until_it_stops(client: Any) -> None:
    heard: list[int] = []
    stop = journal(client).listen(lambda: heard.append(1))
    client.post()
    stop()
    client.post()
    assert heard == [1]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b'{"password": "a\\"b", "x": 1}', '{"password": "…", "x": 1}'),
        (b'{"Api_Key":"k"}', '{"Api_Key":"…"}'),
        (b"access_token=abc&x=1", "access_token=…&x=1"),
        (b"x=1&token=abc", "x=1&token=…"),
        (b'{"note": "my-long-token"}', '{"note": "my-l…"}'),
        (b'{"sortKey": "id"}', '{"sortKey": "id"}'),
    ],
)
def test_secrets_in_a_body_are_masked(sent: bytes, kept: str) -> None:
    assert redact.content(sent, "my-long-token").decode() == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Bearer abcdefghij", "Bearer abcd…"),
        ("bearer short", "Bearer …"),
        ("Basic dXNlcjpwYXNz", "Basic …"),
        ("s3cr3t0123456789 again", "s3cr… …"),
        ("abcdefghij", "abcd…"),
    ],
)
def test_a_header_keeps_its_scheme_and_loses_its_secret(sent: str, kept: str) -> None:
    assert redact.authorization(sent) == kept
