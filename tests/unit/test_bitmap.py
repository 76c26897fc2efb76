"""Bitmaps hold what was put in, however few or many bits are set."""

from __future__ import annotations

import numpy as np
import pytest

from mockserver import bitmap

SIZES = (0, 1, 63, 64, 65, 4096, 10_007)


def _mask(size: int, one_in: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Set bits at irregular distances, about one in so many."""
    return np.arange(size) * 2654435761 % 4294967296 < 4294967296 // one_in


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("one_in", [1, 2, 50, 1000])
def test_members_are_the_bits_that_were_set(size: int, one_in: int) -> None:
    mask = _mask(size, one_in)
    packed = bitmap.pack(mask)
    assert packed.size == -(-size // 64)
    assert bitmap.members(packed).tolist() == mask.nonzero()[0].tolist()
    assert bitmap.count(packed) == np.count_nonzero(mask)


@pytest.mark.parametrize("one_in", [1, 2, 50])
@pytest.mark.parametrize(("start", "stop"), [(0, 1), (0, 15), (64, 65), (100, 163)])
def test_some_members_are_found_by_their_numbers(one_in: int, start: int, stop: int) -> None:
    mask = _mask(10_007, one_in)
    expected = mask.nonzero()[0]
    packed = bitmap.pack(mask)
    total = expected.size
    assert bitmap.members_between(packed, total, start, stop).tolist() == expected[start:stop].tolist()
    from_end = bitmap.members_between(packed, total, total - stop, total - start)
    assert from_end.tolist() == expected[total - stop : total - start].tolist()


@pytest.mark.parametrize(("start", "stop"), [(0, 64), (0, 1), (3, 200), (64, 128), (70, 70), (128, 128)])
def test_bits_outside_the_range_are_cleared(start: int, stop: int) -> None:
    words = slice(start // 64, -(-stop // 64))
    ones = bitmap.pack(np.ones(256, np.bool_))[words].copy()
    cleared = bitmap.trimmed(ones, slice(start, stop))
    assert (bitmap.members(cleared) + words.start * 64).tolist() == list(range(start, stop))
