"""JSON is written to the byte as PHP's `json_encode` writes it."""

from __future__ import annotations

import pytest

from mockserver.phpjson import json_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a/b", r'"a\/b"'),
        ("é\U0001f600", r'"\u00e9\ud83d\ude00"'),
        ('"\\\b\f\n\r\t\x01\x7f', '"\\"\\\\\\b\\f\\n\\r\\t\\u0001\x7f"'),
        (["a", {"b": None}], '["a",{"b":null}]'),
    ],
)
def test_json_is_written_as_php_writes_it(value: object, text: str) -> None:
    assert json_text(value) == text


def test_an_infinite_number_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_text([float("inf")])
