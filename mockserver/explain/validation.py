"""Why input was refused: each broken rule in words, and what would have passed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mockserver.explain.remark import Remark, near, shown
from mockserver.rules import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.explain.reading import Input
    from mockserver.rules.check import Violation

_NEEDS = {
    "required": "it must be there and not be blank",
    "present": "it must be there",
    "array": "it must be a JSON object or list",
    "string": "it must be a text",
    "integer": "it must be a whole number",
    "numeric": "it must be a number",
    "boolean": "it must be true, false, 0 or 1",
    "in": "it must be one of {}",
    "date": 'it must be a date with year, month and day, such as "2026-01-31 23:59:59"',
    "date_format": "it must be written as {}",
    "after": "it must be after {}",
    "after_or_equal": "it must be {} or later",
    "before": "it must be before {}",
    "before_or_equal": "it must be {} or earlier",
    "min": "it must be at least {}",
    "max": "it must be at most {}",
    "between": "it must be between {}",
    "size": "it must be exactly {}",
    "page_size": "it must be at most {}",
}


def moment(entry_at: float) -> datetime:
    return datetime.fromtimestamp(entry_at, UTC)


def broken_rules(given: Input) -> Iterator[Remark]:
    """One remark a broken rule, in the order of the answer."""
    fields = given.fields
    for violation in given.entry.profile.rules.violations(fields, moment(given.entry.at)):
        yield _remark(violation, fields, given)


def _remark(violation: Violation, fields: dict[str, object], given: Input) -> Remark:
    rule, name = violation.rule, violation.field
    value = paths.get(fields, tuple(name.split(".")))
    found = "missing" if value is paths.MISSING else f"{shown(value)}"
    parameters = ", ".join(rule.parameters)
    needs = _NEEDS[rule.name].format(parameters)
    meant = None
    if rule.name == "in" and isinstance(value, str):
        meant = near(value, rule.parameters)
    elif value is paths.MISSING:
        meant = next((other for other in given.unknown if near(other, given.known) == name), None)
        if meant is not None:
            return Remark(
                f"{name} is missing, and {shown(meant)} is there: {needs}", f"rule.{rule.name}", name, name
            )
    return Remark(f"{name} is {found}: {needs}", f"rule.{rule.name}", name, meant)
