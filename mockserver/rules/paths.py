"""Dotted names such as `filters.country.*`, followed into decoded input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class _Missing:
    """The mark of a field that is not there; null is a value."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()


def get(data: object, path: tuple[str, ...]) -> object:
    """The value at the end of the path, or MISSING."""
    for key in path:
        data = _item(data, key)
        if data is MISSING:
            break
    return data


def _item(data: object, key: str) -> object:
    if isinstance(data, dict):
        return data.get(key, MISSING)
    if isinstance(data, list) and key.isascii() and key.isdigit() and str(int(key[:20])) == key:
        index = int(key)
        return data[index] if index < len(data) else MISSING
    return MISSING


def expand(data: Mapping[str, object], path: tuple[str, ...]) -> Iterator[tuple[str, object]]:
    """Every name that a path with wildcards stands for in this input, with its value.

    The framework flattens the input first: an item that is itself a filled array comes after
    the flat ones, and a plain name behind a wildcard exists in every item (as MISSING).
    """
    for keys, value in _walk(data, path, ()):
        yield ".".join(keys), value


def _walk(
    data: object, path: tuple[str, ...], keys: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], object]]:
    if not path:
        yield keys, data
        return
    head, rest = path[0], path[1:]
    if head != "*":
        item = _item(data, head)
        if item is not MISSING or "*" not in rest:
            yield from _walk(item, rest, (*keys, head))
        return
    entries = items(data)
    if not rest:
        entries.sort(key=lambda entry: isinstance(entry[1], (dict, list)) and bool(entry[1]))
    for key, value in entries:
        yield from _walk(value, rest, (*keys, key))


def items(data: object) -> list[tuple[str, object]]:
    """The entries of a PHP array with their keys; nothing for a scalar."""
    if isinstance(data, dict):
        return list(data.items())
    if isinstance(data, list):
        return [(str(index), value) for index, value in enumerate(data)]
    return []
