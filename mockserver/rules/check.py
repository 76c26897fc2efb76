"""Laravel's validator: which rules a request breaks, in the order in which it says so.

The order of events is the framework's: fields in the order of declaration, wildcards after
the plain names; of a field every rule, until one fails that is about being there at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockserver.rules import paths
from mockserver.rules.messages import attribute, message, summary
from mockserver.rules.parse import Rule, parse
from mockserver.rules.verdicts import IMPLICIT, PAGE_SIZE, VERDICTS, Field, Scope, reads_as_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

_MARKERS = {"nullable", "sometimes"}
_NUMERIC = {"integer", "numeric"}
_DATES = {"after", "after_or_equal", "before", "before_or_equal"}


@dataclass(frozen=True, slots=True)
class Violation:
    """One failed rule: the field as keyed in `errors`, the rule, and what is said about it."""

    field: str
    rule: Rule
    message: str


class Ruleset:
    """Rule strings by field, compiled once and asked for every request."""

    def __init__(self, rules: Mapping[str, str], max_per_page: int = 0) -> None:
        """Raise ValueError, naming the field, for a rule that does not exist.

        `max_per_page` (0: none) bounds the page size that `per_page` is read as.
        """
        self.source = dict(rules)
        bounds = {"per_page": (Rule(PAGE_SIZE, (str(max_per_page),)),)} if max_per_page else {}
        texts = {**rules, **{name: rules.get(name, "") for name in bounds}}
        fields = [_field(name, text, bounds.get(name, ())) for name, text in texts.items()]
        fields = [field for field in fields if field.rules]
        self._plain = [field for field in fields if "*" not in field.path]
        self._wild = [field for field in fields if "*" in field.path]
        self._formats = {field.name: field.date_format for field in fields if field.date_format}

    def violations(self, data: Mapping[str, object], now: datetime) -> list[Violation]:
        """What `data` (cleaned input) breaks at the moment `now`; empty if it is valid."""
        scope = Scope(data, now, self._formats)
        found: list[Violation] = []
        for field in self._plain:
            path = field.path
            value = data.get(path[0], paths.MISSING) if len(path) == 1 else paths.get(data, path)
            _check(field, value, scope, found)
        for field in self._wild:
            for name, value in paths.expand(data, field.path):
                _check(field.named(name), value, scope, found)
        return found


def errors(violations: Sequence[Violation]) -> dict[str, list[str]]:
    """The `errors` object of a 422."""
    by_field: dict[str, list[str]] = {}
    for violation in violations:
        by_field.setdefault(violation.field, []).append(violation.message)
    return by_field


def overview(violations: Sequence[Violation]) -> str:
    """The `message` of a 422."""
    return summary([violation.message for violation in violations])


def _check(field: Field, value: object, scope: Scope, found: list[Violation]) -> None:
    if value is paths.MISSING and field.optional:
        return
    said: set[str] = set()
    for rule in field.rules if _is_examined(field, value) else field.implicit:
        if VERDICTS[rule.name](value, rule, field, scope):
            continue
        text = _message(rule, field)
        if text not in said:
            said.add(text)
            found.append(Violation(field.name, rule, text))
        if rule.name in IMPLICIT:
            return


def _is_examined(field: Field, value: object) -> bool:
    """Whether rules that are not about being there look at the value at all."""
    return value is not paths.MISSING and not (value is None and field.nullable)


def _message(rule: Rule, field: Field) -> str:
    parameters = rule.parameters
    if rule.name in _DATES and not reads_as_date(parameters[0]):
        parameters = (attribute(parameters[0]),)
    return message(rule, field.label, field.unit, parameters)


def _field(name: str, text: str, bounds: tuple[Rule, ...]) -> Field:
    try:
        rules = (*parse(text), *bounds)
    except ValueError as reason:
        raise ValueError(f"{name}: {reason}") from None
    names = {rule.name for rule in rules}
    rules = tuple(rule for rule in rules if rule.name not in _MARKERS)
    implicit = tuple(rule for rule in rules if rule.name in IMPLICIT)
    return Field(
        name=name,
        label=attribute(name),
        path=tuple(name.split(".")),
        rules=rules,
        implicit=implicit,
        nullable="nullable" in names,
        optional="sometimes" in names or not implicit,
        unit="numeric" if names & _NUMERIC else "array" if "array" in names else "string",
        is_array="array" in names,
        date_format=next(_formats(rules), None),
    )


def _formats(rules: tuple[Rule, ...]) -> Iterator[str]:
    return (rule.parameters[0] for rule in rules if rule.name == "date_format")
