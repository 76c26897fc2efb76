"""Doors that stand open, or shut with another sign."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mockserver.credentials import Access, Caller
from mockserver.drift.answering import (
    FAILED,
    FORBIDDEN,
    HTML,
    INVALID,
    OK,
    UNAUTHENTICATED,
    answers,
    body,
    chain,
    gains,
    omits,
    sets,
    status,
    text,
)
from mockserver.drift.violation import FORBIDDEN_TOKEN, Drift

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.drift.answering import Edit
    from mockserver.drift.call import Call, Step
    from mockserver.respond import Answer

_drift = partial(Drift, area="auth")
_BAD_REQUEST, _FOUND, _NOT_FOUND, _EXPIRED = 400, 302, 404, 419
_MISSING, _BAD, _BOTH = ("auth.missing-token",), ("auth.bad-token",), ("auth.missing-token", "auth.bad-token")
_FORBIDDEN, _ERROR, _JSON = (
    ("auth.forbidden",),
    ("error.envelope",),
    ("transport.media-type", "transport.json"),
)


def _let_in(condition: Callable[[Caller], bool]) -> Step:
    """Such callers are served as if they might."""

    def served(call: Call) -> Answer:
        caller = call.caller
        granted = Caller(caller.token or "anonymous", Access.GRANTED) if condition(caller) else caller
        return replace(call, caller=granted).answer()

    return served


def _on_401(*edits: Edit) -> Step:
    return answers(chain(*edits), UNAUTHENTICATED)


def _on_bad_token(*edits: Edit) -> Step:
    """A 401 that is about a token, not about its lack."""

    def edited(call: Call) -> Answer:
        return _on_401(*edits)(call) if call.caller.token else call.answer()

    return edited


def _on_no_token(*edits: Edit) -> Step:
    def edited(call: Call) -> Answer:
        return call.answer() if call.caller.token else _on_401(*edits)(call)

    return edited


def _on_403(*edits: Edit) -> Step:
    return answers(chain(*edits), FORBIDDEN)


def _validated_first(call: Call) -> Answer:
    """What is wrong with the input is said before anybody asks for a token."""
    if call.caller.access is Access.GRANTED:
        return call.answer()
    served = _let_in(lambda _: True)(call)
    return served if served.status == INVALID else call.answer()


_PAGE = "<!DOCTYPE html><title>{}</title>"
_LOGIN = (status(_FOUND), gains("location", "/login"), text(_PAGE.format("Redirecting to /login"), HTML))

DRIFTS = (
    _drift(
        "auth-off",
        "200 without a token and with any",
        _BOTH,
        _let_in(lambda caller: caller.access is Access.UNAUTHENTICATED),
    ),
    _drift(
        "auth-without-token", "200 without a token", _MISSING, _let_in(lambda caller: caller.token is None)
    ),
    _drift(
        "auth-with-bad-token",
        "200 with a token that is not valid",
        _BAD,
        _let_in(lambda caller: caller.token is not None and caller.access is Access.UNAUTHENTICATED),
    ),
    _drift("auth-after-validation", "422 comes before 401", _MISSING, _validated_first),
    _drift("302-instead-of-401", "a redirect to /login", _BOTH, _on_401(*_LOGIN)),
    _drift("302-without-token", "a redirect to /login without a token", _MISSING, _on_no_token(*_LOGIN)),
    _drift("403-instead-of-401", "who is not known gets 403", _BOTH, _on_401(status(FORBIDDEN))),
    _drift("400-instead-of-401", "who is not known gets 400", _BOTH, _on_401(status(_BAD_REQUEST))),
    _drift("404-instead-of-401", "who is not known gets 404", _BOTH, _on_401(status(_NOT_FOUND))),
    _drift("419-instead-of-401", "who is not known gets 419", _BOTH, _on_401(status(_EXPIRED))),
    _drift(
        "422-instead-of-401",
        "who is not known gets 422",
        _BOTH,
        _on_401(status(INVALID), omits("error"), sets(errors={"token": ["Invalid."]})),
    ),
    _drift("200-instead-of-401", "who is not known gets a 200 that says error", _BOTH, _on_401(status(OK))),
    _drift(
        "500-on-bad-token",
        "a token that is not valid is a 500",
        ("transport.no-server-error",),
        _on_bad_token(status(FAILED), sets(message="Server Error")),
    ),
    _drift(
        "500-without-token",
        "no token is a 500: no route is called login",
        ("transport.no-server-error",),
        _on_no_token(status(FAILED), sets(message="Route [login] not defined.")),
    ),
    _drift("403-on-bad-token", "a token that is not valid is a 403", _BAD, _on_bad_token(status(FORBIDDEN))),
    _drift("401-message-only", "a 401 has a message and no error", _ERROR, _on_401(omits("error"))),
    _drift("401-message-missing", "a 401 has no message", _ERROR, _on_401(omits("message"))),
    _drift("401-error-false", "a 401 says error: false", _ERROR, _on_401(sets(error=False))),
    _drift(
        "401-error-text", "a 401 says error: Unauthenticated", _ERROR, _on_401(sets(error="Unauthenticated"))
    ),
    _drift("401-error-number", "a 401 says error: 1", _ERROR, _on_401(sets(error=1))),
    _drift(
        "401-message-list",
        "the message of a 401 is a list",
        _ERROR,
        _on_401(sets(message=["Unauthenticated."])),
    ),
    _drift(
        "401-plain-text",
        "a 401 is plain text",
        _JSON,
        _on_401(text("Unauthenticated.", b"text/plain; charset=UTF-8")),
    ),
    _drift("401-html", "a 401 is an HTML page", _JSON, _on_401(text(_PAGE.format("Unauthorized"), HTML))),
    _drift("401-empty", "a 401 has no body", ("transport.json",), _on_401(body(lambda _: b""))),
    _drift(
        "403-not-enforced",
        "200 for a token without permission",
        _FORBIDDEN,
        _let_in(lambda caller: caller.access is Access.FORBIDDEN),
        needs=FORBIDDEN_TOKEN,
    ),
    _drift(
        "404-instead-of-403",
        "a token without permission gets 404",
        _FORBIDDEN,
        _on_403(status(_NOT_FOUND)),
        needs=FORBIDDEN_TOKEN,
    ),
    _drift(
        "401-instead-of-403",
        "a token without permission gets 401",
        _FORBIDDEN,
        _on_403(status(UNAUTHENTICATED)),
        needs=FORBIDDEN_TOKEN,
    ),
    _drift(
        "500-instead-of-403",
        "a token without permission gets 500",
        ("transport.no-server-error",),
        _on_403(status(FAILED)),
        needs=FORBIDDEN_TOKEN,
    ),
    _drift(
        "302-instead-of-403",
        "a token without permission is sent to /login",
        _FORBIDDEN,
        _on_403(*_LOGIN),
        needs=FORBIDDEN_TOKEN,
    ),
    _drift(
        "403-message-only",
        "a 403 has a message and no error",
        _ERROR,
        _on_403(omits("error")),
        needs=FORBIDDEN_TOKEN,
    ),
    _drift(
        "403-message-null",
        "the message of a 403 is null",
        _ERROR,
        _on_403(sets(message=None)),
        needs=FORBIDDEN_TOKEN,
    ),
    _drift(
        "403-html",
        "a 403 is an HTML page",
        _JSON,
        _on_403(text(_PAGE.format("Forbidden"), HTML)),
        needs=FORBIDDEN_TOKEN,
    ),
)
