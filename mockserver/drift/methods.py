"""Other methods than POST that are served, or refused in another way."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mockserver.drift.answering import FAILED, NOT_ALLOWED, OK, answers, header, lacks, status
from mockserver.drift.violation import Drift

if TYPE_CHECKING:
    from mockserver.drift.call import Call, Step
    from mockserver.respond import Answer

_drift = partial(Drift, area="method")
_REFUSED, _ALLOW = ("method.refused",), ("method.allow",)
_DEFAULTS = {
    "start_date": "2026-01-01 00:00:00",
    "end_date": "2026-01-31 23:59:59",
    "sortKey": "created_at",
    "sortOrder": "desc",
    "filters": {"none": "none"},
}


def _served(*methods: str) -> Step:
    """These methods are served like POST."""

    def served(call: Call) -> Answer:
        request = call.request
        is_served = request.method in methods
        return replace(call, request=request._replace(method="POST")).answer() if is_served else call.answer()

    return served


def _listed(call: Call) -> Answer:
    """GET without a body lists what there is."""
    if call.request.method != "GET":
        return call.answer()
    request = call.request._replace(method="POST")
    asked = replace(call, request=request)
    return asked.asking({**_DEFAULTS, **asked.fields}).answer()


DRIFTS = (
    _drift("get-lists", "GET lists sessions of its own accord", _REFUSED, _listed),
    _drift("get-served", "GET is served like POST", _REFUSED, _served("GET", "HEAD")),
    _drift("put-served", "PUT is served like POST", _REFUSED, _served("PUT")),
    _drift("patch-served", "PATCH is served like POST", _REFUSED, _served("PATCH")),
    _drift("put-and-patch-served", "PUT and PATCH are served like POST", _REFUSED, _served("PUT", "PATCH")),
    _drift(
        "any-method-served",
        "every method is served like POST",
        _REFUSED,
        _served("GET", "HEAD", "PUT", "PATCH", "DELETE"),
    ),
    _drift(
        "500-on-other-methods",
        "other methods are a 500",
        ("transport.no-server-error", *_REFUSED),
        answers(status(FAILED), NOT_ALLOWED),
    ),
    _drift(
        "200-on-other-methods",
        "other methods are a 200 that says error",
        _REFUSED,
        answers(status(OK), NOT_ALLOWED),
    ),
    _drift("405-without-allow", "a 405 lacks Allow", _ALLOW, answers(lacks("allow"), NOT_ALLOWED)),
    _drift(
        "405-allows-others",
        "a 405 allows GET and HEAD alone",
        _ALLOW,
        answers(header("allow", lambda _: "GET, HEAD"), NOT_ALLOWED),
    ),
    _drift(
        "405-allows-itself",
        "a 405 allows the very methods that it refuses",
        _ALLOW,
        answers(header("allow", lambda _: "GET, HEAD, POST, PUT, PATCH, DELETE"), NOT_ALLOWED),
    ),
)
