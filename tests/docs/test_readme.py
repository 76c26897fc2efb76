"""The README is true: what it shows works, and everything there is stands in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from mockserver.faults import KINDS
from mockserver.profile import PRESETS, SWITCHES, load
from mockserver.settings import SETTINGS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def fenced(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_flag_stands_in_the_table_with_its_default_and_its_meaning(setting: Any) -> None:
    default = "" if setting.default is None or setting.is_switch else f"`{setting.default}`"
    names = f"`{setting.flag}`" if setting.short is None else f"`{setting.short}`, `{setting.flag}`"
    meaning = setting.help.replace("|", "\\|")
    assert f"| {names} | {default} | {meaning} |" in README


@pytest.mark.parametrize(("table", "key"), [(table, key) for table, keys in SWITCHES.items() for key in keys])
def test_every_switch_of_a_profile_is_explained(table: str, key: str) -> None:
    section = README[README.index(f"| `[{table}]` |") :]
    assert f"`{key}`" in section.split("\n\n")[0]


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_explained(name: str) -> None:
    assert f"| `{name}`" in README


def test_the_call_shown_first_gives_what_is_shown(client: Any) -> None:
    call = next(block for block in fenced("sh") if block.startswith("curl"))
    path = re.search(r"http://127\.0\.0\.1:8420(\S+)\"", call)
    body = re.search(r"-d '(.*)'", call, re.DOTALL)
    assert path
    assert body
    reply = client.send("POST", path[1], body=body[1].encode())
    shown = {key: reply.data[key] for key in ("total", "per_page", "last_page", "from", "to")}
    assert shown == {"total": 45, "per_page": 15, "last_page": 3, "from": 1, "to": 15}
    assert json.dumps(reply.data["data"][0])[:70].replace(": ", ":").replace(", ", ",")[:50] in README
    verbatim = body[1].replace('"filters": {}', '"filters": "string"')
    assert client.send("POST", path[1], body=verbatim.encode()).body.decode() in README


def test_the_refusal_shown_is_the_refusal(client: Any) -> None:
    reply = [client.post() for _ in range(61)][-1]
    assert reply.body.decode() in README


def test_the_profile_shown_is_one(tmp_path: Path) -> None:
    (shown,) = fenced("toml")
    path = tmp_path / "mine.toml"
    path.write_text(shown)
    assert load(str(path)).rules.source["per_page"]


def test_the_test_command_is_the_one_that_ci_runs() -> None:
    (command,) = [block.strip() for block in fenced("sh") if block.strip() == "./check"]
    assert command in (ROOT / ".ci" / "run").read_text()


def test_every_file_that_is_linked_is_there() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_architecture_is_short_and_names_modules_that_exist() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    assert len(text.splitlines()) <= 60
    named = re.findall(r"`((?:mockserver|contract|fixtures|layers|routes|rules)/[\w./]+)`", text)
    assert named
    roots = (ROOT, ROOT / "mockserver")
    missing = [
        name
        for name in named
        if not any((root / name).exists() or (root / f"{name}.py").exists() for root in roots)
    ]
    assert missing == []


def test_every_admin_path_is_in_the_table(client: Any) -> None:
    document = client.send("GET", "/__admin/openapi.json", token=None).json
    names = {path.removeprefix("/__admin").split("/")[1] for path in document["paths"]}
    table = README[README.index("| admin path |") :].split("\n\n")[0]
    assert len(names) > 10
    assert {name for name in names if f"`{name}`" not in table} == set()


def test_every_kind_of_fault_is_named() -> None:
    assert [kind for kind in KINDS if kind not in README] == []
