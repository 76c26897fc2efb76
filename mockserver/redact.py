"""Secrets, made unreadable before they reach a log line or a journal."""

from __future__ import annotations

_SHOWN = 4
_LEAST = 2 * _SHOWN


def token(value: str | None) -> str:
    """Enough of a token to tell two apart, never enough to use it; "-" for none."""
    if value is None:
        return "-"
    return f"{value[:_SHOWN]}…" if len(value) >= _LEAST else "…"
