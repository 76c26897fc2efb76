"""pytest's options for the suite; they are those of `wemasy-contract check`."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from contract import ledger, spans, target
from contract.commands import LIVE_BUDGET
from contract.errors import ContractError
from contract.run import Options, check

if TYPE_CHECKING:
    from contract.model import Result


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("contract", "the contract of the sessions endpoint")
    group.addoption("--target", default="mock", help="mock, or a base URL")
    group.addoption("--live", action="store_true", help="allow a target that is not on this machine")
    group.addoption("--exhaust", action="store_true", help="also spend a whole rate-limit window")
    group.addoption("--contract-seed", type=int, default=1, help="the same seed sends the same bytes")
    group.addoption("--budget", type=int, help="requests at most")


@pytest.fixture(scope="session")
def contract_result(pytestconfig: pytest.Config) -> Result:
    """One run of the kit, shared by all clauses."""
    where, live = pytestconfig.getoption("--target"), pytestconfig.getoption("--live")
    today = datetime.now(UTC).date()
    try:
        mock = where == "mock"
        connection = target.open_mock(os.environ) if mock else target.open_url(where, os.environ, live=live)
    except ContractError as error:
        pytest.exit(f"{error}", returncode=error.exit_code)
    far = connection.target.live
    options = Options(
        window=spans.window(None, None, live=far, today=today),
        ledger=ledger.load(),
        seed=pytestconfig.getoption("--contract-seed"),
        budget=pytestconfig.getoption("--budget") or (LIVE_BUDGET if far else None),
        exhaust=pytestconfig.getoption("--exhaust"),
        today=today,
    )
    return check(connection, options)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test a clause that the kit can judge."""
    if "clause" in metafunc.fixturenames:
        entries = ledger.load().values()
        metafunc.parametrize("clause", [e.id for e in entries if e.checks and e.checks != ("note",)])
