"""The kit at the fake: silent where it keeps the page, exact where a profile leaves it."""

from __future__ import annotations

from typing import Any

import pytest
from runs import LEDGER

from contract import selftest, target
from contract.run import Options, check
from contract.spans import PAGE_WINDOW


def findings(**settings: Any) -> set[str]:
    options = Options(PAGE_WINDOW, LEDGER, exhaust=True)
    return {finding.clause for finding in check(target.open_mock({}, **settings), options).findings}


@pytest.mark.parametrize("sessions", [0, 1, 3, 15, 16, 50, 99, 100, 101, 350, 1000])
def test_the_fake_keeps_the_page_at_any_size(sessions: int) -> None:
    assert findings(sessions=sessions) == set()


@pytest.mark.parametrize("sessions", [101, 1000])
def test_the_laravel_profile_leaves_the_page_where_it_says_so(sessions: int) -> None:
    leaves = {"envelope.links", "error.envelope", "rate.headers-on-401"}
    assert findings(profile="laravel", sessions=sessions) == leaves


def test_a_sample_of_the_drifts_is_caught() -> None:
    names = [name for name, needs in target.drifts().items() if needs != "golden"][::40]
    assert len(names) > 5
    missed = [name for name in names if not findings(drift=(name,))]
    assert missed == []


def test_selftest_ends_with_one_line_of_figures(capsys: Any) -> None:
    assert selftest.run(jobs=1, only="links-list") == 0
    assert capsys.readouterr().out.splitlines() == ["caught 1/1, false alarms 0"]
