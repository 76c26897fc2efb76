"""What became of the input on its way in: bodies that were not read, names that mean nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mockserver import force, payload
from mockserver.explain.remark import Remark, near, shown
from mockserver.model import COLUMNS
from mockserver.rules.values import merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mockserver.journal import Entry

#: Fields that the endpoint reads without a rule, and those that the framework and the fake read.
_RULELESS = ("per_page", "check_irregular_traffic", "include_ip_addresses", "filters", "page")
_FRAMEWORK = ("_method", force.CODE_PARAMETER)

_AROUND = 20


@dataclass(frozen=True)
class Input:
    """The input of an exchange, read again."""

    entry: Entry

    @property
    def content_type(self) -> str:
        return self.entry.headers.get("content-type", "")

    @property
    def is_whole(self) -> bool:
        """Whether the journal kept all of the body."""
        return self.entry.body_bytes is not None and len(self.entry.body) >= self.entry.body_bytes

    @cached_property
    def body(self) -> dict[str, object]:
        return payload.decode(self.entry.body, self.content_type)

    @cached_property
    def intended(self) -> dict[str, object]:
        """The body, read as JSON if it was not read otherwise."""
        return self.body or payload.decode(self.entry.body, "application/json")

    @cached_property
    def query(self) -> dict[str, object]:
        return payload.decode_query(self.entry.query)

    @property
    def fields(self) -> dict[str, object]:
        return merge(self.body, self.query)

    @property
    def known(self) -> tuple[str, ...]:
        """Every name of a field that means something."""
        ruled = (name.partition(".")[0] for name in self.entry.profile.rules.source)
        return tuple(dict.fromkeys((*ruled, *_RULELESS)))

    def meaningless(self, fields: Iterable[str]) -> list[str]:
        """Those of these names that nobody reads."""
        return [name for name in fields if name not in (*self.known, *_FRAMEWORK)]

    @property
    def unknown(self) -> list[str]:
        return self.meaningless(self.fields)


def undecoded(given: Input) -> Iterator[Remark]:
    """Why a body that is there was read as an empty one."""
    body = given.entry.body
    if not body.strip() or given.body:
        return
    media = given.content_type
    if "/json" in media or "+json" in media:
        yield from _broken_json(body)
    elif body.lstrip()[:1] in (b"{", b"["):
        said = f"Content-Type is {media!r}" if media else "there is no Content-Type"
        yield Remark(
            f"the body was not read, because {said}; send `Content-Type: application/json`",
            "input.json",
        )


def _broken_json(body: bytes) -> Iterator[Remark]:
    try:
        text = body.decode()
        value = json.loads(text)
    except UnicodeDecodeError as reason:
        yield Remark(f"the body was not read: its byte {reason.start} is no UTF-8", "input.undecodable")
    except json.JSONDecodeError as reason:
        before, after = text[: reason.pos][-_AROUND:], text[reason.pos :][:_AROUND]
        yield Remark(
            f"the body was not read, because it is no JSON: {reason.msg} at line {reason.lineno}, "
            f"column {reason.colno}, at the mark in {before}⟨here⟩{after}",
            "input.undecodable",
        )
    except RecursionError:
        yield Remark("the body was not read: it is nested too deep", "input.undecodable")
    else:
        if not isinstance(value, (dict, list)):
            yield Remark(f"the body is {shown(value)}; send a JSON object", "input.undecodable")
        elif value:
            text = f"half a character, a constant such as NaN, or more than {payload.MAX_JSON_DEPTH} levels"
            yield Remark(f"the body was not read, because it holds {text}", "input.undecodable")


def unknown(given: Input) -> Iterator[Remark]:
    """Fields and filter columns that are ignored."""
    for name in given.unknown:
        yield Remark(
            f"the field {shown(name)} means nothing here and is ignored",
            "input.unknown-field",
            name,
            near(name, given.known),
        )
    filters = given.fields.get("filters")
    for column in filters if isinstance(filters, dict) else ():
        if column not in COLUMNS:
            text = f"there is no column {shown(column)} to filter by, so that filter is ignored"
            yield Remark(text, "filter.unknown", f"filters.{column}", near(column, COLUMNS))


def preferences(entry: Entry) -> Iterator[Remark]:
    """Wishes that were not granted."""
    for sentence in force.read(entry.headers.get("prefer"), entry.query).ignored:
        yield Remark(sentence, "force.preference")
