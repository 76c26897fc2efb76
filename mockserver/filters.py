"""Which rows have one of the values that a filter accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mockserver.dataset import NO_NUMBER
from mockserver import timestamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockserver.dataset import Coded, Dataset, Numbers

#: Above this many accepted values one look-up a row beats one comparison a value.
_FEW = 4

#: No number of more digits fits a column.
_MAX_DIGITS = 19


def matches(dataset: Dataset, name: str, values: Sequence[object], first: int, last: int) -> Numbers | None:
    """A mask over the rows `first`..`last` (exclusive); None where all pass, as for unknown columns.

    Texts compare exactly, numbers as their decimal text; `id` and `time_spend` take a number or its
    decimal text, `created_at` an instant as it is shown. Null is equal to null alone; a boolean, a
    list or an object is equal to nothing.
    """
    if (coded := dataset.text.get(name)) is not None:
        codes = _accepted_codes(coded, values)
        return None if len(codes) == len(coded.values) else _any_of(coded.codes[first:last], codes)
    match name:
        case "id":
            return _any_of(dataset.ids[first:last], {_number(value) for value in values})
        case "time_spend":
            numbers = {NO_NUMBER if value is None else _number(value) for value in values}
            return _any_of(dataset.time_spend[first:last], numbers)
        case "created_at":
            return _any_of(dataset.created[first:last], {timestamp.shown(value) for value in values})
    return None


def _any_of(column: Numbers, accepted: set[int | None] | set[int]) -> Numbers:
    limits = np.iinfo(column.dtype)
    fitting = [number for number in accepted if number is not None and limits.min <= number <= limits.max]
    if not fitting:
        return np.zeros(column.size, np.bool_)
    if len(fitting) > _FEW:
        return np.isin(column, np.array(fitting, column.dtype))
    mask: Numbers = column == fitting[0]
    for number in fitting[1:]:
        mask |= column == number
    return mask


def _accepted_codes(coded: Coded, values: Sequence[object]) -> set[int]:
    codes = set()
    for value in values:
        text = _text(value)
        if text is None and value is not None:
            continue
        if (code := coded.code_of.get(text)) is not None:
            codes.add(code)
    return codes


def _text(value: object) -> str | None:
    """The text as which a value compares; None if it is no text or number."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return str(value)
    except ValueError:  # an integer too long for Python to write
        return None


def _number(value: object) -> int | None:
    """The natural number that a value means; None if it is neither one nor the decimal text of one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if value >= 0 else None
    if isinstance(value, str) and len(value) <= _MAX_DIGITS and value.isascii() and value.isdigit():
        number = int(value)
        return number if str(number) == value else None
    return None
