"""The two flags: no name or meaning of what they add is taken for granted, so it is learnt from the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.checks.say import demand, note
from contract.oracle import by_id
from contract.values import holds_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from contract.checks.evidence import Evidence
    from contract.model import Answer, Judgement, Query

_ADDRESSES = "include_ip_addresses"
_IRREGULAR = "check_irregular_traffic"
#: Versions such as 120.0.0.0 read like addresses.
_NO_ADDRESS = ("version", "build", "agent")


def columns(evidence: Evidence) -> Iterator[Judgement]:
    plain = [answer for answer, query in evidence.queried() if not query.flags and answer.rows]
    if not plain:
        return
    usual = _columns(plain[0])
    for answer, query in evidence.queried():
        if not query.flags or not answer.rows:
            continue
        (flag,) = query.flags
        added = _columns(answer) - usual
        clause = "flags.addresses-hidden" if flag == _ADDRESSES else "flags.irregular-hidden"
        others = [other for other, asked in evidence.queried() if other.rows and _silent(flag, asked, answer)]
        for other in others:
            shown = sorted(_columns(other) & added)
            yield demand(
                clause,
                other,
                not shown,
                f"no {', '.join(added)} without {flag}",
                f"rows with {', '.join(shown)}",
            )
        if flag == _ADDRESSES:
            yield from _addresses(answer, plain[0], added)
        elif not added:
            yield note(
                "open.irregular-traffic",
                answer,
                f"{flag} added no column; the page does not say what it does",
            )


def _silent(flag: str, asked: Query, shown: Answer) -> bool:
    """Whether a request must not see what the flag adds; what is no address the other flag may add, too."""
    return not asked.flags or (flag == _ADDRESSES and flag not in asked.flags and holds_address(shown.rows))


def _addresses(answer: Answer, before: Answer, added: frozenset[str]) -> Iterator[Judgement]:
    """Asking for addresses changes the rows; without asking, no column is one of addresses."""
    old = by_id(before.rows)
    changed = added or any(old.get(key, row) != row for key, row in by_id(answer.rows).items())
    leaking = (
        [] if changed else sorted(filter(lambda column: _of_addresses(before, column), _columns(before)))
    )
    expected = "no addresses without include_ip_addresses"
    yield demand("flags.addresses-hidden", before, not leaking, expected, f"column {', '.join(leaking)}")
    expected = "rows that show their addresses with include_ip_addresses"
    yield demand("flags.addresses-shown", answer, changed or leaking, expected, answer.rows[0])


def _of_addresses(answer: Answer, column: str) -> bool:
    values: list[Any] = [row.get(column) for row in answer.rows if row.get(column) not in (None, [])]
    return (
        bool(values) and all(map(holds_address, values)) and not any(word in column for word in _NO_ADDRESS)
    )


def _columns(answer: Answer) -> frozenset[str]:
    """Columns by name, with those of nested objects, as `outer.inner`."""
    names: set[str] = set()
    for row in answer.rows:
        names |= row.keys()
        names |= {
            f"{key}.{inner}" for key, value in row.items() if isinstance(value, dict) for inner in value
        }
    return frozenset(names)
