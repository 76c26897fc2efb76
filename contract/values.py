"""Reading what a server wrote: strict JSON, moments, and the orders in which text may be sorted."""

from __future__ import annotations

import ipaddress
import json
import re
import unicodedata
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

#: The page's only notation of a moment (page:6).
NOTATION = "%Y-%m-%d %H:%M:%S"
_NOTATION = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_DIGITS = re.compile(r"-?\d+(\.\d+)?")


def parse_json(body: bytes) -> tuple[Any, str]:
    """`(value, "")`, or `(None, why it is no strict JSON)`: no NaN, no repeated key, nothing around it."""
    try:
        return json.loads(body.decode(), parse_constant=_constant, object_pairs_hook=_object), ""
    except (ValueError, RecursionError) as error:
        return None, f"{error}"


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return value


def stamp(moment: datetime) -> str:
    """A moment in the page's notation, with four digits of year on every platform."""
    return moment.isoformat(sep=" ", timespec="seconds")


def in_notation(text: object) -> bool:
    return isinstance(text, str) and bool(_NOTATION.fullmatch(text)) and moment(text) is not None


def moment(text: object) -> datetime | None:
    """UTC without a zone, of the page's notation or RFC 3339; None for anything else."""
    if not isinstance(text, str):
        return None
    try:
        read = datetime.fromisoformat(text)
        return read.astimezone(UTC).replace(tzinfo=None) if read.tzinfo else read
    except (ValueError, OverflowError):
        return None


def number_in_string(value: object) -> bool:
    return isinstance(value, str) and bool(_DIGITS.fullmatch(value))


def shown(value: object, limit: int = 160) -> str:
    """A value as JSON, cut to a readable length."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= limit else f"{text[:limit]}…"


def plain(value: object) -> str:
    """The text under which two values count as the same filter value, whatever the column's collation."""
    return (value if isinstance(value, str) else json.dumps(value, default=str)).casefold()


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in folded if not unicodedata.combining(char))


def _letters(text: str) -> str:
    return "".join(char for char in _bare(text) if char.isalnum())


#: Orders that a database may sort text in; the page names none, so any of them is correct.
_TEXT_ORDERS: tuple[Callable[[str], str], ...] = (str, str.casefold, _bare, _letters)


def sort_codes(columns: Iterable[Sequence[Any]]) -> Iterable[list[list[Any]]]:
    """The same columns as comparable values, once for every order in which they may stand.

    Nulls become None: where they stand is open. Yields nothing for values that cannot be compared.
    """
    whole: list[list[Any]] = [list(column) for column in columns]
    present = [value for column in whole for value in column if value is not None]
    if all(isinstance(value, int | float) for value in present):
        yield whole
    elif all(isinstance(value, str) for value in present):
        if present and all(moment(value) for value in present):
            yield [[moment(value) for value in column] for column in whole]
        elif present and all(number_in_string(value) for value in present):
            yield [[None if value is None else float(value) for value in column] for column in whole]
        for order in _TEXT_ORDERS:
            yield [[None if value is None else order(value) for value in column] for column in whole]


def ordered(values: Sequence[Any], *, descending: bool) -> bool:
    """Whether comparable values never step back; None is skipped."""
    present = [value for value in values if value is not None]
    return all(b <= a if descending else a <= b for a, b in pairwise(present))


def holds_address(value: object) -> bool:
    """Whether an IP address stands anywhere in a value."""
    if isinstance(value, dict):
        return any(holds_address(inner) for inner in value.values())
    if isinstance(value, list):
        return any(holds_address(inner) for inner in value)
    if not isinstance(value, str):
        return False
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True
