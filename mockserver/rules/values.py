"""What happens to input before any rule sees it: trimmed, blank to null, body over query.

Laravel's `TrimStrings` and `ConvertEmptyStringsToNull` and its `Request::all()` (recorded).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: White space and characters that leave no ink, as the framework lists them.
TRIMMED = "".join(
    chr(code)
    for span in (
        (0x00,),
        range(0x09, 0x0E),
        (0x20, 0x85, 0xA0, 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x1680, 0x17B4, 0x17B5, 0x180E),
        range(0x2000, 0x2010),
        (0x2028, 0x2029, 0x202F, 0x205F),
        range(0x2060, 0x2066),
        range(0x206A, 0x2070),
        (0x2800, 0x3000, 0x3164, 0xFEFF, 0xFFA0, 0x1D159),
        range(0x1D173, 0x1D17B),
        (0xE0020,),
    )
    for code in span
)


def clean(value: object) -> object:
    """The value with every text in it trimmed and every blank one null; keys stay as they are."""
    if isinstance(value, str):
        return value.strip(TRIMMED) or None
    # Input nests up to 512 deep: loops take one frame a level, comprehensions take two.
    if isinstance(value, dict):
        cleaned = {}
        for key, item in value.items():
            cleaned[key] = clean(item)
        return cleaned
    if isinstance(value, list):
        items = []
        for item in value:
            items.append(clean(item))  # noqa: PERF401 - see above
        return items
    return value


def merge(body: Mapping[str, object], query: Mapping[str, object]) -> dict[str, object]:
    """All input of a request, cleaned; a field of the body, even null, hides the query's."""
    return {key: clean(value) for key, value in {**query, **body}.items()}
