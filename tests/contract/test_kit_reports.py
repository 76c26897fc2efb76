"""Each report says what a person or a tool needs: clause, expected, got, and how to repeat it."""

from __future__ import annotations

import io
import json
import shlex
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest
from benign import Reply, said
from rich.console import Console
from runs import LEDGER, Check

import contract
from contract import report
from contract.errors import UsageError
from contract.events import Answered, Event, Finished, Started
from contract.report import Annotations, ConsoleReport, JsonReport, JunitReport, MarkdownReport

SCHEMA = json.loads((Path(contract.__file__).parent / "report.schema.json").read_text("utf-8"))


def break_links(reply: Reply, *_: Any) -> Reply:
    body = json.loads(reply.body)
    if reply.status == 200:
        body["data"]["links"] = ["</script>|`", "\x00"]
    return Reply(reply.status, json.dumps(body).encode(), reply.headers)


def test_a_run_tells_its_start_each_answer_and_its_end(check: Check) -> None:
    told: list[Event] = []
    result = check(listeners=[told.append])
    kinds = Counter(type(event) for event in told)
    assert kinds == {Started: 1, Answered: result.requests, Finished: 1}
    assert [type(told[0]), type(told[-1])] == [Started, Finished]


def test_the_console_shows_clause_rule_expected_got_and_curl(check: Check) -> None:
    console = Console(file=io.StringIO(), width=80)
    result = check(mutate=break_links, listeners=[ConsoleReport(console)])
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "✗ envelope.links (major): data.links is an object" in text
    assert "from      documented, page:70-71, page:206" in text
    assert "curl -i -X POST" in text
    assert 'Authorization: Bearer $WEMASY_API_TOKEN"' in text
    assert "only with --exhaust" in text
    assert text.rstrip().endswith(f"BROKEN: {result.reason}")


def test_the_curl_line_is_one_command_with_the_request_sent(check: Check) -> None:
    (finding,) = check(mutate=break_links).findings
    words = shlex.split(finding.curl)
    assert words[0] == "curl"
    assert json.loads(words[words.index("--data-raw") + 1])["sortKey"] == "created_at"


def test_junit_has_one_case_a_clause(check: Check, tmp_path: Path) -> None:
    path = tmp_path / "junit.xml"
    result = check(mutate=break_links, listeners=[JunitReport(path, LEDGER)])
    suite = ET.parse(path).getroot().find("testsuite")  # noqa: S314 - our own file
    assert suite is not None
    cases = suite.findall("testcase")
    names = [case.get("name", "").split(":")[0] for case in cases]
    assert sorted(names) == sorted({*result.checked, *result.unchecked})
    failed = [case.get("name", "").split(":")[0] for case in cases if case.find("failure") is not None]
    assert failed == ["envelope.links"]
    assert (suite.get("tests"), suite.get("failures")) == (str(len(cases)), "1")
    assert suite.get("skipped") == str(len(result.unchecked))


def test_junit_of_a_run_that_could_not_judge_has_an_error(check: Check, tmp_path: Path) -> None:
    path = tmp_path / "junit.xml"
    check(mutate=lambda *_: said(404, {}), listeners=[JunitReport(path, LEDGER)])
    suite = ET.parse(path).getroot().find("testsuite")  # noqa: S314 - our own file
    assert suite is not None
    assert suite.get("errors") == "1"


@pytest.mark.parametrize(
    "mutate", [None, break_links, lambda *_: said(404, {})], ids=("holds", "broken", "unreachable")
)
def test_json_keeps_its_documented_schema(check: Check, tmp_path: Path, mutate: Any) -> None:
    path = tmp_path / "report.json"
    result = check(mutate=mutate, listeners=[JsonReport(path)])
    document = json.loads(path.read_text("utf-8"))
    jsonschema_rs.validate(SCHEMA, document)
    assert document["exit_code"] == result.exit_code
    assert document["checked"] == result.checked


def test_markdown_is_a_table_of_findings_that_no_answer_can_break(check: Check, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("before\n")
    check(mutate=break_links, listeners=[MarkdownReport(path, append=True)])
    text = path.read_text("utf-8")
    assert text.startswith("before\n## Contract of mock: broken")
    (row,) = [line for line in text.splitlines() if line.startswith("| **envelope.links**")]
    assert row.replace("\\|", "").count("|") == 6
    assert "<script" not in text.replace("&lt;", "")


def test_annotations_are_workflow_commands(check: Check, capsys: Any) -> None:
    check(mutate=break_links, listeners=[Annotations()])
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("::error title=envelope.links::data.links is an object")


def test_github_gets_its_summary_and_annotations_without_a_flag(tmp_path: Path) -> None:
    environ = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
    kinds = [type(listener) for listener in report.chosen(LEDGER, environ)]
    assert kinds == [ConsoleReport, MarkdownReport, Annotations]


def test_a_report_that_cannot_be_written_is_told_before_the_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--junit"):
        report.chosen(LEDGER, {}, junit=tmp_path / "missing" / "junit.xml")
