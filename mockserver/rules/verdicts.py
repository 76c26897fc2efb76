"""Whether a value passes a rule: one predicate a rule, in one table.

Each predicate takes the value, the rule, the field and the scope, and repeats what the
framework's validator does, with PHP's reading of types (`php`).
"""

from __future__ import annotations

import operator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mockserver.paginate import page_size
from mockserver.rules import dates, php
from mockserver.rules.instants import MICROSECONDS, instant
from mockserver.rules.paths import MISSING, get, items

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from mockserver.rules.parse import Rule

#: Rules about being there at all: they see missing values, and end a field when they fail.
IMPLICIT = {"required", "present"}

#: Our own bound of a page (profile: `max_per_page`); no rule string can name it.
PAGE_SIZE = "page_size"

_ANY_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Field:
    """One field with its compiled rules, and what they make of it together."""

    name: str
    label: str
    path: tuple[str, ...]
    rules: tuple[Rule, ...]
    nullable: bool
    sometimes: bool
    unit: str
    is_array: bool
    date_format: str | None

    def named(self, name: str) -> Field:
        """The same for one item of a wildcard; the framework shows such a name as it is."""
        return replace(self, name=name, label=name)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a rule may look at besides its value."""

    data: Mapping[str, object]
    now: datetime


def reads_as_date(text: str) -> bool:
    """Whether a rule's parameter is a date itself, not the name of a field."""
    return dates.read(text, _ANY_MOMENT) is not None


def _required(value: object, _rule: Rule, _field: Field, _scope: Scope) -> bool:
    if isinstance(value, str):
        return bool(value.strip(php.BLANKS))
    return value is not MISSING and value is not None and value not in ([], {})


def _in(value: object, rule: Rule, field: Field, _scope: Scope) -> bool:
    if php.is_array(value):
        return field.is_array and all(
            not php.is_array(item) and php.to_text(item) in rule.parameters for _, item in items(value)
        )
    text = php.to_text(value)
    return text in rule.parameters or any(php.loosely_equal(text, allowed) for allowed in rule.parameters)


def _boolean(value: object, _rule: Rule, _field: Field, _scope: Scope) -> bool:
    return isinstance(value, (bool, int, str)) and value in (True, False, "0", "1")


def _date(value: object, _rule: Rule, _field: Field, scope: Scope) -> bool:
    if not isinstance(value, str) and not php.is_numeric(value):
        return False
    reading = dates.read(php.to_text(value), scope.now)
    return reading is not None and reading.full_date


def _date_format(value: object, rule: Rule, _field: Field, _scope: Scope) -> bool:
    if not isinstance(value, str) and not php.is_numeric(value):
        return False
    return any(dates.matches_format(php.to_text(value), wanted) for wanted in rule.parameters)


def _size(value: object, field: Field) -> Decimal | None:
    """The number itself under a numeric rule, a count of items, or a length in characters."""
    if field.unit == "numeric" and php.is_numeric(value):
        return php.to_decimal(value)
    if isinstance(value, (dict, list)):
        return php.to_decimal(len(value))
    return php.to_decimal(len(php.to_text(value)))


def _sized(compare: Callable[[Decimal, list[Decimal]], bool]) -> Callable[..., bool]:
    def verdict(value: object, rule: Rule, field: Field, _scope: Scope) -> bool:
        size = _size(value, field)
        bounds = [bound for bound in map(php.to_decimal, rule.parameters) if bound is not None]
        return size is not None and compare(size, bounds)

    return verdict


def _ordered(compare: Callable[[int, int], bool]) -> Callable[..., bool]:
    def verdict(value: object, rule: Rule, field: Field, scope: Scope) -> bool:
        if not isinstance(value, str) and not php.is_numeric(value):
            return False
        first = instant(value, scope.now)
        second = instant(rule.parameters[0], scope.now)
        if second is None:
            other = get(scope.data, tuple(rule.parameters[0].split(".")))
            if field.date_format and other in (None, MISSING):
                return True
            second = instant(other, scope.now)
        if field.date_format:
            # Beside a format, a date that can't be read fails, whichever of the two it is.
            return first is not None and second is not None and compare(first, second)
        if first is None or second is None:
            # PHP compares a number with null as truths, and an instant of 0 is false.
            return compare(bool(first), bool(second))
        return compare(first // MICROSECONDS, second // MICROSECONDS)

    return verdict


VERDICTS: dict[str, Callable[[object, Rule, Field, Scope], bool]] = {
    "required": _required,
    "present": lambda value, *_: value is not MISSING,
    "string": lambda value, *_: isinstance(value, str),
    "integer": lambda value, *_: php.to_integer(value) is not None,
    "numeric": lambda value, *_: php.is_numeric(value),
    "boolean": _boolean,
    "array": lambda value, *_: php.is_array(value),
    "in": _in,
    "date": _date,
    "date_format": _date_format,
    "after": _ordered(operator.gt),
    "after_or_equal": _ordered(operator.ge),
    "before": _ordered(operator.lt),
    "before_or_equal": _ordered(operator.le),
    "min": _sized(lambda size, bounds: size >= bounds[0]),
    "max": _sized(lambda size, bounds: size <= bounds[0]),
    "between": _sized(lambda size, bounds: bounds[0] <= size <= bounds[1]),
    "size": _sized(lambda size, bounds: size == bounds[0]),
    PAGE_SIZE: lambda value, rule, *_: (page_size(value) or 0) <= int(rule.parameters[0]),
}
