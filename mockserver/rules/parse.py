"""Rule strings such as `required|in:asc,desc`, taken apart."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from mockserver.rules import php

#: How many parameters each rule takes: (least, most). What is not here does not exist.
ARITY: dict[str, tuple[int, float]] = {
    "required": (0, 0),
    "nullable": (0, 0),
    "present": (0, 0),
    "sometimes": (0, 0),
    "string": (0, 0),
    "integer": (0, 0),
    "numeric": (0, 0),
    "boolean": (0, 0),
    "array": (0, 0),
    "in": (1, float("inf")),
    "date": (0, 0),
    "date_format": (1, float("inf")),
    "after": (1, 1),
    "after_or_equal": (1, 1),
    "before": (1, 1),
    "before_or_equal": (1, 1),
    "min": (1, 1),
    "max": (1, 1),
    "between": (2, 2),
    "size": (1, 1),
}

_NUMBERS = {"min", "max", "between", "size"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one field: its name as written and its parameters, still text."""

    name: str
    parameters: tuple[str, ...] = ()


def parse(text: str) -> tuple[Rule, ...]:
    """The rules of one field, in order; "" gives none.

    Raises ValueError with a sentence that names the rule and what is accepted.
    """
    return tuple(_rule(part) for part in text.split("|")) if text else ()


def _rule(text: str) -> Rule:
    name, colon, rest = text.partition(":")
    if name not in ARITY:
        raise ValueError(f"there is no rule {name!r}; accepted are {', '.join(ARITY)}")
    # Laravel reads parameters as one line of CSV.
    parameters = tuple(next(csv.reader([rest], escapechar="\\"), [])) if colon else ()
    least, most = ARITY[name]
    if not least <= len(parameters) <= most:
        wanted = f"{least}" if most == least else f"at least {least}"
        raise ValueError(f"the rule {text!r} has {len(parameters)} parameters; {name!r} takes {wanted}")
    if name in _NUMBERS:
        _demand_numbers(text, parameters)
    return Rule(name, parameters)


def _demand_numbers(text: str, parameters: tuple[str, ...]) -> None:
    for parameter in parameters:
        if php.to_decimal(parameter) is None:
            raise ValueError(f"the rule {text!r} compares with {parameter!r}, which is no number")
