"""The fake's own answers keep `contract/openapi.yaml`, for all six statuses, in the default profile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

import contract

DOCUMENT = yaml.safe_load((Path(contract.__file__).parent / "openapi.yaml").read_text())
RESPONSES = DOCUMENT["paths"]["/api/services/analytics/v1/project/sessions"]["post"]["responses"]


def _resolved(node: Any) -> Any:
    while "$ref" in node:
        target = DOCUMENT
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


def _answer(client: Any, status: int, monkeypatch: pytest.MonkeyPatch) -> Any:
    def broken(*_: object) -> None:
        raise RuntimeError

    match status:
        case 401:
            return client.post(token=None)
        case 403:
            return client.post(token="forbidden-1")
        case 422:
            return client.post({})
        case 429:
            return [client.post() for _ in range(61)][-1]
        case 500:
            monkeypatch.setattr("mockserver.routes.sessions.search", broken)
    return client.post(check_irregular_traffic="1", include_ip_addresses="1", query="page=2")


def test_the_contract_has_the_six_documented_statuses() -> None:
    assert sorted(RESPONSES) == ["200", "401", "403", "422", "429", "500"]


@pytest.mark.parametrize("status", [200, 401, 403, 422, 429, 500])
def test_an_answer_has_the_body_and_the_headers_of_its_status(
    client: Any, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = _answer(client, status, monkeypatch)
    response = _resolved(RESPONSES[str(status)])
    assert reply.status == status
    assert reply.headers["content-type"] in response["content"]
    schema = _resolved(response["content"][reply.headers["content-type"]]["schema"])
    jsonschema_rs.validator_for({**schema, "components": DOCUMENT["components"]}).validate(reply.json)
    for name, entry in response["headers"].items():
        header = _resolved(entry)
        if header.get("required") or name.lower() in reply.headers:
            jsonschema_rs.validator_for(_resolved(header["schema"])).validate(
                int(reply.headers[name.lower()])
            )
