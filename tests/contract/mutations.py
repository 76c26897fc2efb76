"""Mechanical mutations of a correct server's answers: each field, each header, each status, one at a time.

None is written with a check in mind. `HARMLESS` names those that leave the answer within the page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benign import Mutate, Reply, Row, Scope

ENVELOPE = ("error", "data", "message")
PAGE_KEYS = (
    "current_page",
    "data",
    "first_page_url",
    "from",
    "last_page",
    "last_page_url",
    "links",
    "next_page_url",
    "path",
    "per_page",
    "prev_page_url",
    "to",
    "total",
)
COLUMNS = ("id", "browser", "device", "platform_os", "country", "time_spend", "read_status", "created_at")
DROP = object()

Change = Callable[[Any], Any]


def retyped(value: Any) -> Any:
    """The nearest value of another type."""
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return [value]
    return [] if isinstance(value, dict) else {}


def shifted(value: Any) -> Any:
    """One further: a number, the number at the end of a text, the hour of a moment, the end of a list."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, list):
        return value[1:]
    if isinstance(value, str) and value[-1:].isdigit() and "page=" in value:
        head, _, number = value.rpartition("=")
        return f"{head}={int(number) + 1}"
    if isinstance(value, str) and value[10:11] == " ":
        return f"{value[:11]}{(int(value[11:13]) + 1) % 24:02}{value[13:]}"
    return value


def constant(value: Any) -> Any:
    """The same for every answer and every row."""
    if isinstance(value, bool) or value is None:
        return value
    return (
        type(value)()
        if isinstance(value, dict | list)
        else 7
        if isinstance(value, int | float)
        else "constant"
    )


CHANGES: dict[str, Change] = {
    "drop": lambda _: DROP,
    "null": lambda _: None,
    "retype": retyped,
    "shift": shifted,
    "constant": constant,
}


@dataclass(frozen=True)
class Mutation:
    name: str
    apply: Mutate


def edit(container: Row, key: str, change: Change) -> None:
    if key in container:
        value = change(container.pop(key))
        if value is not DROP:
            container[key] = value


def rename(container: Row, key: str) -> None:
    if key in container:
        container[f"{key}_"] = container.pop(key)


def on_body(
    statuses: tuple[int, ...], within: Callable[[Row], Iterator[Row]], act: Callable[[Row], None]
) -> Mutate:
    def mutate(reply: Reply, _scope: Scope, _asked: dict[str, Any]) -> Reply:
        if reply.status not in statuses:
            return reply
        body = json.loads(reply.body)
        for container in within(body):
            act(container)
        return replace(reply, body=json.dumps(body).encode())

    return mutate


def whole(body: Row) -> Iterator[Row]:
    yield body


def page(body: Row) -> Iterator[Row]:
    yield body["data"]


def rows(body: Row) -> Iterator[Row]:
    yield from body["data"]["data"]


def fields() -> Iterator[Mutation]:
    places = [
        ("200", (200,), whole, ENVELOPE),
        ("200.data", (200,), page, PAGE_KEYS),
        ("200.row", (200,), rows, COLUMNS),
        ("422", (422,), whole, ("message", "errors")),
        ("error", (401, 403, 429), whole, ("error", "message")),
    ]
    for place, statuses, within, keys in places:
        for key in keys:
            for name, change in CHANGES.items():
                act = lambda container, key=key, change=change: edit(container, key, change)  # noqa: E731
                yield Mutation(f"{place}.{key} {name}", on_body(statuses, within, act))
            act = lambda container, key=key: rename(container, key)  # noqa: E731
            yield Mutation(f"{place}.{key} rename", on_body(statuses, within, act))


def headers() -> Iterator[Mutation]:
    changes: dict[str, Callable[[str], str | None]] = {
        "drop": lambda _: None,
        "constant": lambda _: "7",
        "shift": lambda text: str(int(text) + 1) if text.isdigit() else text,
        "retype": lambda text: f"{text}.0",
        "negative": lambda text: f"-{text}",
        "empty": lambda _: "",
    }
    places = {
        "X-RateLimit-Limit": (200, 401, 403, 429),
        "X-RateLimit-Remaining": (200, 401, 403, 429),
        "Retry-After": (429,),
        "Content-Type": (200, 401, 403, 422, 429),
        "Allow": (405,),
    }
    for header, statuses in places.items():
        for status in statuses:
            for name, change in changes.items():
                yield Mutation(f"{status} {header} {name}", on_header(status, header, change))


def on_header(status: int, header: str, change: Callable[[str], str | None]) -> Mutate:
    def mutate(reply: Reply, _scope: Scope, _asked: dict[str, Any]) -> Reply:
        if reply.status != status or header not in reply.headers:
            return reply
        value = change(reply.headers[header])
        others = {name: text for name, text in reply.headers.items() if name != header}
        return replace(reply, headers=others if value is None else others | {header: value})

    return mutate


def statuses() -> Iterator[Mutation]:
    for before in (200, 401, 403, 405, 422, 429):
        for after in (200, 201, 204, 302, 400, 401, 403, 404, 418, 422, 429, 500, 503):
            if before != after:
                yield Mutation(f"{before} as {after}", on_status(before, after))


def on_status(before: int, after: int) -> Mutate:
    def mutate(reply: Reply, _scope: Scope, _asked: dict[str, Any]) -> Reply:
        return replace(reply, status=after) if reply.status == before else reply

    return mutate


#: Within the page: a text may say anything, a nullable key may be null, a key may count from anywhere.
HARMLESS = {
    *(f"{place}.message {name}" for place in ("200", "422", "error") for name in ("constant", "shift")),
    "200.error constant",
    "200.data shift",
    "200.data.links constant",
    "200.data.links shift",
    "200.data.path null",
    "200.data.path shift",
    "200.row.id shift",
    *(f"200.row.{column} shift" for column in ("browser", "device", "platform_os", "country", "read_status")),
    "422.errors shift",
    "error.error constant",
    # A server may count other tokens in other windows, and wait a second longer.
    *(
        f"{status} X-RateLimit-{header} {name}"
        for status in (401, 403)
        for header in ("Limit", "Remaining")
        for name in ("shift", "constant")
    ),
    *(f"{status} Content-Type shift" for status in (200, 401, 403, 422, 429)),
    "405 Allow shift",
    "405 as 404",
}


def all_mutations() -> list[Mutation]:
    return [*fields(), *headers(), *statuses()]
