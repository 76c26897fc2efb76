"""Bodies and queries as PHP decodes them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.payload import decode, decode_query

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"5", b"null", b"[]", b"{", b"{'a':1}", b'{"a":1,}', b'{"a":1}x', b"\xef\xbb\xbf{}", b'{"a":NaN}', b'{"a":Infinity}',
        b'{"a":"\x01"}', b'{"a":"\xff"}', b'{"a":"\\ud800"}', b'{"a":"\\udc00\\ud800"}', '{"a":1}'.encode("utf-16"), b'{"a":01}', b"// x\n{}",
    ],
)  # fmt: skip
def test_json_that_cannot_be_read_is_empty(body: bytes) -> None:
    assert decode(body, JSON) == {}


def test_json_may_nest_511_deep_and_no_deeper() -> None:
    def nested(depth: int) -> bytes:
        return b'{"a":' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"

    assert decode(nested(511), JSON)
    assert not decode(nested(512), JSON)
    assert not decode(b"[" * 1_000_000, JSON)


def test_brackets_inside_texts_are_no_depth() -> None:
    assert decode(b'{"a":"' + b"[" * 600 + b'"}', JSON) == {"a": "[" * 600}


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (b'{"a":1,"a":2}', {"a": 2}),
        (b'{"a":9223372036854775808}', {"a": 9.223372036854775808e18}),
        (b'{"a":1e400}', {"a": float("inf")}),
        (b'{"a":"\\ud83d\\ude00"}', {"a": "😀"}),
        (b'[{"a":1}]', {"0": {"a": 1}}),
    ],
)
def test_json_is_read_with_the_types_of_php(body: bytes, fields: dict[str, Any]) -> None:
    assert decode(body, JSON) == fields


@pytest.mark.parametrize(
    "media", ["text/json", "application/vnd.api+json", "application/json; charset=utf-8", "application/jsonp"]
)
def test_json_is_told_by_a_part_of_the_content_type(media: str) -> None:
    assert decode(b'{"a":1}', media) == {"a": 1}


@pytest.mark.parametrize("media", ["", "text/plain", "Application/Json", "*/*"])
def test_anything_else_is_not_read(media: str) -> None:
    assert decode(b'{"a":1}', media) == {}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (b"a=1&a=2", {"a": "2"}),
        (b"a", {"a": ""}),
        (b"=1&&", {}),
        (b"a.b=1&c+d=2&e%20f=3", {"a_b": "1", "c_d": "2", "e_f": "3"}),
        (b"f[a]=1&f[b][]=2&f[b][]=3", {"f": {"a": "1", "b": {"0": "2", "1": "3"}}}),
        (b"f[5]=x&f[]=y", {"f": {"5": "x", "6": "y"}}),
        (b"f=1&f[a]=2", {"f": {"a": "2"}}),
        (b"f[a=1", {"f_a": "1"}),
        (b"a=%C3%A9+%26", {"a": "é &"}),
    ],
)
def test_a_form_is_read_with_its_brackets(text: bytes, fields: dict[str, Any]) -> None:
    assert decode_query(text) == fields
    assert decode(text, FORM + "; charset=utf-8") == fields


def test_a_form_has_at_most_a_thousand_fields_and_64_levels() -> None:
    assert len(decode_query(b"&".join(b"f%d=1" % number for number in range(1500)))) == 1000
    assert decode_query(b"a" + b"[b]" * 64 + b"=1&c=2") == {"c": "2"}


def test_multipart_fields_are_read_and_files_are_not() -> None:
    parts = (
        b'--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
        b'--XX\r\nContent-Disposition: form-data; name="f[b]"\r\n\r\ntwo\nlines\r\n'
        b'--XX\r\nContent-Disposition: form-data; name="c"; filename="c.txt"\r\n\r\nfile\r\n--XX--\r\n'
    )
    assert decode(parts, "multipart/form-data; boundary=XX") == {"a": "1", "f": {"b": "two\nlines"}}


@given(
    st.binary(max_size=400),
    st.sampled_from([JSON, FORM, "multipart/form-data; boundary=XX", "multipart/form-data"]),
)
def test_no_body_makes_the_decoder_fail(body: bytes, media: str) -> None:
    assert isinstance(decode(body, media), dict)
