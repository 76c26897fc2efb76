"""A 200 in another envelope."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from mockserver.drift.answering import OK, answers, document, omits, paged, renamed, sets, without
from mockserver.drift.violation import Drift

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.drift.call import Json, Step

    Page = dict[str, Json]

_drift = partial(Drift, area="envelope")
_SHAPE, _ERROR, _MESSAGE = ("envelope.shape",), ("envelope.error",), ("envelope.message",)
_PAGE, _ROWS = ("envelope.page",), ("envelope.rows",)

#: The keys of an API resource's `links` and `meta`.
_LINKS = {
    "first": "first_page_url",
    "last": "last_page_url",
    "prev": "prev_page_url",
    "next": "next_page_url",
}
_META = ("current_page", "from", "last_page", "path", "per_page", "to", "total")


def _whole(edit: Callable[[Page], Json]) -> Step:
    return answers(document(edit), OK)


def _has(**items: Json) -> Step:
    return answers(sets(**items), OK)


def _resource(data: Page) -> Page:
    """The paginator as an API resource collection writes it."""
    links = {name: data[key] for name, key in _LINKS.items()}
    return {"data": data["data"], "links": links, "meta": {key: data[key] for key in _META}}


def _by_index(data: Page) -> Page:
    """What PHP writes for a list that was filtered and not renumbered."""
    return {**data, "data": {str(2 * index): row for index, row in enumerate(data["data"])}}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.title, rest))


DRIFTS = (
    _drift("error-true", "error is true on success", _ERROR, _has(error=True)),
    _drift("error-text", 'error is a text, "false"', _ERROR, _has(error="false")),
    _drift("error-zero", "error is 0", _ERROR, _has(error=0)),
    _drift("error-null", "error is null", _ERROR, _has(error=None)),
    _drift("error-missing", "error is missing on success", _SHAPE, answers(omits("error"), OK)),
    _drift(
        "error-as-success",
        "there is success: true instead of error",
        _SHAPE,
        _whole(lambda value: {"success": True, **without(value, "error")}),
    ),
    _drift("message-missing", "message is missing on success", _SHAPE, answers(omits("message"), OK)),
    _drift("message-null", "message is null on success", _MESSAGE, _has(message=None)),
    _drift("message-list", "message is a list on success", _MESSAGE, _has(message=[])),
    _drift(
        "message-object",
        "message is an object on success",
        _MESSAGE,
        _has(message={"text": "Sessions retrieved successfully"}),
    ),
    _drift(
        "paginator-deeper",
        "the paginator stands one level deeper",
        _PAGE,
        paged(lambda data: {"sessions": data}),
    ),
    _drift(
        "paginator-at-top", "the paginator stands at the top", _SHAPE, _whole(lambda value: value["data"])
    ),
    _drift("paginator-text", "data is JSON within a text", _PAGE, paged(json.dumps)),
    _drift("paginator-in-list", "data is a list that holds the paginator", _PAGE, paged(lambda data: [data])),
    _drift(
        "paginator-renamed",
        "data is called result",
        _SHAPE,
        _whole(lambda value: renamed(value, data="result")),
    ),
    _drift("paginator-dropped", "data is the rows alone", _PAGE, paged(lambda data: data["data"])),
    _drift(
        "paginator-list-on-empty",
        "data is [] when nothing matches",
        _PAGE,
        paged(lambda data: data if data["data"] else []),
    ),
    _drift(
        "paginator-null-on-empty",
        "data is null when nothing matches",
        _PAGE,
        paged(lambda data: data if data["data"] else None),
    ),
    _drift(
        "paginator-in-camel-case",
        "the paginator says currentPage",
        _PAGE,
        paged(lambda data: {_camel(key): value for key, value in data.items()}),
    ),
    _drift(
        "paginator-as-resource", "the paginator is split into data, links and meta", _PAGE, paged(_resource)
    ),
    _drift(
        "paginator-simple",
        "the paginator knows no total",
        _PAGE,
        paged(lambda data: without(data, "total", "last_page", "last_page_url", "links")),
    ),
    _drift(
        "paginator-by-cursor",
        "the paginator has cursors, not pages",
        _PAGE,
        paged(
            lambda data: {
                "data": data["data"],
                "path": data["path"],
                "per_page": data["per_page"],
                "next_cursor": None,
                "prev_cursor": None,
            }
        ),
    ),
    _drift(
        "rows-renamed", "the rows are called items", _PAGE, paged(lambda data: renamed(data, data="items"))
    ),
    _drift("rows-by-index", "the rows are an object by index", _ROWS, paged(_by_index)),
    _drift(
        "rows-by-id",
        "the rows are an object by id",
        _ROWS,
        paged(lambda data: {**data, "data": {str(row["id"]): row for row in data["data"]}}),
    ),
    _drift(
        "rows-single-bare",
        "a single row stands there without its list",
        _ROWS,
        paged(lambda data: {**data, "data": data["data"][0]} if len(data["data"]) == 1 else data),
    ),
)
