"""Reading the rows known to be right: one JSON object a line, or one JSON list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from contract.errors import UsageError
from contract.oracle import by_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from contract.oracle import Row


def load(path: Path) -> Mapping[str, Row]:
    """Rows by id. Raises UsageError that names the file and the line."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--golden {path}: cannot be read: {error}") from None
    rows = _rows(text, path)
    if not rows:
        raise UsageError(f"--golden {path}: holds no row")
    return by_id(rows)


def _rows(text: str, path: Path) -> list[Row]:
    whole = text.lstrip().startswith("[")
    rows: list[Row] = []
    for number, line in enumerate([text] if whole else text.splitlines(), start=1):
        try:
            value = json.loads(line) if line.strip() else []
        except ValueError as error:
            raise UsageError(f"--golden {path}, line {number}: no JSON: {error}") from None
        rows.extend(value if isinstance(value, list) else [value])
        if not all(isinstance(row, dict) and "id" in row and "created_at" in row for row in rows):
            raise UsageError(
                f"--golden {path}, line {number}: a row is an object with at least id and created_at"
            )
    return rows
