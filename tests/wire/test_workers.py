"""Several processes behind one address answer as one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


def test_of_a_thousand_requests_at_once_exactly_sixty_pass_through_four_workers(
    start: Callable[..., Any], redis_server: Any
) -> None:
    server = start("--workers", "4", "--state", redis_server.url, "-q")
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda _: server.ask(), range(1000)))
    assert Counter(status for status, _ in answers) == {200: 60, 429: 940}
    assert len({body for status, body in answers if status == 200}) == 1


def test_workers_end_with_the_first_signal(start: Callable[..., Any], redis_server: Any) -> None:
    server = start("--workers", "2", "--state", redis_server.url)
    assert server.ask()[0] == 200
    os.kill(server.process.pid, signal.SIGTERM)
    assert server.process.wait(10) == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--workers", "2"], "add --state redis://"),
        (
            ["--workers", "2", "--state", "redis://h", "--drift", "missing-id"],
            "--drift remembers in one process",
        ),
        (["--state", "http://h"], "'http://h' can't be used; accepted: \"memory\" or a URL"),
        (["--state", "redis://h:notaport"], "--state: 'redis://h:notaport' can't be used"),
    ],
)
def test_what_can_t_work_is_said_and_ends_with_2(words: list[str], sentence: str) -> None:
    command = [sys.executable, "-m", "mockserver", "serve", "--port", "0", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr


def test_a_file_that_workers_can_t_use_ends_them_with_2(redis_server: Any) -> None:
    command = [sys.executable, "-m", "mockserver", "serve", "--port", "0", "--workers", "2"]
    command += ["--state", redis_server.url, "--data", "there-is-none.csv"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there-is-none.csv" in done.stderr
