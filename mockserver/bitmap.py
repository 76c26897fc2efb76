"""Sets of rows as bitmaps: 64 rows a word, the lowest bit first.

A range of a million rows is 125 KB, so that combining and counting such sets takes microseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from mockserver.dataset import Numbers

ROWS_A_WORD = 64

#: A word as it lies in memory on every platform.
_WORD = np.dtype("<u8")

#: Of the first word of a range the rows from the nth on, of its last word those before the nth (0: all).
_FROM = tuple(_WORD.type((2**ROWS_A_WORD - 1) << row & (2**ROWS_A_WORD - 1)) for row in range(ROWS_A_WORD))
_UNTIL = tuple(_WORD.type((1 << (row or ROWS_A_WORD)) - 1) for row in range(ROWS_A_WORD))

#: Up to this many words, looking at each bit is cheaper than finding out where to look.
_FEW_WORDS = 64


def words(rows: slice) -> slice:
    """The words that hold these rows."""
    return slice(rows.start // ROWS_A_WORD, -(-rows.stop // ROWS_A_WORD))


def pack(mask: Numbers) -> Numbers:
    """The bitmap of a mask with one boolean a row."""
    packed = np.zeros(-(-mask.size // ROWS_A_WORD), _WORD)
    octets = np.packbits(mask, bitorder="little")
    packed.view(np.uint8)[: octets.size] = octets
    return packed


def trim(bitmap: Numbers, rows: slice) -> None:
    """Clear the bits before and after these rows in the words that hold them."""
    if bitmap.size:
        bitmap[0] &= _FROM[rows.start % ROWS_A_WORD]
        bitmap[-1] &= _UNTIL[rows.stop % ROWS_A_WORD]


def count(bitmap: Numbers) -> int:
    return int(np.bitwise_count(bitmap).sum(dtype=np.uint32))


def members(bitmap: Numbers) -> Numbers:
    """Which bits are set, ascending."""
    return np.unpackbits(bitmap.view(np.uint8), bitorder="little").view(np.bool_).nonzero()[0]


def members_between(bitmap: Numbers, start: int, stop: int) -> Numbers:
    """The same from the member number `start` to that before number `stop`, looking only where they are."""
    if bitmap.size <= _FEW_WORDS:
        return members(bitmap)[start:stop]
    until = np.bitwise_count(bitmap).cumsum(dtype=np.int32)
    low, high = until.searchsorted(np.array((start, stop - 1), np.int32), "right").tolist()
    before = int(until[low - 1]) if low else 0
    return members(bitmap[low : high + 1])[start - before : stop - before] + low * ROWS_A_WORD


def has(bitmap: Numbers, bits: Numbers) -> Numbers:
    """For each of these bits: is it set."""
    octets = bitmap.view(np.uint8)[bits >> 3]
    return ((octets >> (bits & 7).astype(np.uint8)) & 1).view(np.bool_)
