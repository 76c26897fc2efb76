"""CPU per request, as a ratio to a raw ASGI app in the same run: `python benchmarks/request.py`.

Two servers, each in a process of its own, are asked in turn over the same number of kept connections. What is compared
is the CPU time (user and system) of the server's process; absolute times say more of the machine than of the code.
"""  # noqa: INP001 - commands, no package

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

_PATH = "/api/services/analytics/v1/project/sessions"
_TICKS = os.sysconf("SC_CLK_TCK")
_QUESTION = {
    "start_date": "2026-01-01 00:00:00",
    "end_date": "2026-01-31 23:59:59",
    "sortKey": "created_at",
    "sortOrder": "desc",
    "filters": {},
}

#: The floor: one fixed answer of 15 rows' size, as little Python as ASGI allows.
_FLOOR = """
import sys, uvicorn
BODY = b"x" * 2900
HEAD = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2900")]}
async def app(scope, receive, send):
    await receive()
    await send(HEAD)
    await send({"type": "http.response.body", "body": BODY})
class Server(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets=sockets)
        print("url=http://127.0.0.1:%d " % self.servers[0].sockets[0].getsockname()[1], flush=True)
Server(uvicorn.Config(app, port=0, lifespan="off", access_log=False, log_level="critical")).run()
"""


class Server:
    """One server process on a free port."""

    def __init__(self, arguments: list[str]) -> None:
        self.process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True)  # noqa: S603
        line = self.process.stdout.readline() if self.process.stdout else ""
        self.port = int(line.split("url=http://127.0.0.1:")[1].split()[0])

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory_mb(self) -> float:
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))

    def measure(self, body: bytes, requests: int, connections: int) -> float:
        """Microseconds of CPU per request."""
        before = self.cpu_seconds()
        asyncio.run(self._load(body, requests // connections, connections))
        return (self.cpu_seconds() - before) / requests * 1e6

    async def _load(self, body: bytes, each: int, connections: int) -> None:
        await asyncio.gather(*(self._ask(body, each) for _ in range(connections)))

    async def _ask(self, body: bytes, count: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        head = (
            f"POST {_PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer benchmark\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        request = head.encode() + body
        for _ in range(count):
            writer.write(request)
            answer = await reader.readuntil(b"\r\n\r\n")
            length = int(answer.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
            await reader.readexactly(length)
        writer.close()
        await writer.wait_closed()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--requests", type=int, default=4000, help="in each turn (4000)")
    parser.add_argument(
        "--turns", type=int, default=5, help="alternating turns, of which the median counts (5)"
    )
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--sessions", type=int, default=1000)
    options = parser.parse_args()
    floor = Server(["-c", _FLOOR])
    fake = ["-m", "mockserver", "serve", "--port", "0", "-q", "--rate-limit", "off"]
    ours = Server([*fake, "--sessions", str(options.sessions)])
    valid, invalid = json.dumps(_QUESTION).encode(), json.dumps({**_QUESTION, "filters": "x"}).encode()
    turns: list[dict[str, float]] = []
    try:
        memory = ours.memory_mb()
        for _ in range(options.turns):
            cost = {
                name: server.measure(body, options.requests, options.connections)
                for name, server, body in (
                    ("floor", floor, valid),
                    ("valid", ours, valid),
                    ("422", ours, invalid),
                )
            }
            turns.append(cost)
        result: dict[str, Any] = {
            "sessions": options.sessions,
            "cpu_us": {name: round(median(turn[name] for turn in turns), 1) for name in turns[0]},
            "valid_over_floor": round(median(turn["valid"] / turn["floor"] for turn in turns), 2),
            "422_over_floor": round(median(turn["422"] / turn["floor"] for turn in turns), 2),
            "memory_mb": {"ready": round(memory, 1), "after": round(ours.memory_mb(), 1)},
        }
    finally:
        for server in (floor, ours):
            server.process.terminate()
            server.process.wait()
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
