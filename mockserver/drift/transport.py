"""An answer that is right and arrives wrong."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from mockserver.drift.answering import (
    HTML,
    OK,
    answers,
    body,
    chain,
    gains,
    header,
    lacks,
    status,
    text,
)
from mockserver.drift.asking import every
from mockserver.drift.violation import Drift

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

    from mockserver.drift.call import Call, Step
    from mockserver.respond import Answer

_drift = partial(Drift, area="transport")
_MEDIA, _JSON = ("transport.media-type",), ("transport.json",)
_CREATED, _FOUND, _NO_CONTENT = 201, 302, 204
_WARNING = b'<br />\n<b>Warning</b>:  Undefined array key "referrer" in <b>SessionController.php</b> on line <b>71</b><br />\n'
_DUMP = b'\nstring(4) "here"\n'


def _bytes(edit: Callable[[bytes], bytes]) -> Step:
    return answers(body(edit), OK)


def _media(name: str) -> Step:
    return answers(header("content-type", lambda _: name))


def _number(value: bytes) -> Step:
    """`total` written as this, which no JSON writer can."""
    return _bytes(lambda whole: whole.replace(b'"total":', b'"total":' + value + b',"was":', 1))


def _twice(whole: bytes) -> bytes:
    escaped = whole.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b'"' + escaped + b'"'


def _latin_1(whole: bytes) -> bytes:
    return whole.replace(b"retrieved successfully", b"retrouv\xe9es", 1)


def _without_content(answer: Answer) -> Answer:
    is_empty = b'"data":[]' in answer.body
    return chain(status(_NO_CONTENT), body(lambda _: b""))(answer) if is_empty else answer


class _Slow:
    """Every so manyth answer comes late, counted from the start."""

    def __init__(self, app: ASGIApp, *, number: int, seconds: float) -> None:
        self.app = app
        self.number = number
        self.seconds = seconds
        self.requests = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.requests += 1
        if self.requests % self.number == 0:
            await asyncio.sleep(self.seconds)
        await self.app(scope, receive, send)


def _stale(call: Call) -> Answer:
    """Every third answer is the body of the one before: an answer meant for somebody else."""
    answer = call.answer()
    last, call.memory.kept["body"] = call.memory.kept.get("body"), answer.body
    if last is None or answer.status != OK or call.memory.requests % 3:
        return answer
    return body(lambda _: last)(answer)


_PAGE_OF_HTML = text("<!DOCTYPE html><title>Be right back</title><h1>Maintenance</h1>", HTML)

DRIFTS = (
    _drift("json-as-html", "JSON is called text/html", _MEDIA, _media(HTML.decode())),
    _drift("json-as-text", "JSON is called text/plain", _MEDIA, _media("text/plain; charset=utf-8")),
    _drift(
        "json-as-bytes", "JSON is called application/octet-stream", _MEDIA, _media("application/octet-stream")
    ),
    _drift(
        "json-as-json-api",
        "JSON is called application/vnd.api+json",
        _MEDIA,
        _media("application/vnd.api+json"),
    ),
    _drift("media-type-missing", "there is no Content-Type", _MEDIA, answers(lacks("content-type"))),
    _drift(
        "json-as-utf-16", "JSON in UTF-8 is called UTF-16", _MEDIA, _media("application/json; charset=utf-16")
    ),
    _drift(
        "json-in-utf-16", "JSON comes in UTF-16", _JSON, _bytes(lambda whole: whole.decode().encode("utf-16"))
    ),
    _drift("json-in-latin-1", "the message comes in Latin-1", _JSON, _bytes(_latin_1)),
    _drift("json-cut", "JSON breaks off", _JSON, _bytes(lambda whole: whole[: len(whole) * 2 // 3])),
    _drift(
        "json-without-last-brace", "JSON lacks its last character", _JSON, _bytes(lambda whole: whole[:-1])
    ),
    _drift(
        "json-behind-warning",
        "a PHP warning stands before the JSON",
        _JSON,
        _bytes(lambda whole: _WARNING + whole),
    ),
    _drift(
        "json-before-dump", "a var_dump stands behind the JSON", _JSON, _bytes(lambda whole: whole + _DUMP)
    ),
    _drift(
        "json-behind-bom",
        "a byte order mark stands before the JSON",
        _JSON,
        _bytes(lambda whole: b"\xef\xbb\xbf" + whole),
    ),
    _drift(
        "json-behind-guard", "the JSON begins with )]}',", _JSON, _bytes(lambda whole: b")]}',\n" + whole)
    ),
    _drift(
        "json-in-callback",
        "the JSON is wrapped as JSONP",
        _JSON,
        _bytes(lambda whole: b"callback(" + whole + b");"),
    ),
    _drift("json-twice", "the JSON comes as a JSON text", ("envelope.shape",), _bytes(_twice)),
    _drift("json-repeated", "the JSON comes two times over", _JSON, _bytes(lambda whole: whole + whole)),
    _drift("json-nan", "a number is NaN", _JSON, _number(b"NaN")),
    _drift("json-infinity", "a number is Infinity", _JSON, _number(b"Infinity")),
    _drift(
        "json-trailing-comma",
        "the JSON has a comma too many",
        _JSON,
        _bytes(lambda whole: whole[:-1] + b",}"),
    ),
    _drift(
        "json-double-key", "a key stands twice", _JSON, _bytes(lambda whole: whole[:-1] + b',"error":false}')
    ),
    _drift(
        "json-single-quotes",
        "the JSON has single quotes",
        _JSON,
        _bytes(lambda whole: whole.replace(b'"', b"'")),
    ),
    _drift(
        "json-raw-line-break",
        "a text holds a raw line break",
        _JSON,
        _bytes(lambda whole: whole.replace(b"retrieved s", b"retrieved\ns", 1)),
    ),
    _drift("body-empty", "a 200 has no body", _JSON, _bytes(lambda _: b"")),
    _drift("body-null", "a 200 is null", ("envelope.shape",), _bytes(lambda _: b"null")),
    _drift(
        "gzip-claimed",
        "Content-Encoding says gzip and it is none",
        _JSON,
        answers(gains("content-encoding", "gzip"), OK),
    ),
    _drift(
        "html-now-and-then",
        "every 12th answer is an HTML page with status 200",
        (*_MEDIA, *_JSON),
        every(12, answers(_PAGE_OF_HTML, OK)),
    ),
    _drift("201-instead-of-200", "success is 201", ("transport.status",), answers(status(_CREATED), OK)),
    _drift("204-on-empty", "204 when nothing matches", ("transport.status",), answers(_without_content, OK)),
    _drift(
        "302-now-and-then",
        "every 12th answer is a redirect",
        ("transport.status",),
        every(12, answers(chain(status(_FOUND), gains("location", "/maintenance"), _PAGE_OF_HTML), OK)),
    ),
    _drift(
        "answers-mixed-up",
        "every third answer is the one before",
        ("sort.order", "pagination.current-page"),
        _stale,
    ),
    _drift(
        "slow-now-and-then",
        "every 15th answer takes 6 s",
        ("transport.time",),
        layer=partial(_Slow, number=15, seconds=6.0),
    ),
)
