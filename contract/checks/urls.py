"""The page URLs lead to the pages that they are called after, at the address that was asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, parse_qs, urlsplit

from contract.checks.say import demand, equal
from contract.schema import BARE_ENDPOINT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contract.model import Answer, Judgement

_NUMBER = re.compile(r"[0-9]{1,15}")
_PORTS = {"http": 80, "https": 443}


def pages(answer: Answer) -> Iterator[Judgement]:
    page, last = answer.whole("current_page"), answer.whole("last_page")
    if page is None or last is None:
        return
    expected = {
        "first": 1,
        "last": last,
        "next": page + 1 if page < last else None,
        "prev": page - 1 if page > 1 else None,
    }
    for name, number in expected.items():
        url = answer.data.get(f"{name}_page_url")
        yield equal(
            f"urls.{name}",
            answer,
            f"{name}_page_url of page {page} of {last} leads to page",
            _page(url),
            number,
        )
        yield from _address(answer, f"{name}_page_url", url)
    yield from _address(answer, "path", answer.data.get("path"))


def _page(url: object) -> int | object:
    """The page a URL leads to; the value itself when it leads to none."""
    if not isinstance(url, str):
        return url
    numbers = parse_qs(_split(url).query).get("page", [])
    return int(numbers[0]) if len(numbers) == 1 and _NUMBER.fullmatch(numbers[0]) else url


def _address(answer: Answer, key: str, url: Any) -> Iterator[Judgement]:  # noqa: ANN401 - whatever came
    """Same scheme, host and port; the page itself prints its URLs without /api, so both paths are correct."""
    if not isinstance(url, str):
        return
    asked, given = urlsplit(answer.url), _split(url)
    yield demand(
        "urls.origin",
        answer,
        _origin(given) == _origin(asked),
        f"{key} at {asked.scheme}://{asked.netloc}",
        url,
    )
    paths = {asked.path, BARE_ENDPOINT, asked.path.replace("/api/", "/", 1)}
    fine = given.path in paths and not (key == "path" and given.query)
    yield demand("urls.path", answer, fine, f"{key} with the path {asked.path}", url)


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _origin(url: SplitResult) -> tuple[str, str | None, int | None]:
    try:
        port = url.port
    except ValueError:
        port = -1
    return url.scheme, url.hostname, port or _PORTS.get(url.scheme)
