"""Which page, and how large a one: `page` and `per_page` as PHP and the framework read them.

Source: recorded exchanges (groups `page_query`, `page_body`, `per_page`).
"""

from __future__ import annotations

from mockserver.rules import php


def page_number(value: object) -> int:
    """The `page` that was asked for: an integer of PHP's from 1 on, otherwise 1."""
    if value is None:
        return 1
    number = php.to_integer(value)
    return number if number is not None and number >= 1 else 1


def page_size(value: object) -> int | None:
    """The `per_page` that was asked for, or None where that is no positive number.

    The page publishes a string without a rule and sends the word "string" itself.
    """
    if value is None:
        return None
    if isinstance(value, int):
        # PHP reads true as 1 and false as nothing, as Python does.
        return min(int(value), php.INT_MAX) if value >= 1 else None
    number = php.to_decimal(value) if php.is_numeric(value) else None
    if number is None or number < 1:
        return None
    return min(int(number), php.INT_MAX)
