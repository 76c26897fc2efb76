"""What a run has gathered when its answers are compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contract.checks.say import OK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from contract.model import Answer, Query, Target
    from contract.oracle import Oracle, Row


@dataclass(frozen=True, slots=True)
class Evidence:
    """`oracle` already knows which rows moved during the run; None when it could not be built."""

    target: Target
    answers: Sequence[Answer]
    oracle: Oracle | None
    #: Rows known to be right, by id; complete from the first to the last of them.
    golden: Mapping[str, Row] = field(default_factory=dict)

    def queried(self) -> Iterator[tuple[Answer, Query]]:
        """Every 200 whose request has a meaning."""
        for answer in self.answers:
            if answer.status == OK and answer.case.query is not None:
                yield answer, answer.case.query

    def known(self) -> Iterator[tuple[Answer, Query, Oracle]]:
        """Those whose rows the oracle knows."""
        for answer, query in self.queried():
            if self.oracle and self.oracle.since < answer.number and self.oracle.knows(query):
                yield answer, query, self.oracle
