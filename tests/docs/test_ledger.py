"""The ledger is whole: every behaviour has an entry, and every entry something that holds it."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from contract import ledger
from mockserver.profile import SWITCHES
from mockserver.rules.parse import ARITY
from mockserver.rules.verdicts import PAGE_SIZE
from mockserver.settings import SETTINGS

ROOT = Path(__file__).parents[2]
ENTRIES = ledger.load()
STAGES = {"main", "exhaust", "forbidden", "golden", "open", "note"}
GROUPS = {
    json.loads(line)["group"]
    for line in gzip.decompress((ROOT / "tests/fidelity/vectors.jsonl.gz").read_bytes()).splitlines()
}
PAGE_LINES = 215


def clauses(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["x-ledger"]} if "x-ledger" in node else set()
        return own.union(*map(clauses, node.values()))
    return set().union(*map(clauses, node)) if isinstance(node, list) else set()


def switches() -> set[str]:
    return {name.strip() for entry in ENTRIES.values() for name in entry.switch.split(",") if name.strip()}


def test_the_ledger_has_entries_of_every_provenance() -> None:
    assert len(ENTRIES) >= 80
    assert {entry.provenance for entry in ENTRIES.values()} == set(ledger.PROVENANCES)


@pytest.mark.parametrize("rule", [*ARITY, PAGE_SIZE])
def test_every_rule_has_an_entry(rule: str) -> None:
    assert f"rule.{rule}" in ENTRIES


@pytest.mark.parametrize("switch", [f"{table}.{key}" for table, keys in SWITCHES.items() for key in keys])
def test_every_switch_of_a_profile_turns_an_entry(switch: str) -> None:
    assert switch in switches()


def test_every_switch_that_an_entry_names_is_one() -> None:
    known = {f"{table}.{key}" for table, keys in SWITCHES.items() for key in keys}
    known |= {setting.flag for setting in SETTINGS}
    assert {name for name in switches() if name not in known and not name.startswith("rules.")} == set()


def test_every_clause_of_the_openapi_file_has_an_entry() -> None:
    named = clauses(yaml.safe_load((ROOT / "contract/openapi.yaml").read_text()))
    assert len(named) > 10
    assert named - set(ENTRIES) == set()


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda entry: entry.id)
def test_an_entry_is_held_by_something_and_its_evidence_is_there(entry: ledger.Entry) -> None:
    assert entry.held_by
    for held in entry.held_by:
        kind, _, what = held.partition(":")
        assert kind in {"check", "test"}
        path, _, name = what.partition("::")
        assert what in STAGES if kind == "check" else (ROOT / path).is_file()
        assert not name or f"def {name}(" in (ROOT / path).read_text()
    for first, last in re.findall(r"page:(\d+)(?:-(\d+))?", entry.evidence):
        assert int(first) <= int(last or first) <= PAGE_LINES
    recorded = re.match(r"groups? ([a-z_0-9, ]+)", entry.evidence)
    assert recorded is None or {name.strip() for name in recorded[1].split(",")} <= GROUPS


def test_every_entry_that_an_explanation_cites_is_there() -> None:
    sources = "\n".join(path.read_text() for path in (ROOT / "mockserver/explain").glob("*.py"))
    cited = set(re.findall(r'"([a-z-]+\.[a-z0-9_-]+)"', sources))
    assert len(cited) > 10
    assert cited - set(ENTRIES) == set()
