"""The nearest valid request: for each broken field the first likely value that its rules accept."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mockserver import timestamp
from mockserver.explain.remark import near
from mockserver.rules import paths
from mockserver.rules.values import merge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.explain.reading import Input
    from mockserver.rules.check import Violation

#: Dates as people write them that the framework does not read, or reads otherwise.
_DATE_FORMATS = ("%d-%m-%Y", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S")
_ROUNDS = 10


def nearest_valid(given: Input, now: datetime) -> dict[str, Any] | None:
    """The body with as few changes as it takes, or None where none was found."""
    try:
        return _mended(given, now)
    except RecursionError:  # nested deeper than Python copies
        return None


def _mended(given: Input, now: datetime) -> dict[str, Any] | None:
    rules = given.entry.profile.rules
    body = _renamed(given)
    for _ in range(_ROUNDS):
        violations = rules.violations(merge(body, given.query), now)
        if not violations:
            return body
        if not _mend(body, violations[0], given, now):
            return None
    return None


def _renamed(given: Input) -> dict[str, Any]:
    """Unknown fields under the names that were probably meant, if those are free."""
    body: dict[str, Any] = deepcopy(given.intended)
    for name in given.meaningless(body):
        meant = near(name, given.known)
        if meant and meant not in body and meant not in given.query:
            body[meant] = body.pop(name)
    return body


def _mend(body: dict[str, Any], violation: Violation, given: Input, now: datetime) -> bool:
    """Give the field a value without violations; False if none is known."""
    rules, name = given.entry.profile.rules, violation.field
    path = tuple(name.split("."))
    for candidate in _candidates(violation, paths.get(body, path), given):
        tried = deepcopy(body)
        if _put(tried, path, candidate) and all(
            other.field != name for other in rules.violations(merge(tried, given.query), now)
        ):
            body.clear()
            body.update(tried)
            return True
    return False


def _candidates(violation: Violation, value: object, given: Input) -> Iterator[object]:
    """Likely values, the likeliest first; the rules judge them."""
    rule, entry = violation.rule, given.entry
    if rule.name == "in":
        if isinstance(value, (str, int)) and (meant := near(str(value), rule.parameters)):
            yield meant
        yield from rule.parameters
    if isinstance(value, str):
        yield from _dates(value)
    if isinstance(value, (int, float)) and rule.name == "string":
        yield str(value)
    for parameter in rule.parameters:
        yield from (parameter, given.fields.get(parameter))
        if parameter.isascii() and parameter.isdigit():
            yield int(parameter)
    for other in entry.profile.rules.source.get(violation.field, "").split("|"):
        if other.startswith("in:"):
            options = other.removeprefix("in:").split(",")
            yield from sorted(options, key="created_at".__eq__, reverse=True)
    yield from _span(entry.dataset.created, violation.field, entry.at)
    yield from ({}, [], {"country": ["NL"]}, 1, "1", "text", True, None)


def _dates(text: str) -> Iterator[str]:
    for form in _DATE_FORMATS:
        try:
            yield datetime.strptime(text.strip(), form).replace(tzinfo=UTC).strftime("%Y-%m-%d %H:%M:%S")
        except ValueError:
            continue


def _span(created: Any, field: str, now: float) -> Iterator[str]:  # noqa: ANN401 - a numpy column
    """The first and the last moment that has rows, the likelier one first."""
    ends = [int(created[0]), int(created[-1])] if len(created) else [int(now), int(now)]
    for moment in reversed(ends) if "end" in field else ends:
        yield timestamp.plain(moment)


def _put(data: object, path: tuple[str, ...], value: object) -> bool:
    """Set the value at the end of the path; False where the path leads nowhere."""
    *parents, last = path
    for key in parents:
        if isinstance(data, dict) and key not in data:
            data[key] = {}
        data = paths.get(data, (key,))
    if isinstance(data, dict):
        data[last] = value
    elif isinstance(data, list) and last.isdigit() and int(last) < len(data):
        data[int(last)] = value
    else:
        return False
    return True
