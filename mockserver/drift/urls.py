"""Page URLs that lead elsewhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mockserver.drift.answering import paged, without
from mockserver.drift.violation import Drift

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.drift.call import Json, Step

    Page = dict[str, Json]

_drift = partial(Drift, area="url-leak")
_ORIGIN, _PATH, _SHAPE = ("urls.origin",), ("urls.path",), ("envelope.page",)
_KEYS = ("first_page_url", "last_page_url", "next_page_url", "path", "prev_page_url")


def _urls(edit: Callable[[str], Json], *keys: str) -> Step:
    """Edit these URLs, or all, where they are given."""
    names = keys or _KEYS
    return paged(
        lambda data: {
            key: edit(value) if key in names and isinstance(value, str) else value
            for key, value in data.items()
        }
    )


def _url(key: str, page: Callable[[Page], int | None]) -> Step:
    """Let a URL lead to another page; None for no URL."""

    def edited(data: Page) -> Page:
        number = page(data)
        return {**data, key: None if number is None else f"{data['path']}?page={number}"}

    return paged(edited)


def _split(url: str) -> tuple[str, str, str]:
    """Scheme, host with port, and path with query."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return scheme, host, slash + path


def _path(edit: Callable[[str], str]) -> Step:
    def edited(url: str) -> str:
        scheme, host, path = _split(url)
        return f"{scheme}://{host}{edit(path)}"

    return _urls(edited)


def _host(edit: Callable[[str], str]) -> Step:
    def edited(url: str) -> str:
        scheme, host, path = _split(url)
        return f"{scheme}://{edit(host)}{path}"

    return _urls(edited)


DRIFTS = (
    _drift(
        "urls-https",
        "URLs say https while http is served",
        _ORIGIN,
        _urls(lambda url: url.replace("http:", "https:", 1)),
    ),
    _drift(
        "urls-internal-host",
        "URLs name a host inside the cluster",
        _ORIGIN,
        _host(lambda _: "analytics.internal:9000"),
    ),
    _drift(
        "urls-other-port",
        "URLs name the port behind the proxy",
        _ORIGIN,
        _host(lambda host: f"{host.partition(':')[0]}:8080"),
    ),
    _drift("urls-localhost", "URLs name APP_URL's http://app.test", _ORIGIN, _host(lambda _: "app.test")),
    _drift("urls-relative", "URLs are paths without a host", _ORIGIN, _urls(lambda url: _split(url)[2])),
    _drift("urls-without-scheme", "URLs begin with //", _ORIGIN, _urls(lambda url: url.partition(":")[2])),
    _drift(
        "urls-only-query", "URLs are ?page=2 alone", _ORIGIN, _urls(lambda url: f"?{url.partition('?')[2]}")
    ),
    _drift(
        "urls-other-path",
        "URLs lead to the list of another version",
        _PATH,
        _path(lambda path: path.replace("/v1/", "/v2/")),
    ),
    _drift(
        "urls-at-root",
        "URLs lead to /",
        _PATH,
        _path(lambda path: f"/{path[path.find('?') :] if '?' in path else ''}"),
    ),
    _drift("path-with-query", "path carries a query string", _PATH, _urls("{}?page=1".format, "path")),
    _drift("path-empty", "path is an empty text", (*_PATH, *_ORIGIN), _urls(lambda _: "", "path")),
    _drift(
        "first-url-page-zero",
        "first_page_url leads to page 0",
        ("urls.first",),
        _url("first_page_url", lambda _: 0),
    ),
    _drift(
        "first-url-current",
        "first_page_url leads to the current page",
        ("urls.first",),
        _url("first_page_url", lambda data: data["current_page"]),
    ),
    _drift(
        "last-url-first", "last_page_url leads to page 1", ("urls.last",), _url("last_page_url", lambda _: 1)
    ),
    _drift(
        "last-url-total",
        "last_page_url leads to page number total",
        ("urls.last",),
        _url("last_page_url", lambda data: data["total"] + 1),
    ),
    _drift(
        "next-url-on-last",
        "the last page has a next_page_url",
        ("urls.next",),
        _url("next_page_url", lambda data: data["current_page"] + 1),
    ),
    _drift(
        "next-url-current",
        "next_page_url leads to the same page",
        ("urls.next",),
        _url("next_page_url", lambda data: data["next_page_url"] and data["current_page"]),
    ),
    _drift(
        "next-url-last",
        "next_page_url leads to the last page",
        ("urls.next",),
        paged(lambda data: {**data, "next_page_url": data["next_page_url"] and data["last_page_url"]}),
    ),
    _drift(
        "next-url-null",
        "next_page_url is null though there is more",
        ("urls.next",),
        _url("next_page_url", lambda _: None),
    ),
    _drift(
        "next-url-empty",
        "next_page_url is an empty text, not null, on the last page",
        ("urls.next",),
        paged(lambda data: {**data, "next_page_url": data["next_page_url"] or ""}),
    ),
    _drift(
        "next-url-false",
        "next_page_url is false, not null, on the last page",
        _SHAPE,
        paged(lambda data: {**data, "next_page_url": data["next_page_url"] or False}),
    ),
    _drift(
        "next-url-missing",
        "next_page_url is missing",
        _SHAPE,
        paged(lambda data: without(data, "next_page_url")),
    ),
    _drift(
        "prev-url-on-first",
        "page 1 has a prev_page_url to page 0",
        ("urls.prev",),
        _url("prev_page_url", lambda data: data["current_page"] - 1),
    ),
    _drift(
        "prev-url-first",
        "prev_page_url leads to page 1",
        ("urls.prev",),
        paged(lambda data: {**data, "prev_page_url": data["prev_page_url"] and data["first_page_url"]}),
    ),
    _drift(
        "prev-url-null", "prev_page_url is always null", ("urls.prev",), _url("prev_page_url", lambda _: None)
    ),
    _drift(
        "prev-url-missing",
        "prev_page_url is missing",
        _SHAPE,
        paged(lambda data: without(data, "prev_page_url")),
    ),
    _drift(
        "urls-by-other-parameter",
        "URLs say p=2, which nothing reads",
        ("urls.first", "urls.next"),
        _urls(lambda url: url.replace("page=", "p=")),
    ),
    _drift(
        "urls-by-offset",
        "URLs say offset=15, which nothing reads",
        ("urls.first", "urls.next"),
        _urls(lambda url: url.replace("?page=", "?limit=15&offset=")),
    ),
)
