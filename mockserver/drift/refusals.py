"""A 422 in another shape, or under another status."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from mockserver.drift.answering import (
    FAILED,
    HTML,
    INVALID,
    OK,
    answers,
    chain,
    document,
    gains,
    omits,
    sets,
    status,
    text,
    without,
)
from mockserver.drift.violation import Drift

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.drift.answering import Edit
    from mockserver.drift.call import Json, Step

_drift = partial(Drift, area="422-shape")
_BAD_REQUEST, _FOUND, _CONFLICT = 400, 302, 409
_BODY = ("refusal.shape",)

_SNAKE = {"sortKey": "sort_key", "sortOrder": "sort_order"}
_CAMEL = {"start_date": "startDate", "end_date": "endDate", "read_status": "readStatus"}
_NEXT = {
    "start_date": "end_date",
    "end_date": "sortKey",
    "sortKey": "sortOrder",
    "sortOrder": "read_status",
    "read_status": "filters",
    "filters": "start_date",
}


def _on_422(*edits: Edit) -> Step:
    return answers(chain(*edits), INVALID)


def _errors(edit: Callable[[Json], Json]) -> Step:
    """Edit the `errors` of a 422."""
    return _on_422(document(lambda value: {**value, "errors": edit(value["errors"])}))


def _keyed(name: Callable[[str], str]) -> Step:
    return _errors(lambda errors: {name(field): said for field, said in errors.items()})


def _said(edit: Callable[[list[str]], Json]) -> Step:
    return _errors(lambda errors: {field: edit(said) for field, said in errors.items()})


DRIFTS = (
    _drift(
        "422-errors-list",
        "errors is a list of sentences",
        _BODY,
        _errors(lambda errors: [sentence for said in errors.values() for sentence in said]),
    ),
    _drift(
        "422-errors-pairs",
        "errors is a list of {field, message}",
        _BODY,
        _errors(lambda errors: [{"field": field, "message": said[0]} for field, said in errors.items()]),
    ),
    _drift("422-errors-empty", "errors names no field", (*_BODY, "refusal.fields"), _errors(lambda _: {})),
    _drift("422-errors-missing", "there is no errors", _BODY, _on_422(omits("errors"))),
    _drift("422-errors-null", "errors is null", _BODY, _errors(lambda _: None)),
    _drift("422-errors-text", "errors is JSON within a text", _BODY, _errors(json.dumps)),
    _drift(
        "422-errors-in-data",
        "errors stands under data",
        _BODY,
        _on_422(document(lambda value: {**without(value, "errors"), "data": {"errors": value["errors"]}})),
    ),
    _drift(
        "422-errors-in-envelope",
        "the body is {error, message}",
        _BODY,
        _on_422(document(lambda value: {"error": True, "message": value["message"]})),
    ),
    _drift("422-message-missing", "there is no message", _BODY, _on_422(omits("message"))),
    _drift("422-message-null", "message is null", _BODY, _on_422(sets(message=None))),
    _drift(
        "422-message-list",
        "message is a list",
        _BODY,
        _on_422(document(lambda value: {**value, "message": [value["message"]]})),
    ),
    _drift(
        "422-only-errors",
        "the body is the errors themselves",
        _BODY,
        _on_422(document(lambda value: value["errors"])),
    ),
    _drift(
        "422-sentence-as-text",
        "a field holds a text, not a list",
        ("refusal.messages",),
        _said(lambda said: said[0]),
    ),
    _drift(
        "422-sentence-as-object",
        "a field holds objects with code and text",
        ("refusal.messages",),
        _said(lambda said: [{"code": "invalid", "text": sentence} for sentence in said]),
    ),
    _drift("422-sentences-empty", "a field holds an empty list", ("refusal.messages",), _said(lambda _: [])),
    _drift(
        "422-sentences-true",
        "a field holds true, as in a set of failed fields",
        ("refusal.messages",),
        _said(lambda _: True),
    ),
    _drift(
        "422-fields-in-snake-case",
        "errors says sort_key and sort_order",
        ("refusal.fields",),
        _keyed(lambda field: _SNAKE.get(field, field)),
    ),
    _drift(
        "422-fields-in-camel-case",
        "errors says startDate, endDate and readStatus",
        ("refusal.fields",),
        _keyed(lambda field: _CAMEL.get(field, field)),
    ),
    _drift(
        "422-fields-in-words",
        "errors says sort key and start date",
        ("refusal.fields",),
        _keyed(
            lambda field: {"sortKey": "sort key", "sortOrder": "sort order"}.get(
                field, field.replace("_", " ")
            )
        ),
    ),
    _drift(
        "422-fields-prefixed",
        "errors says body.start_date",
        ("refusal.fields",),
        _keyed("body.{}".format),
    ),
    _drift(
        "422-fields-wrong",
        "errors names another field",
        ("refusal.fields",),
        _keyed(lambda field: _NEXT.get(field, "start_date")),
    ),
    _drift(
        "422-fields-too-many",
        "errors also names fields that are right",
        ("refusal.fields",),
        _errors(lambda errors: {"sortKey": ["Invalid."], "per_page": ["Invalid."], **errors}),
    ),
    _drift("400-instead-of-422", "the status is 400", ("transport.status",), _on_422(status(_BAD_REQUEST))),
    _drift("409-instead-of-422", "the status is 409", ("transport.status",), _on_422(status(_CONFLICT))),
    _drift(
        "200-instead-of-422", "the status is 200", ("refuses.body", "envelope.shape"), _on_422(status(OK))
    ),
    _drift(
        "500-instead-of-422",
        "the status is 500 and the body the error envelope",
        ("transport.no-server-error",),
        _on_422(status(FAILED), document(lambda value: {"error": True, "message": value["message"]})),
    ),
    _drift(
        "302-instead-of-422",
        "a redirect to the start page, as for a form",
        ("transport.status",),
        _on_422(
            status(_FOUND), gains("location", "/"), text("<!DOCTYPE html><title>Redirecting</title>", HTML)
        ),
    ),
    _drift(
        "422-html",
        "the body is an HTML page",
        ("transport.media-type", "transport.json"),
        _on_422(text("<!DOCTYPE html><title>Unprocessable Content</title>", HTML)),
    ),
)
