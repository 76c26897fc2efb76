"""Rows known to be right: they alone show data that is wrong but consistent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.checks.say import demand
from contract.oracle import by_id
from contract.values import moment, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from contract.checks.evidence import Evidence
    from contract.model import Judgement
    from contract.oracle import Row


def rows(evidence: Evidence) -> Iterator[Judgement]:
    """Every row that came shows the known values; in the focus none is missing and none is foreign."""
    golden = evidence.golden
    times = [time for row in golden.values() if (time := moment(row.get("created_at")))]
    if not times or evidence.oracle is None:
        return
    first, last, focus = min(times), max(times), evidence.oracle.focus
    for answer, _ in evidence.queried():
        for key, row in by_id(answer.rows).items():
            created = moment(row.get("created_at"))
            if key in golden:
                expected = f"the known row {shown(golden[key])}"
                yield demand("golden.values", answer, _agree(golden[key], row), expected, row)
            elif created and first <= created <= last:
                yield demand("golden.no-foreign", answer, fine=False, expected="only known rows", got=row)
            else:
                continue
            yield demand("golden.no-foreign", answer, key in golden, "only known rows", row)
    inside = {
        key: row for key, row in golden.items() if (time := moment(row["created_at"])) and time in focus
    }
    missing = [row for key, row in inside.items() if key not in evidence.oracle.rows]
    yield demand(
        "golden.complete",
        evidence.answers[0],
        not missing,
        "every known row",
        f"{shown(missing[:1])} is missing",
    )


def _agree(known: Row, seen: Mapping[str, Any]) -> bool:
    return all(_value(known[column]) == _value(seen[column]) for column in known.keys() & seen.keys())


def _value(value: Any) -> Any:  # noqa: ANN401 - any JSON
    return moment(value) or value
