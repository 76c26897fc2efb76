"""Sets of rows as bitmaps: 64 rows a word, the lowest bit first.

A range of a million rows is 125 KB, so that combining and counting such sets takes microseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from mockserver.dataset import Numbers

_SHIFT = 6
ROWS_A_WORD = 1 << _SHIFT

#: A word as it lies in memory on every platform.
_WORD = np.dtype("<u8")

#: Of the first word of a range the rows from the nth on, of its last word those before the nth (0: all).
_FROM = tuple(_WORD.type((2**ROWS_A_WORD - 1) << row & (2**ROWS_A_WORD - 1)) for row in range(ROWS_A_WORD))
_UNTIL = tuple(_WORD.type((1 << (row or ROWS_A_WORD)) - 1) for row in range(ROWS_A_WORD))

#: Up to this many words the plain way is the quickest.
_FEW_WORDS = 64

#: Where fewer than one word in so many has a bit set, the others are skipped.
_SPARSE = 3


def pack(mask: Numbers) -> Numbers:
    """The bitmap of a mask with one boolean a row."""
    packed = np.zeros(-(-mask.size // ROWS_A_WORD), _WORD)
    octets = np.packbits(mask, bitorder="little")
    packed.view(np.uint8)[: octets.size] = octets
    return packed


def trimmed(bitmap: Numbers, rows: slice) -> Numbers:
    """The bitmap of the words that hold these rows, its bits before and after them cleared in place."""
    if bitmap.size:
        bitmap[0] &= _FROM[rows.start % ROWS_A_WORD]
        bitmap[-1] &= _UNTIL[rows.stop % ROWS_A_WORD]
    return bitmap


def count(bitmap: Numbers) -> int:
    if bitmap.size <= _FEW_WORDS:
        return int.from_bytes(bitmap.tobytes(), "little").bit_count()
    return int(np.bitwise_count(bitmap).sum(dtype=np.uint32))


def members(bitmap: Numbers) -> Numbers:
    """All set bits, ascending."""
    if bitmap.size > _FEW_WORDS:
        filled = bitmap.nonzero()[0]
        if filled.size * _SPARSE < bitmap.size:
            found = _unpacked(bitmap[filled])
            spread: Numbers = filled[found >> _SHIFT] * ROWS_A_WORD + (found & (ROWS_A_WORD - 1))
            return spread
    return _unpacked(bitmap)


def _unpacked(bitmap: Numbers) -> Numbers:
    mask = np.unpackbits(bitmap.view(np.uint8), bitorder="little").view(np.bool_)
    return mask.nonzero()[0]


def members_between(bitmap: Numbers, total: int, start: int, stop: int) -> Numbers:
    """Of the `total` set bits number `start` to before number `stop`, looked for from the nearer end."""
    backwards = start + stop > total
    needed = total - start if backwards else stop
    window = bitmap.size * needed * 3 // (total * 2) + _FEW_WORDS
    while True:
        first = max(bitmap.size - window, 0) if backwards else 0
        found = members(bitmap[first : first + window])
        if found.size >= needed or window >= bitmap.size:
            break
        window *= 2
    before = total - found.size if backwards else 0
    between: Numbers = found[start - before : stop - before] + first * ROWS_A_WORD
    return between
