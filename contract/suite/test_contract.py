"""Every clause of the ledger, as a test that fails where the target breaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from contract.model import Verdict

if TYPE_CHECKING:
    from contract.model import Result


def test_the_run_could_judge(contract_result: Result) -> None:
    """The target was reached, and enough was seen to judge it."""
    if contract_result.verdict not in {Verdict.HOLDS, Verdict.BROKEN}:
        pytest.fail(f"{contract_result.verdict.value}: {contract_result.reason}", pytrace=False)


def test_clause(contract_result: Result, clause: str) -> None:
    """The target keeps this clause."""
    for finding in contract_result.open_findings:
        if finding.clause == clause:
            said = f"{finding.rule}\nexpected  {finding.expected}\ngot       {finding.got}\nfrom      {finding.source}"
            pytest.fail(f"{said}\n{finding.curl}", pytrace=False)
    if clause in contract_result.unchecked:
        pytest.skip(contract_result.unchecked[clause])
