"""What Laravel says about a failed rule, word for word (recorded, `framework`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockserver.rules.parse import Rule

_PLAIN = {
    "required": "The {a} field is required.",
    "present": "The {a} field must be present.",
    "string": "The {a} field must be a string.",
    "integer": "The {a} field must be an integer.",
    "numeric": "The {a} field must be a number.",
    "boolean": "The {a} field must be true or false.",
    "array": "The {a} field must be an array.",
    "in": "The selected {a} is invalid.",
    "date": "The {a} field must be a valid date.",
    "date_format": "The {a} field must match the format {0}.",
    "after": "The {a} field must be a date after {0}.",
    "after_or_equal": "The {a} field must be a date after or equal to {0}.",
    "before": "The {a} field must be a date before {0}.",
    "before_or_equal": "The {a} field must be a date before or equal to {0}.",
    "page_size": "The {a} field must not be greater than {0}.",
}

#: The size rules name the unit that the field's other rules give it.
_SIZES = {
    "min": {
        "numeric": "The {a} field must be at least {0}.",
        "array": "The {a} field must have at least {0} items.",
        "string": "The {a} field must be at least {0} characters.",
    },
    "max": {
        "numeric": "The {a} field must not be greater than {0}.",
        "array": "The {a} field must not have more than {0} items.",
        "string": "The {a} field must not be greater than {0} characters.",
    },
    "between": {
        "numeric": "The {a} field must be between {0} and {1}.",
        "array": "The {a} field must have between {0} and {1} items.",
        "string": "The {a} field must be between {0} and {1} characters.",
    },
    "size": {
        "numeric": "The {a} field must be {0}.",
        "array": "The {a} field must contain {0} items.",
        "string": "The {a} field must be {0} characters.",
    },
}


def message(rule: Rule, attribute: str, unit: str, parameters: Sequence[str]) -> str:
    """The sentence for one failed rule.

    `attribute` and `parameters` stand in it as given; `unit` is "numeric", "array" or "string".
    """
    template = _SIZES[rule.name][unit] if rule.name in _SIZES else _PLAIN[rule.name]
    return template.format(*parameters, a=attribute)


def attribute(name: str) -> str:
    """A field's name in words: `sortKey` is "sort key", `filters.time_spend` "filters.time spend"."""
    if not (name.isascii() and name.isalpha() and name.islower()):
        words = re.sub(r"(?:^|(?<=[ \t\r\n\f\v]))[a-z]", lambda first: first[0].upper(), name)
        joined = re.sub(r"\s+", "", words)
        name = re.sub(r"(.)(?=[A-Z])", r"\1_", joined).lower()
    return name.replace("_", " ")


def summary(messages: Sequence[str]) -> str:
    """The top-level message: the first one and how many there are besides."""
    further = len(messages) - 1
    if not further:
        return messages[0]
    return f"{messages[0]} (and {further} more {'error' if further == 1 else 'errors'})"
