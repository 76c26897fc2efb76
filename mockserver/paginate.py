"""Laravel's `LengthAwarePaginator`: the envelope around the rows of a page.

Source: recorded exchanges (groups `pagination`, `page_query`, `page_body`, `links`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockserver.rules import php

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.profile import Pagination

#: Pages shown on either side of the current one.
_EACH_SIDE = 3
_NEAR_END = _EACH_SIDE + 4
_ALL_SHOWN = 2 * _EACH_SIDE + 7
_INT_BITS = 64
_GAP = "..."


@dataclass(frozen=True, slots=True)
class Page:
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


def envelope(
    page: Page, total: int, shown: int, url: str, links: Pagination
) -> tuple[dict[str, object], ...]:
    """The 13 keys of `data` in two parts, before and after the rows.

    `shown` is the number of rows on this page; `url` the path without a query.
    """
    last = max(1, -(-total // page.size))
    first_row = page.rows_before + 1 if shown else None
    has_more = page.number < last
    head: dict[str, object] = {"current_page": page.number}
    tail: dict[str, object] = {
        "first_page_url": _url(url, 1),
        "from": first_row,
        "last_page": last,
        "last_page_url": _url(url, last),
        "links": {} if links.links == "object" else _links(page.number, last, url, links.links),
        "next_page_url": _url(url, page.number + 1) if has_more else None,
        "path": url,
        "per_page": page.size,
        "prev_page_url": _url(url, page.number - 1) if page.number > 1 else None,
        "to": first_row + shown - 1 if first_row is not None else None,
        "total": total,
    }
    return head, tail


def _url(path: str, page: int) -> str:
    return f"{path}?page={page}"


def _links(current: int, last: int, url: str, form: str) -> list[Mapping[str, object]]:
    def link(label: str, page: int | None) -> dict[str, object]:
        shown: dict[str, object] = {"url": _url(url, page) if page else None, "label": label}
        if form == "list-with-page" and label != _GAP:
            shown["page"] = page
        return {**shown, "active": label == str(current)}

    return [
        link("&laquo; Previous", current - 1 if current > 1 else None),
        *(link(str(page) if page else _GAP, page) for page in _window(current, last)),
        link("Next &raquo;", current + 1 if current < last else None),
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
