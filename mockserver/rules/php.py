"""How PHP reads a value: as text, as a number, as an integer, as true or false, as equal.

PHP arrays are Python dicts (keys as text) or lists; everything else is a JSON scalar.
Source: the PHP language reference, held by the recorded exchanges.
"""

from __future__ import annotations

import re
from decimal import Decimal

INT_MIN, INT_MAX = -(2**63), 2**63 - 1

#: What PHP's `trim` removes.
BLANKS = " \n\r\t\v\0"

_NUMERIC = re.compile(
    r"[ \t\n\r\v\f]*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[ \t\n\r\v\f]*"
)
_INTEGER = re.compile(r"[ \t\n\r\v]*([+-]?(?:0|[1-9][0-9]*))[ \t\n\r\v]*")
#: No integer of PHP has more digits; Python refuses to convert texts of thousands.
_INT_DIGITS = 20
#: The framework refuses to compare numbers beyond it.
_MAX_EXPONENT = 1000


def is_array(value: object) -> bool:
    return isinstance(value, (dict, list))


def to_text(value: object) -> str:
    """A scalar as `(string)` gives it: floats with 14 digits and a capital E."""
    if isinstance(value, str):
        return value
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, float):
        return _float_text(value)
    return str(value)


def _float_text(value: float) -> str:
    text = f"{value:.14G}"
    mantissa, capital_e, exponent = text.partition("E")
    if not capital_e:
        return text
    point = "" if "." in mantissa else ".0"
    return f"{mantissa}{point}E{exponent[0]}{exponent[1:].lstrip('0')}"


def is_numeric(value: object) -> bool:
    """Whether `is_numeric` holds: a number, or a text that is one and nothing else."""
    if isinstance(value, str):
        return _NUMERIC.fullmatch(value) is not None
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def to_integer(value: object) -> int | None:
    """What `filter_var(…, FILTER_VALIDATE_INT)` gives; None where that fails."""
    if is_array(value):
        return None
    match = _INTEGER.fullmatch(to_text(value))
    if match is None or len(match[1]) > _INT_DIGITS:
        return None
    number = int(match[1])
    return number if INT_MIN <= number <= INT_MAX else None


def to_decimal(value: object) -> Decimal | None:
    """A numeric value to compare exactly; None for what the framework refuses to compare."""
    text = to_text(value).strip(BLANKS)
    exponent = text.lower().partition("e")[2]
    if not _NUMERIC.fullmatch(text) or len(exponent) > _INT_DIGITS or abs(int(exponent or 0)) > _MAX_EXPONENT:
        return None
    return Decimal(text)


def is_truthy(value: object) -> bool:
    """Whether `(bool)` holds: anything but "", "0", 0, false, null and an empty array."""
    return bool(value) and value != "0"


def loosely_equal(left: str, right: str) -> bool:
    """`==` of two texts: two numeric texts are compared as numbers."""
    if left == right:
        return True
    if not (_NUMERIC.fullmatch(left) and _NUMERIC.fullmatch(right)):
        return False
    return float(left) == float(right)
