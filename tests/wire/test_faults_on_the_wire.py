"""Each fault, as httpx, a bare socket and curl meet it."""

from __future__ import annotations

import json
import secrets
import shutil
import socket
import struct
import subprocess
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from mockserver.faults import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "/api/services/analytics/v1/project/sessions"
BODY = json.dumps(
    {"start_date": "2026-01-01", "end_date": "2026-01-31", "sortKey": "id", "sortOrder": "asc", "filters": {}}
).encode()

#: What curl calls them: an empty reply, a partial file, a failure to receive.
EMPTY, PARTIAL, RECEIVE = 52, 18, 56


@pytest.fixture
def befall(server: Any) -> Callable[..., str]:
    """Put one fault into a sandbox of this test's own; returns its token."""

    def put(kind: str, **more: Any) -> str:
        name = secrets.token_hex(8)
        url = f"http://127.0.0.1:{server.port}/__admin/faults?sandbox={name}"
        assert httpx.put(url, json=[{"kind": kind, "delay_ms": 20, **more}]).status_code == 200
        return f"sbx-{name}"

    return put


def ask(server: Any, token: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return httpx.post(server.url, content=BODY, headers=headers)


def converse(server: Any, token: str) -> bytes:
    """All that comes over a bare socket until the other side ends it."""
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(BODY)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(head.encode() + BODY)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    return received


def curl(server: Any, token: str) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("curl")
    if program is None:
        pytest.skip("there is no curl")
    headers = ["-H", f"Authorization: Bearer {token}", "-H", "Content-Type: application/json"]
    return subprocess.run(
        [program, "-s", "-i", "--max-time", "10", *headers, "-d", BODY.decode(), server.url],
        capture_output=True, check=False,
    )  # fmt: skip


ANSWERED = {
    "status": (500, "application/json", True),
    "delay": (200, "application/json", True),
    "slow_body": (200, "application/json", True),
    "malformed_json": (200, "application/json", False),
    "wrong_content_type": (200, "text/html; charset=UTF-8", True),
    "html_500": (500, "text/html; charset=UTF-8", False),
    "maintenance_503": (503, "application/json", True),
}
CUT = {"reset", "empty", "truncate"}


def is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def test_every_kind_is_observed_here() -> None:
    assert set(ANSWERED) | CUT == set(KINDS)


@pytest.mark.parametrize("kind", ANSWERED)
def test_a_fault_that_answers_has_its_status_its_type_and_its_body(
    server: Any, befall: Callable[..., str], kind: str
) -> None:
    token = befall(kind)
    reply = ask(server, token)
    assert (reply.status_code, reply.headers["content-type"], is_json(reply.content)) == ANSWERED[kind]
    head, _, body = converse(server, token).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % ANSWERED[kind][0])
    assert f"content-length: {len(body)}".encode() in head
    seen = curl(server, token)
    assert (seen.returncode, seen.stdout.startswith(b"HTTP/1.1 %d " % ANSWERED[kind][0])) == (0, True)


def test_a_reset_is_a_reset(server: Any, befall: Callable[..., str]) -> None:
    token = befall("reset")
    with pytest.raises(httpx.ReadError):
        ask(server, token)
    with pytest.raises(ConnectionResetError):
        converse(server, token)
    assert curl(server, token).returncode == RECEIVE


def test_an_empty_reply_ends_without_a_byte(server: Any, befall: Callable[..., str]) -> None:
    token = befall("empty")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        ask(server, token)
    assert converse(server, token) == b""
    assert curl(server, token).returncode == EMPTY


def test_a_cut_body_is_shorter_than_its_head_says(server: Any, befall: Callable[..., str]) -> None:
    token = befall("truncate")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        ask(server, token)
    head, _, body = converse(server, token).partition(b"\r\n\r\n")
    promised = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    assert 0 < len(body) == promised // 2
    assert curl(server, token).returncode == PARTIAL


@pytest.mark.parametrize("kind", sorted(CUT))
def test_a_cut_meets_one_connection_and_the_next_request_is_served(
    server: Any, befall: Callable[..., str], kind: str
) -> None:
    token = befall(kind, times=1)
    with pytest.raises(httpx.TransportError):
        ask(server, token)
    assert ask(server, token).status_code == 200
    assert "Traceback" not in server.log.read_text()


def test_a_client_that_hangs_up_during_a_slow_body_harms_nobody(
    server: Any, befall: Callable[..., str]
) -> None:
    token = befall("slow_body", delay_ms=200, times=1)
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(BODY)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.sendall(head.encode() + BODY)
        assert connection.recv(20).startswith(b"HTTP/1.1 200")
    assert ask(server, token).status_code == 200
    assert "Traceback" not in server.log.read_text()
