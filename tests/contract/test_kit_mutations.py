"""Clauses are judged, not instances: mechanical mutations of a correct server's answers are caught."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mutations import HARMLESS, all_mutations

if TYPE_CHECKING:
    from runs import Check

#: A run takes a third of a second, so every ninth mutation; STRIDE = 1 takes them all.
STRIDE = 9
#: Mutations that exit 3 because nothing can be checked behind such a first answer.
AT_THE_DOOR = {f"200 as {status}" for status in (204, 302, 401, 403, 404, 503)}


def test_at_least_95_percent_of_the_breaking_mutations_are_caught(check: Check) -> None:
    breaking = [mutation for mutation in all_mutations() if mutation.name not in HARMLESS | AT_THE_DOOR]
    tried = breaking[::STRIDE]
    results = {
        m.name: check(mutate=m.apply, size=120, exhaust="429" in m.name or "error" in m.name) for m in tried
    }
    missed = sorted(name for name, result in results.items() if result.exit_code != 1)
    assert len(tried) > 30
    assert 20 * len(missed) <= len(tried), missed


def test_a_mutation_within_the_page_is_no_finding(check: Check) -> None:
    harmless = [m for m in all_mutations() if m.name in HARMLESS and not m.name.startswith("429")]
    alarms = {m.name: r.findings for m in harmless[::6] if (r := check(mutate=m.apply, size=120)).findings}
    assert len(harmless) > 20
    assert alarms == {}


def test_every_harmless_mutation_exists() -> None:
    assert {mutation.name for mutation in all_mutations()} >= HARMLESS | AT_THE_DOOR


def test_a_broken_door_is_never_a_pass(check: Check) -> None:
    for mutation in all_mutations():
        if mutation.name in AT_THE_DOOR:
            assert check(mutate=mutation.apply, size=20).exit_code == 3, mutation.name
