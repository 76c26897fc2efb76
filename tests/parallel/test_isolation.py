"""One server, many tests at once: nobody sees anybody else."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

THREADS, ROUNDS, CALLS = 16, 3, 6
PATH = "/api/services/analytics/v1/project/sessions"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server of its own process."""
    server = subprocess.Popen(
        [sys.executable, "-m", "mockserver", "serve", "--port", "0", "-q"],
        cwd=tmp_path_factory.mktemp("parallel"), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    yield int(server.stdout.readline().split("url=http://127.0.0.1:")[1].split()[0])
    server.kill()
    server.wait()
    server.stdout.close()


class Tenant:
    """One test of many: its own sandbox, its own connection."""

    def __init__(self, port: int, number: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.number = number
        self.name = f"tenant-{number}"

    def call(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> tuple[int, dict[str, str], Any]:
        content = None if body is None else json.dumps(body)
        self.connection.request(method, path, content, {"Content-Type": "application/json", **headers})
        reply = self.connection.getresponse()
        text = reply.read()
        return (
            reply.status,
            {name.lower(): value for name, value in reply.getheaders()},
            json.loads(text or "null"),
        )

    def admin(self, method: str, path: str, body: Any = None) -> Any:
        mark = "&" if "?" in path else "?"
        status, _, answer = self.call(method, f"/__admin/{path}{mark}sandbox={self.name}", body)
        assert status in (200, 204), answer
        return answer

    def ask(self) -> tuple[int, dict[str, str], Any]:
        body = {"start_date": "2026-01-01", "end_date": "2026-01-31", "sortKey": "id", "sortOrder": "asc",
                "filters": {}, "note": self.name}  # fmt: skip
        return self.call("POST", PATH, body, Authorization=f"Bearer sbx-{self.name}")


def one_round(tenant: Tenant, together: Barrier) -> None:
    """Set everything to this tenant's own values, use it, and find nothing but them."""
    limit = 100 + tenant.number
    row = {"id": tenant.number, "created_at": "2026-01-05 10:00:00"}
    tenant.admin("PUT", "rate-limit", {"limit": limit})
    tenant.admin("PUT", "data", [row])
    tenant.admin("PUT", "clock", {"mode": "frozen", "now": 1_000_000 * (tenant.number + 1)})
    tenant.admin("PUT", "faults", [{"kind": "status", "status": 500 + tenant.number, "times": 1, "after": 1}])
    together.wait()
    answers = [tenant.ask() for _ in range(CALLS)]
    assert [status for status, _, _ in answers] == [200, 500 + tenant.number, *[200] * (CALLS - 2)]
    assert [int(headers["x-ratelimit-remaining"]) for status, headers, _ in answers if status == 200] == [
        limit - 1, *range(limit - 3, limit - CALLS - 1, -1)
    ]  # fmt: skip
    assert {body["data"]["data"][0]["id"] for status, _, body in answers if status == 200} == {tenant.number}
    journal = tenant.admin("GET", "requests")
    assert len(journal) == CALLS
    assert {json.loads(entry["request"]["body"])["note"] for entry in journal} == {tenant.name}
    assert tenant.admin("GET", "clock")["seconds"] == 1_000_000 * (tenant.number + 1)
    together.wait()
    tenant.admin("POST", "reset")
    assert tenant.admin("GET", "requests") == []
    assert tenant.ask()[1]["x-ratelimit-limit"] == "60"
    tenant.admin("POST", "reset")


def test_sixteen_tenants_reset_in_the_middle_and_never_see_each_other(port: int) -> None:
    together = Barrier(THREADS, timeout=60)

    def live(number: int) -> int:
        tenant = Tenant(port, number)
        for _ in range(ROUNDS):
            one_round(tenant, together)
        tenant.connection.close()
        return number

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(live, range(THREADS))) == list(range(THREADS))
