"""Whether a value passes a rule: one predicate a rule, in one table.

Each predicate takes the value, the rule, the field and the scope, and repeats what the
framework's validator does, with PHP's reading of types (`php`).
"""

from __future__ import annotations

import operator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from mockserver.rules import dates, php
from mockserver.rules.instants import MICROSECONDS, instant
from mockserver.rules.page import page_size
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
    """One field with its compiled rules, and what they make of it together.

    `implicit` are those of the `rules` that are about being there at all; an `optional` field may be missing.
    """

    name: str
    label: str
    path: tuple[str, ...]
    rules: tuple[Rule, ...]
    implicit: tuple[Rule, ...]
    nullable: bool
    optional: bool
    unit: str
    is_array: bool
    date_format: str | None

    def named(self, name: str) -> Field:
        """The same for one item of a wildcard; the framework shows such a name as it is."""
        return replace(self, name=name, label=name)


class Scope(NamedTuple):
    """What a rule may look at besides its value."""

    data: Mapping[str, object]
    now: datetime
    formats: Mapping[str, str]


def reads_as_date(text: str) -> bool:
    """Whether a rule's parameter is a date itself, not the name of a field."""
    return dates.read(text, _ANY_MOMENT) is not None


def _required(value: object, _rule: Rule, _field: Field, _scope: Scope) -> bool:
    if isinstance(value, str):
        return True  # a blank one is null by now
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
        if field.date_format:
            return _ordered_by_format(compare, value, rule.parameters[0], field.date_format, scope)
        first = instant(value, scope.now)
        second = instant(rule.parameters[0], scope.now)
        if second is None:
            second = instant(_other(rule.parameters[0], scope), scope.now)
        if first is None or second is None:
            # PHP compares a number with null as truths, and an instant of 0 is false.
            return compare(bool(first), bool(second))
        return compare(first // MICROSECONDS, second // MICROSECONDS)

    return verdict


def _ordered_by_format(
    compare: Callable[[int, int], bool], value: object, parameter: str, layout: str, scope: Scope
) -> bool:
    """Beside a format, dates read by it if they do; one that can't be read at all fails."""

    def read(text: object, php_format: str) -> int | None:
        by_format = dates.read_by_format(php.to_text(text), php_format) if not php.is_array(text) else None
        return instant(text, scope.now) if by_format is None else by_format

    first = read(value, layout)
    layout = scope.formats.get(parameter, layout)
    second = read(parameter, layout)
    if second is None:
        other = _other(parameter, scope)
        if other is MISSING or other is None:
            return True
        second = read(other, layout)
    return first is not None and second is not None and compare(first, second)


def _other(parameter: str, scope: Scope) -> object:
    """The field that a rule compares with."""
    return get(scope.data, tuple(parameter.split(".")))


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
