"""Reading a Bearer token as the framework does."""

from __future__ import annotations

import re

import pytest

from mockserver.credentials import ANY_TOKEN, Access, bearer, identify


@pytest.mark.parametrize(
    ("header", "token"),
    [
        ("Bearer t", "t"),
        ("bearer t", "t"),
        ("xBearer t", "t"),
        ("Bearer Bearer t", "t"),
        ("Basic x, Bearer t", "t"),
        ("Bearer t, x", "t"),
        ("Bearer  t", " t"),
        ("Bearer", None),
        ("Bearer\tt", None),
        ("Token t", None),
        ("", None),
    ],
)
def test_the_token_stands_behind_the_last_bearer_up_to_a_comma(header: str, token: str | None) -> None:
    assert bearer(header) == token


@pytest.mark.parametrize(
    "header", ["", "Bearer ", "Bearer  t", 'Bearer "t"', "Bearer t x", "Bearer expired-1", "Bearer revoked-x"]
)
def test_a_token_that_is_missing_malformed_or_ended_is_refused(header: str) -> None:
    assert identify(header, ANY_TOKEN).access is Access.UNAUTHENTICATED


def test_reserved_names_say_what_a_token_may_do() -> None:
    assert identify("Bearer forbidden-1", ANY_TOKEN).access is Access.FORBIDDEN
    assert identify("Bearer 1|abcDEF", ANY_TOKEN).access is Access.GRANTED


def test_a_pattern_must_match_the_whole_token() -> None:
    pattern = re.compile("tok-[0-9]+")
    assert identify("Bearer tok-12", pattern).access is Access.GRANTED
    assert identify("Bearer tok-12x", pattern).access is Access.UNAUTHENTICATED
