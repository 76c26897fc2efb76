"""Whatever comes over the line: the documented answer or a 4xx, and the server lives on."""

from __future__ import annotations

import json
import os
import socket
from typing import Any

import pytest

PATH = "/api/services/analytics/v1/project/sessions"

HOSTILE = {
    "binary body": (os.urandom(5000), {}),
    "deep body": (b"[" * 200_000, {}),
    "deep object": (b'{"filters":' * 100_000, {}),
    "huge number": (b'{"per_page":' + b"9" * 100_000 + b"}", {}),
    "huge text": (b'{"start_date":"' + b"1" * 1_000_000 + b'"}', {}),
    "many brackets": (
        b"filters" + b"[a]" * 50_000 + b"=1",
        {"Content-Type": "application/x-www-form-urlencoded"},
    ),
    "many fields": (b"a=1&" * 500_000, {"Content-Type": "application/x-www-form-urlencoded"}),
    "multipart without end": (b"--X\r\n" * 50_000, {"Content-Type": "multipart/form-data; boundary=X"}),
    "gzip": (b"\x1f\x8b" + b"\x00" * 100, {"Content-Encoding": "gzip"}),
    "long token": (b"{}", {"Authorization": "Bearer " + "x" * 30_000}),
    "not ascii": (b"{}", {"Authorization": "Bearer t\xf6ken", "X-Other": "\xff"}),
    "hostile host": (b"{}", {"Host": "<script>"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_request_gets_a_4xx_or_an_answer_and_the_next_one_is_served(server: Any, name: str) -> None:
    body, headers = HOSTILE[name]
    status, answer = server.ask(body, **headers)
    assert status == 200 or 400 <= status < 500
    assert status == 200 or json.loads(answer)["message"]
    assert server.ask()[0] == 200


def test_too_large_a_body_is_refused_without_reading_it_all(server: Any) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        head = f"POST {PATH} HTTP/1.1\r\nHost: h\r\nContent-Length: {10**12}\r\n\r\n"
        connection.sendall(head.encode() + b"x" * (9 * 1024 * 1024))
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")
    assert server.ask()[0] == 200


@pytest.mark.parametrize("part", ["address", "one header", "many headers"])
def test_too_long_a_head_is_refused_and_is_in_no_journal(server: Any, part: str) -> None:
    long = "x" * 65_536
    address = f"{PATH}?a={long}" if part == "address" else PATH
    headers = {"one header": f"X-Long: {long}\r\n", "many headers": "X-Short: xxxxxxxxxx\r\n" * 5000}
    before = server.requests()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(
            f"POST {address} HTTP/1.1\r\nHost: h\r\n{headers.get(part, '')}Content-Length: 0\r\n\r\n".encode()
        )
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")
    assert server.requests() == before
    assert server.ask()[0] == 200


def test_garbage_on_the_line_does_not_end_the_server(server: Any) -> None:
    for garbage in (b"\x00" * 1000, b"GET\r\n\r\n", b"POST / HTTP/9.9\r\n\r\n", b"\x16\x03\x01" * 50):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
            connection.sendall(garbage)
    assert server.ask()[0] == 200
    assert "Traceback" not in server.log.read_text()


def test_a_forwarded_address_is_not_believed(server: Any) -> None:
    _, answer = server.ask(**{"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"})
    assert json.loads(answer)["data"]["path"] == f"http://127.0.0.1:{server.port}{PATH}"
