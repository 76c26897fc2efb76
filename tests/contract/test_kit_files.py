"""What the kit reads: waivers, rows known to be right, the ledger, the OpenAPI file."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from benign import App, Reply, Variant
from runs import LEDGER, Check

import contract
from contract import golden, ledger, schema, waivers
from contract.errors import UsageError
from contract.spans import window

HOME = Path(contract.__file__).parent
WAIVER = '[[waive]]\nid = "envelope.links"\nreason = "known"\nuntil = {until}\n'


def break_links(reply: Reply, *_: Any) -> Reply:
    return Reply(reply.status, reply.body.replace(b'"links": {}', b'"links": []'), reply.headers)


def waived(tmp_path: Path, text: str) -> tuple[waivers.Waiver, ...]:
    path = tmp_path / "waive.toml"
    path.write_text(text)
    return waivers.load(path, LEDGER)


def test_a_waived_finding_does_not_break_the_run(check: Check, tmp_path: Path) -> None:
    result = check(mutate=break_links, waivers=waived(tmp_path, WAIVER.format(until="2026-03-01")))
    assert result.exit_code == 0
    (finding,) = result.findings
    assert finding.waived == "known (until 2026-03-01)"


def test_a_waiver_that_ran_out_does_not_help_and_is_told(check: Check, tmp_path: Path) -> None:
    result = check(mutate=break_links, waivers=waived(tmp_path, WAIVER.format(until="2026-02-28")))
    assert result.exit_code == 1
    assert "the waiver ran out on 2026-02-28" in [note.text for note in result.notes]


def test_a_waiver_without_a_finding_is_told(check: Check, tmp_path: Path) -> None:
    result = check(waivers=waived(tmp_path, WAIVER.format(until="2026-12-31")))
    assert result.exit_code == 0
    assert any("not needed" in note.text for note in result.notes)


@pytest.mark.parametrize(
    "text",
    [
        "waive = 1",
        "[[waive]]\nid = 'envelope.links'",
        WAIVER.format(until="'soon'"),
        "[",
        WAIVER.format(until="2026-01-01").replace("links", "nope"),
    ],
)
def test_a_malformed_waiver_names_its_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match=r"waive\.toml"):
        waived(tmp_path, text)


def known_rows(tmp_path: Path, variant: Variant) -> Any:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in App(variant).rows))
    return golden.load(path)


def test_right_rows_agree_with_the_golden_ones(check: Check, tmp_path: Path) -> None:
    result = check(size=120, golden=known_rows(tmp_path, Variant(size=120)))
    assert result.exit_code == 0, result.findings
    assert {"golden.values", "golden.no-foreign", "golden.complete"} <= result.checked.keys()


def lose(rows: list[Any]) -> None:
    del rows[::10]


def shift(rows: list[Any]) -> None:
    for row in rows:
        row["time_spend"] = row["time_spend"] * 1000 + 1


def invade(rows: list[Any]) -> None:
    rows.append(rows[5] | {"id": 9_999_999})


@pytest.mark.parametrize(
    ("clause", "change"), [("golden.complete", lose), ("golden.values", shift), ("golden.no-foreign", invade)]
)
def test_wrong_but_consistent_data_is_seen_with_golden_rows_only(
    check: Check, tmp_path: Path, clause: str, change: Any
) -> None:
    rows = known_rows(tmp_path, Variant(size=90))
    app = App(Variant(size=90))
    change(app.rows)
    assert check(app).exit_code == 0
    assert clause in {finding.clause for finding in check(app, golden=rows).findings}


@pytest.mark.parametrize("text", ["", "{", '{"id": 1}', "[1]"])
def test_a_golden_file_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(text)
    with pytest.raises(UsageError, match="--golden"):
        golden.load(path)


def test_every_ledger_id_is_an_area_and_a_name() -> None:
    assert len(LEDGER) >= 80
    assert [entry for entry in LEDGER if not re.fullmatch(r"[a-z0-9-]+\.[a-z0-9_-]+", entry)] == []


def test_every_entry_is_held_by_something() -> None:
    assert [entry.id for entry in LEDGER.values() if not entry.held_by] == []


def test_every_clause_of_the_openapi_file_has_an_entry() -> None:
    named = schema.clauses(schema.load().responses)
    assert len(named) > 10
    assert named <= LEDGER.keys()


def test_every_id_in_the_checks_has_an_entry() -> None:
    sources = [
        path.read_text("utf-8") for folder in ("checks", "plan") for path in (HOME / folder).glob("*.py")
    ]
    areas = "|".join({entry.split(".")[0] for entry in LEDGER})
    cited = {found for source in sources for found in re.findall(rf'"((?:{areas})\.[a-z0-9-]+)"', source)}
    assert len(cited) > 60
    assert cited <= LEDGER.keys()


@pytest.mark.parametrize(
    "raw", ['id = "a.b"', 'id = "a.b"\nrule = "r"\nprovenance = "guess"\nevidence = ""\nheld_by = []']
)
def test_a_malformed_entry_is_told(tmp_path: Path, raw: str) -> None:
    path = tmp_path / "ledger.toml"
    path.write_text(f"[[entry]]\n{raw}\n")
    with pytest.raises(UsageError, match=r"a\.b"):
        ledger.load(path)


def test_a_day_alone_is_a_whole_day_and_a_live_window_ends_yesterday() -> None:
    today = date(2026, 3, 31)
    assert str(window("2026-01-02", "2026-01-03", live=True, today=today).end) == "2026-01-03 23:59:59"
    live = window(None, None, live=True, today=today)
    assert (str(live.start), str(live.end)) == ("2026-03-01 00:00:00", "2026-03-30 23:59:59")
    with pytest.raises(UsageError, match="lies before"):
        window("2026-02-01", "2026-01-01", live=False, today=today)
