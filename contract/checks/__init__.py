"""The judges: pure functions from answers to judgements, each named by its ledger id.

`PASSIVE` judge one answer by itself and by its request; `RELATIONAL` compare the answers of a run. A judge that
sees nothing relevant says nothing, so what was never judged is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.checks import (
    envelope,
    flags,
    known,
    pages,
    rates,
    refusals,
    relations,
    rows,
    transport,
    urls,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from contract.checks.evidence import Evidence
    from contract.model import Answer, Judgement

PASSIVE: tuple[Callable[[Answer], Iterator[Judgement]], ...] = (
    transport.delivery,
    transport.media,
    transport.status,
    envelope.clauses,
    refusals.fields,
    refusals.methods,
    pages.arithmetic,
    urls.pages,
    rows.columns,
    rows.selection,
    rows.order,
    rates.throttled,
)
RELATIONAL: tuple[Callable[[Evidence], Iterator[Judgement]], ...] = (
    relations.sets,
    relations.totals,
    relations.halves,
    relations.ranks,
    relations.walks,
    relations.constancy,
    flags.columns,
    rates.remaining,
    rates.enforced,
    known.rows,
)
