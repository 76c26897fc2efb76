"""Run the commands as a user does, in a folder and an environment of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def mock(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `wemasy-mock` with these words; keyword arguments are variables."""

    def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("WEMASY_")}
        return subprocess.run(
            [sys.executable, "-m", "mockserver", *words],
            cwd=tmp_path, env={**environ, **variables}, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    return run
