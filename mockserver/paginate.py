"""Laravel's `LengthAwarePaginator`: the envelope around the rows of a page.

Source: recorded exchanges (groups `pagination`, `page_query`, `page_body`, `links`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mockserver.rules import php

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Pages shown on either side of the current one.
_EACH_SIDE = 3
_NEAR_END = _EACH_SIDE + 4
_ALL_SHOWN = 2 * _EACH_SIDE + 7
_INT_BITS = 64
_GAP = "..."


class Page(NamedTuple):
    """A window on a result: its number from 1, its size, and the rows before it."""

    number: int
    size: int

    @property
    def rows_before(self) -> int | float:
        """(number - 1) * size as PHP multiplies: a float where an integer would overflow."""
        product = (self.number - 1) * self.size
        return product if product <= php.INT_MAX else float(self.number - 1) * self.size

    @property
    def offset(self) -> int:
        """The rows that the database skips: PHP casts an overflown float back, modulo 2^64."""
        before = self.rows_before
        if isinstance(before, int):
            return before
        wrapped = int(before) % 2**_INT_BITS
        return wrapped if wrapped <= php.INT_MAX else 0


class Envelope(NamedTuple):
    """What surrounds a page: None is what there is not, a row (numbered from 1) or a neighbouring page."""

    current_page: int
    first_row: int | float | None
    last_page: int
    next_page: int | None
    per_page: int
    previous_page: int | None
    last_row: int | float | None
    total: int


def envelope(page: Page, total: int, shown: int) -> Envelope:
    """The envelope of a page of `total` rows, on which `shown` rows are."""
    number, size = page
    last = max(1, -(-total // size))
    before = page.rows_before
    return Envelope(
        current_page=number,
        first_row=before + 1 if shown else None,
        last_page=last,
        next_page=number + 1 if number < last else None,
        per_page=size,
        previous_page=number - 1 if number > 1 else None,
        last_row=before + shown if shown else None,
        total=total,
    )


def links(around: Envelope, url: str, *, with_page: bool) -> list[Mapping[str, object]]:
    """The row of links as a page shows them; newer frameworks name the page of each, too."""
    current = around.current_page

    def link(label: str, page: int | None) -> dict[str, object]:
        shown: dict[str, object] = {"url": None if page is None else f"{url}?page={page}", "label": label}
        if with_page and label != _GAP:
            shown["page"] = page
        return {**shown, "active": label == str(current)}

    return [
        link("&laquo; Previous", around.previous_page),
        *(link(_GAP if page is None else str(page), page) for page in _window(current, around.last_page)),
        link("Next &raquo;", around.next_page),
    ]


def _window(current: int, last: int) -> list[int | None]:
    """The page numbers between Previous and Next; None is the gap."""
    if last <= _ALL_SHOWN:
        return list(range(1, last + 1))
    ends = [last - 1, last]
    if current <= _NEAR_END:
        return [*range(1, _NEAR_END + _EACH_SIDE + 1), None, *ends]
    if current > last - _NEAR_END:
        return [1, 2, None, *range(last - _NEAR_END - _EACH_SIDE + 1, last + 1)]
    return [1, 2, None, *range(current - _EACH_SIDE, current + _EACH_SIDE + 1), None, *ends]
