"""JUnit XML: one test case per clause, so that a viewer counts clauses and not requests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from contract.events import Finished
from contract.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from contract.events import Event
    from contract.ledger import Entry
    from contract.model import Finding, Result

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COULD_NOT = frozenset({Verdict.UNREACHABLE, Verdict.INCONCLUSIVE, Verdict.INTERRUPTED})


class JunitReport:
    def __init__(self, path: Path, ledger: Mapping[str, Entry]) -> None:
        self._path = path
        self._ledger = ledger

    def __call__(self, event: Event) -> None:
        if isinstance(event, Finished):
            ET.ElementTree(self._suites(event.result)).write(self._path, "utf-8", xml_declaration=True)

    def _suites(self, result: Result) -> ET.Element:
        suites = ET.Element("testsuites", name="wemasy-contract")
        suite = ET.SubElement(suites, "testsuite", name=f"contract of {_clean(result.target.name)}")
        findings = {finding.clause: finding for finding in result.findings}
        for clause in sorted({*result.checked, *result.unchecked, *findings}):
            self._case(suite, clause, findings.get(clause), result.unchecked.get(clause))
        if result.verdict in _COULD_NOT:
            case = ET.SubElement(suite, "testcase", classname="run", name=f"run: {result.verdict.value}")
            ET.SubElement(case, "error", message=_clean(result.reason), type=result.verdict.value)
        for kind in ("testcase", "failure", "error", "skipped"):
            name = {"testcase": "tests", "failure": "failures", "error": "errors"}.get(kind, kind)
            suite.set(name, str(len(suite.findall(f".//{kind}" if kind != "testcase" else kind))))
        suite.set("time", f"{result.elapsed_seconds}")
        return suites

    def _case(self, suite: ET.Element, clause: str, finding: Finding | None, unchecked: str | None) -> None:
        rule = self._ledger[clause].rule
        case = ET.SubElement(suite, "testcase", classname=clause.split(".", 1)[0], name=f"{clause}: {rule}")
        if finding is None:
            if unchecked is not None:
                ET.SubElement(case, "skipped", message=unchecked)
            return
        text = _clean(
            f"expected  {finding.expected}\ngot       {finding.got}\nfrom      {finding.source}\n"
            f"seen in   {finding.case}; requests {', '.join(map(str, finding.requests))}\n{finding.curl}"
        )
        if finding.waived:
            ET.SubElement(case, "skipped", message=_clean(f"waived: {finding.waived}"))
            ET.SubElement(case, "system-out").text = text
        else:
            message = _clean(f"expected {finding.expected}; got {finding.got}")
            ET.SubElement(case, "failure", message=message, type=finding.severity).text = text


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)
