"""The shape of every documented answer, as `openapi.yaml` writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contract.model import Answer, Judgement


def clauses(answer: Answer) -> Iterator[Judgement]:
    if answer.case.method == "POST":
        yield from schema.load().judge(answer)
