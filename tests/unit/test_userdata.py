"""A user's own rows: what is accepted, what is kept, and how a bad row is named."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from mockserver import datafile
from mockserver.errors import DataError
from mockserver.generation import generate
from mockserver.rowtext import as_dicts
from mockserver.userdata import from_rows, load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Row = dict[str, Any]

GOOD: Row = {"id": 1, "created_at": "2026-01-31 23:51:07"}


def _jsonl(rows: Sequence[object]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def _csv(rows: Sequence[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {key: json.dumps(item) if isinstance(item, list | bool) else item for key, item in row.items()}
        )
    return out.getvalue()


def _refusal(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        load(path)
    return str(caught.value)


def _written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(("name", "form"), [("a.jsonl", _jsonl), ("a.JSON", json.dumps), ("a.csv", _csv)])
def test_rows_that_were_listed_are_read_back_as_they_were(tmp_path: Path, name: str, form: Any) -> None:
    rows = list(as_dicts(generate(1, 300, 1_769_903_999)))
    assert list(as_dicts(load(_written(tmp_path, name, form(rows))))) == rows


def test_rows_are_put_in_order_of_time_then_id(tmp_path: Path) -> None:
    rows = [
        {"id": 5, "created_at": "2026-01-02 00:00:00"},
        {"id": 9, "created_at": "2026-01-01 00:00:00"},
        {"id": 2, "created_at": "2026-01-02 00:00:00"},
    ]
    found = load(_written(tmp_path, "a.jsonl", _jsonl(rows)))
    assert found.ids.tolist() == [9, 2, 5]


def test_further_columns_are_kept_as_given_row_by_row(tmp_path: Path) -> None:
    rows = [
        {**GOOD, "url": "https://example.com/é", "depth": {"pages": [1, 2.5, None]}},
        {**GOOD, "id": 2},
        {**GOOD, "id": 3, "url": None, "": True, "big": 10**30},
    ]
    found = list(as_dicts(load(_written(tmp_path, "a.jsonl", _jsonl(rows)))))
    known = set(found[1])
    kept = [{key: item for key, item in row.items() if key not in known} for row in found]
    assert kept == [{key: item for key, item in row.items() if key not in GOOD} for row in rows]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("2026-01-31T23:51:07Z", "2026-01-31 23:51:07"),
        ("2026-02-01T01:51:07+02:00", "2026-01-31 23:51:07"),
        ("2026-01-31T23:51:07.000000Z", "2026-01-31 23:51:07"),
    ],
)
def test_a_time_may_be_iso_8601_and_is_kept_in_utc(given: str, shown: str) -> None:
    assert next(as_dicts(from_rows([{"id": 1, "created_at": given}])))["created_at"] == shown


def test_blank_lines_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    line = json.dumps(GOOD)
    assert len(load(_written(tmp_path, "a.jsonl", f"\ufeff{line}\r\n\n   \n"))) == 1
    assert len(load(_written(tmp_path, "a.json", f"\ufeff [ {line} ] \n"))) == 1
    assert len(load(_written(tmp_path, "a.csv", "\ufeffid,created_at\r\n1,2026-01-31 23:51:07\r\n\r\n"))) == 1


@pytest.mark.parametrize(
    ("name", "content"), [("a.jsonl", ""), ("a.json", "[]"), ("a.csv", "id,created_at\n")]
)
def test_a_file_may_hold_no_rows(tmp_path: Path, name: str, content: str) -> None:
    assert len(load(_written(tmp_path, name, content))) == 0


def test_an_empty_cell_is_null_and_addresses_may_stand_side_by_side(tmp_path: Path) -> None:
    text = "id,created_at,browser,time_spend,irregular_traffic,ip_addresses,own\n"
    text += "1,2026-01-31 23:51:07,,,,192.0.2.1 192.0.2.2,\n2,2026-01-31 23:51:08,a,12,TRUE,,x\n"
    first, second = as_dicts(load(_written(tmp_path, "a.csv", text)))
    assert (first["browser"], first["time_spend"], first["own"]) == (None, None, None)
    assert first["ip_addresses"] == ["192.0.2.1", "192.0.2.2"]
    assert (second["time_spend"], second["irregular_traffic"], second["own"]) == (12, True, "x")


def test_a_long_list_is_read_over_the_seams_of_its_stretches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{**GOOD, "id": number, "browser": "é" * (number % 40)} for number in range(200)]
    path = _written(tmp_path, "a.json", json.dumps(rows, ensure_ascii=False, indent=1))
    for chunk_bytes in (1, 7, 64, 1000):
        monkeypatch.setattr(datafile, "_CHUNK_BYTES", chunk_bytes)
        assert [row["browser"] for row in as_dicts(load(path))] == [row["browser"] for row in rows]


@pytest.mark.parametrize(("name", "form"), [("a.jsonl", _jsonl), ("a.json", json.dumps), ("a.csv", _csv)])
def test_progress_is_told_in_bytes_up_to_the_whole_file(tmp_path: Path, name: str, form: Any) -> None:
    path = _written(tmp_path, name, form([{**GOOD, "id": number} for number in range(9000)]))
    told: list[int] = []
    load(path, told.append)
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] == path.stat().st_size


@pytest.mark.parametrize(
    ("column", "value", "accepted"),
    [
        ("id", None, "a whole number from 0"),
        ("id", -1, "a whole number from 0"),
        ("id", True, "a whole number from 0"),
        ("id", "1", "a whole number from 0"),
        ("id", 1.0, "a whole number from 0"),
        ("id", 2**63, "a whole number from 0 to 9223372036854775807"),
        ("id", 10**400, "a whole number from 0 to 9223372036854775807"),
        ("created_at", None, 'a time such as "2026-01-31 23:59:59"'),
        ("created_at", 1_769_903_999, 'a time such as "2026-01-31 23:59:59"'),
        ("created_at", "31-01-2026", 'a time such as "2026-01-31 23:59:59"'),
        ("created_at", "2026-02-30 00:00:00", 'a time such as "2026-01-31 23:59:59"'),
        ("time_spend", -1, "whole seconds from 0"),
        ("time_spend", 1.5, "whole seconds from 0"),
        ("time_spend", "12", "whole seconds from 0"),
        ("browser", 5, "a text or null"),
        ("country", ["NL"], "a text or null"),
        ("device", {"a": 1}, "a text or null"),
        ("platform_os", "\ud800", "both halves of a surrogate pair"),
        ("read_status", "new", '"read", "unread" or null'),
        ("read_status", ["read"], '"read", "unread" or null'),
        ("irregular_traffic", 1, "true or false"),
        ("irregular_traffic", "true", "true or false"),
        ("ip_addresses", "192.0.2.1", "a list of texts"),
        ("ip_addresses", [1], "a list of texts"),
        ("ip_addresses", [["192.0.2.1"]], "a list of texts"),
        ("own", float("inf"), "a finite number"),
    ],
)
def test_a_bad_value_is_named_with_its_row_and_what_is_accepted(
    column: str, value: object, accepted: str
) -> None:
    rows = [GOOD, {**GOOD, "id": 2, column: value}]
    with pytest.raises(DataError) as caught:
        from_rows(rows)
    text = str(caught.value)
    assert text.startswith(f"row [1]: {column} is {json.dumps(value)[:60]}")
    assert f"use {accepted}" in text
    assert len(text) < 250


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("a.jsonl", _jsonl([GOOD, {**GOOD, "id": -5}]), "line 2"),
        ("a.jsonl", _jsonl([GOOD]) + "\n\n{\n", "line 4"),
        ("a.jsonl", "null\n", "line 1"),
        ("a.jsonl", '{"id": NaN}\n', "line 1"),
        ("a.jsonl", '{"id": ' + "9" * 5000 + "}\n", "line 1"),
        ("a.jsonl", "[" * 100_000, "line 1"),
        ("a.jsonl", _jsonl([GOOD]).encode() + b"\xff\n", "line 2"),
        ("a.jsonl", '{"id":1,"created_at":"2026-01-01 00:00:00","own":"\\ud800"}', "line 1"),
        ("a.json", json.dumps([GOOD, {**GOOD, "id": -5}]), "element [1]"),
        ("a.json", json.dumps([GOOD, 5]), "element [1]"),
        ("a.json", json.dumps(GOOD), "element [0]"),
        ("a.json", json.dumps([GOOD])[:-1], "element [1]"),
        ("a.json", json.dumps([GOOD])[:-2], "element [0]"),
        ("a.json", json.dumps([GOOD])[:-1] + ",]", "element [1]"),
        ("a.json", json.dumps([GOOD])[:-1] + " {}]", "element [1]"),
        ("a.json", json.dumps([GOOD]) + "x", "element [1]"),
        ("a.json", "", "element [0]"),
        ("a.json", "[" * 100_000, "element [0]"),
        ("a.json", b"[\xff", "element [0]"),
        ("a.csv", "", "line 1"),
        ("a.csv", "id,id\n", "line 1"),
        ("a.csv", "id,created_at\nx,2026-01-31 23:51:07\n", "line 2"),
        ("a.csv", "id,created_at\n\n1\n", "line 3"),
        ("a.csv", "id,created_at\n1,2,3\n", "line 2"),
        ("a.csv", 'id,created_at\n"1,2\n', "line 2"),
        ("a.csv", b"id,created_at\n1,2026-01-31 23:51:07\n\xff\n", "line 3"),
        ("a.csv", "id,created_at,ip_addresses\n1,2026-01-31 23:51:07,[1\n", "line 2"),
        ("a.csv", "id,created_at,time_spend\n1,2026-01-31 23:51:07," + "9" * 5000 + "\n", "line 2"),
        ("a.csv", "id,created_at,own\n1,2026-01-31 23:51:07," + "x" * 200_000 + "\n", "line 2"),
    ],
)
def test_what_is_no_row_is_named_with_its_file_and_place(
    tmp_path: Path, name: str, content: str | bytes, place: str
) -> None:
    path = _written(tmp_path, name, content)
    text = _refusal(path)
    assert text.startswith(f"{path}: {place}: ")
    assert len(text) < len(str(path)) + 250


def test_of_several_bad_records_the_first_is_named(tmp_path: Path) -> None:
    good = [{**GOOD, "id": number} for number in range(1, 300)]
    late = [*good, {**GOOD, "id": 300, "time_spend": -1}, {**GOOD, "id": "x"}]
    assert ": line 300: time_spend is -1:" in _refusal(_written(tmp_path, "a.jsonl", _jsonl(late)))
    broken = _jsonl(late) + "{"
    assert ": line 300: time_spend is -1:" in _refusal(_written(tmp_path, "b.jsonl", broken))
    unread = _jsonl(good) + "{\n" + _jsonl(late)
    assert ": line 300: " in _refusal(_written(tmp_path, "c.jsonl", unread))


@pytest.mark.parametrize("addresses", ["", 0, False, {}])
def test_only_null_and_a_list_are_addresses(addresses: object) -> None:
    with pytest.raises(DataError, match="use a list of texts"):
        from_rows([{**GOOD, "ip_addresses": addresses}])
    assert next(as_dicts(from_rows([{**GOOD, "ip_addresses": None}])))["ip_addresses"] == []


def test_an_id_that_comes_twice_is_named_with_both_places(tmp_path: Path) -> None:
    rows = [{**GOOD, "id": number} for number in (7, 3, 9, 3, 7)]
    text = _refusal(_written(tmp_path, "a.jsonl", _jsonl(rows)))
    assert text.endswith("line 4: id is 3, as in line 2: use each id once")


@pytest.mark.parametrize("name", ["a.txt", "a", "jsonl", "a.jsonl.gz"])
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    assert "use one that ends in .jsonl, .json or .csv" in _refusal(_written(tmp_path, name, _jsonl([GOOD])))


def test_a_folder_and_a_missing_file_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    assert "folder.json' cannot be read: Is a directory" in _refusal(tmp_path / "folder.json")
    assert "missing.csv' cannot be read: No such file" in _refusal(tmp_path / "missing.csv")


def test_rows_given_from_memory_are_left_as_they_were() -> None:
    row = {**GOOD, "own": [1]}
    from_rows([row])
    assert row == {**GOOD, "own": [1]}
