"""Which rows have one of the values that a filter accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mockserver import bitmap, timestamp
from mockserver.dataset import NO_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockserver.dataset import Coded, Dataset, Numbers

#: No number of more digits fits a column.
_MAX_DIGITS = 19


def matches(dataset: Dataset, name: str, values: Sequence[object], words: slice) -> Numbers | None:
    """Which rows pass: these words of their bitmap, perhaps the dataset's own; None where all pass.

    Texts compare exactly, numbers as their decimal text; `id` and `time_spend` take a number or its
    decimal text, `created_at` an instant as it is shown. Null is equal to null alone; a boolean, a
    list or an object is equal to nothing. An unknown column lets all rows pass.
    """
    if (coded := dataset.text.get(name)) is not None:
        return _coded(coded, _accepted_codes(coded, values), words)
    match name:
        case "id":
            return _numbered(dataset.ids, {_number(value) for value in values}, words)
        case "time_spend":
            numbers = {NO_NUMBER if value is None else _number(value) for value in values}
            return _numbered(dataset.time_spend, numbers, words)
        case "created_at":
            return _numbered(dataset.created, {timestamp.shown(value) for value in values}, words)
    return None


def _coded(coded: Coded, codes: set[int], words: slice) -> Numbers | None:
    if len(codes) == len(coded.values):
        return None
    if not coded.bitmaps.size:
        return _any_of(coded.codes, codes, words)
    if not codes:
        return np.zeros_like(coded.bitmaps[0, words])
    found: Numbers = coded.bitmaps[codes.pop(), words]
    for code in codes:
        found = found | coded.bitmaps[code, words]
    return found


def _numbered(column: Numbers, numbers: set[int | None], words: slice) -> Numbers:
    limits = np.iinfo(column.dtype)
    fitting = {number for number in numbers if number is not None and limits.min <= number <= limits.max}
    return _any_of(column, fitting, words)


def _any_of(column: Numbers, accepted: set[int], words: slice) -> Numbers:
    part = column[words.start * bitmap.ROWS_A_WORD : words.stop * bitmap.ROWS_A_WORD]
    if len(accepted) != 1:
        return bitmap.pack(np.isin(part, np.array(list(accepted), column.dtype)))
    return bitmap.pack(part == accepted.pop())


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
