"""The one fixture of the kit's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from runs import run

if TYPE_CHECKING:
    from runs import Check


@pytest.fixture
def check() -> Check:
    """Checks a variant of the benign server: `check(size=3, exhaust=True)`."""
    return run
