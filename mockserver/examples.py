"""Golden exchanges: a request and the answer that it gets, as files in `fixtures/bodies`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from mockserver import respond
from mockserver.resources import fixture

if TYPE_CHECKING:
    from mockserver.respond import Answer, Headers

_FOLDER = "bodies"

#: Stands in a golden body for the address that was called.
URL = "{url}"


@dataclass(frozen=True, slots=True)
class Example:
    """`body` is that of the profile `documented`, with `URL` where the address belongs."""

    name: str
    story: str
    token: str
    request: dict[str, Any]
    status: int
    body: dict[str, Any]

    def answer(self, url: str, envelope: str, headers: Headers) -> Answer:
        """It, as this profile writes it."""
        if self.status not in (HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY):
            return respond.error(self.status, self.body["message"], envelope, headers)
        text = json.dumps(self.body).replace(URL, url)
        return respond.document(self.status, json.loads(text), headers)


def names() -> list[str]:
    return sorted(path.stem for path in fixture(_FOLDER).glob("*.json"))


def load(name: str) -> Example | None:
    """An example by name; None if there is none."""
    if name not in names():
        return None
    found = json.loads(fixture(f"{_FOLDER}/{name}.json").read_text(encoding="utf-8"))
    return Example(name, found["story"], found["token"], found["request"], found["status"], found["body"])


#: The example that a status means where nobody names one.
BY_STATUS: dict[int, str] = {HTTPStatus.OK: "success", HTTPStatus.UNPROCESSABLE_ENTITY: "validation-error"}
