"""Questions over kept connections, as fast as a server answers them."""  # noqa: INP001 - commands, no package

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median
from typing import TYPE_CHECKING, cast

import uvloop
from servers import BenchmarkError, Server, check_status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from questions import Question

_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length:"
_LONGEST_WAIT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn cost: CPU of the server per request, requests per second, and the median wait."""

    cpu_us: float
    per_second: float
    p50_ms: float


def turn(server: Server, questions: Sequence[Question], requests: int, connections: int) -> Turn:
    """Ask `requests` times in all, the questions in turn. Raises `BenchmarkError` for an unexpected status."""
    asked = islice(cycle(questions), requests)
    waits: list[float] = []
    cpu, began = server.cpu_seconds(), time.perf_counter()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_asked(server, asked, waits, connections))
    seconds = time.perf_counter() - began
    cpu_us = (server.cpu_seconds() - cpu) / requests * 1e6
    return Turn(cpu_us, requests / seconds, median(waits) * 1e3)


async def _asked(server: Server, asked: Iterator[Question], waits: list[float], connections: int) -> None:
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(
            lambda: _Connection(server.kind.name, asked, waits), "127.0.0.1", server.port
        )
        for _ in range(connections)
    ]
    try:
        await _answers({protocol.done for _, protocol in opened}, server, waits)
    finally:
        for transport, _ in opened:
            transport.abort()
        await asyncio.gather(*(protocol.lost for _, protocol in opened))
        # One error ends the turn; those of the other connections say the same.
        await asyncio.gather(*(protocol.done for _, protocol in opened), return_exceptions=True)


async def _answers(waiting: set[asyncio.Future[None]], server: Server, waits: list[float]) -> None:
    before = -1
    while waiting:
        done, waiting = await asyncio.wait(
            waiting, timeout=_LONGEST_WAIT_SECONDS, return_when=asyncio.FIRST_EXCEPTION
        )
        for one in done:
            one.result()
        if waiting and len(waits) == before:
            raise BenchmarkError(f"{server.kind.name} has not answered for {_LONGEST_WAIT_SECONDS} s")
        before = len(waits)


class _Connection(asyncio.Protocol):
    """Asks one question after another out of those that all connections share."""

    def __init__(self, name: str, asked: Iterator[Question], waits: list[float]) -> None:
        self._name, self._asked, self._waits = name, asked, waits
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head = self._answer.find(_END_OF_HEAD)
        if head < 0 or len(self._answer) < head + len(_END_OF_HEAD) + self._length(head):
            return
        self._waits.append(time.perf_counter() - self._began)
        try:
            check_status(self._answer, self._question, self._name)
        except BenchmarkError as error:
            self._stop(error)
        else:
            self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost.set_result(None)
        self._stop(BenchmarkError(f"{self._name} closed a connection: {exc or 'without an answer'}"))

    def _length(self, head: int) -> int:
        fields = self._answer[:head].lower().partition(_LENGTH)
        return int(fields[2].partition(b"\r")[0])

    def _next(self) -> None:
        question = next(self._asked, None)
        if question is None:
            self._stop(None)
            return
        self._question, self._answer, self._began = question, b"", time.perf_counter()
        self._transport.write(question.wire)

    def _stop(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error) if error else self.done.set_result(None)
        self._transport.close()
