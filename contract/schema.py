"""The OpenAPI file as a judge: which clause an answer's body or header breaks.

Schemathesis loads the file and brings the validator. Every part of the file names its ledger entry in
`x-ledger`, so an error is reported under the nearest one above the place that failed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import schemathesis

from contract.model import Judgement
from contract.values import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from contract.model import Answer

PATH = Path(__file__).with_name("openapi.yaml")
#: The path below a base URL that already ends in `/api`, and with it.
BARE_ENDPOINT = "/services/analytics/v1/project/sessions"
ENDPOINT = f"/api{BARE_ENDPOINT}"
_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")


@dataclass(frozen=True, slots=True)
class Contract:
    """What the file says of each status, references resolved."""

    responses: Mapping[int, Mapping[str, Any]]

    def judge(self, answer: Answer) -> Iterator[Judgement]:
        """Every clause of the answer's status, once, broken or not."""
        response = self.responses.get(answer.status)
        if response is None:
            return
        yield from _headers(response["headers"], answer)
        if not answer.json_fault:
            yield from _body(response["content"]["application/json"]["schema"], answer)


@cache
def load() -> Contract:
    """The contract of the repository's own file."""
    raw = schemathesis.openapi.from_path(PATH).raw_schema
    operation = _resolve(raw["paths"][ENDPOINT]["post"], raw)
    return Contract({int(status): response for status, response in operation["responses"].items()})


def clauses(node: Any) -> frozenset[str]:  # noqa: ANN401 - any part of the file
    """Every ledger id that a part of the file names."""
    if isinstance(node, dict):
        own = {node["x-ledger"]} if "x-ledger" in node else set()
        return frozenset(own).union(*map(clauses, node.values()))
    if isinstance(node, list):
        return frozenset().union(*map(clauses, node))
    return frozenset()


def _resolve(node: Any, root: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any part of the file
    if isinstance(node, dict):
        if "$ref" in node:
            target: Any = root
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            return _resolve(target, root)
        return {key: _resolve(value, root) for key, value in node.items()}
    return [_resolve(value, root) for value in node] if isinstance(node, list) else node


def _headers(headers: Mapping[str, Any], answer: Answer) -> Iterator[Judgement]:
    for name, header in headers.items():
        value = answer.headers.get(name.lower())
        clause = header.get("x-ledger", "rate.optional-headers")
        low, high = header["schema"].get("minimum", 0), header["schema"].get("maximum")
        wanted = f"{name} on {answer.status}: a whole number, at least {low}" + (
            f", at most {high}" if high else ""
        )
        if value is None:
            if header["required"]:
                yield Judgement(clause, wanted, "no such header", answer.number)
        elif not _WHOLE.fullmatch(value) or int(value) < low or (high and int(value) > high):
            yield Judgement(clause, wanted, f"{name}: {value}", answer.number)
        else:
            yield Judgement(clause)


def _body(schema: dict[str, Any], answer: Answer) -> Iterator[Judgement]:
    broken = set()
    for error in jsonschema_rs.validator_for(schema).iter_errors(answer.json):
        clause = _nearest(schema, error.schema_path)
        broken.add(clause)
        place = "/".join(map(str, error.instance_path)) or "the body"
        yield Judgement(
            clause, f"{place} as documented for {answer.status}", shown(error.message), answer.number
        )
    yield from (Judgement(clause) for clause in sorted(clauses(schema) - broken))


def _nearest(schema: Any, path: list[str | int]) -> str:  # noqa: ANN401 - any part of the file
    clause = schema["x-ledger"]
    for step in path:
        schema = schema[step]
        if isinstance(schema, dict):
            clause = schema.get("x-ledger", clause)
    return str(clause)
