"""What the server is held to, for people who read: the contract, and the ledger that says where each clause comes from."""

# Annotations are not deferred here, since FastAPI reads them.

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml
from fastapi import APIRouter

import contract
from contract import ledger

router = APIRouter(tags=["documents"])

_CONTRACT = Path(contract.__file__).with_name("openapi.yaml")


@router.get("/contract.json")
def contract_document() -> dict[str, Any]:
    """The contract (OpenAPI 3.1); beside each `x-ledger` stands that entry of the ledger, as `x-ledger-entry`."""
    document: dict[str, Any] = _told(yaml.safe_load(_CONTRACT.read_text("utf-8")), ledger.load())
    return document


@router.get("/ledger")
def ledger_entries() -> list[ledger.Entry]:
    """Every behaviour: what, how well it is known, which switch of the profile turns it, what holds it."""
    return list(ledger.load().values())


def _told(node: Any, entries: Mapping[str, ledger.Entry]) -> Any:  # noqa: ANN401 - any part of the document
    if isinstance(node, list):
        return [_told(part, entries) for part in node]
    if not isinstance(node, dict):
        return node
    told = {key: _told(part, entries) for key, part in node.items()}
    if "x-ledger" in node:
        told["x-ledger-entry"] = asdict(entries[node["x-ledger"]])
    return told
