"""Where the files of `fixtures/` are: in a wheel beside this module, in a checkout beside the package."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def fixture(name: str) -> Path:
    """Path of a shipped file or folder, `name` relative to `fixtures/`."""
    installed = _HERE / "fixtures"
    root = installed if installed.is_dir() else _HERE.parent / "fixtures"
    return root / name
