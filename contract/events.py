"""What a run tells its listeners. Every text in an event is redacted before it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contract.model import Result, Target, Window


@dataclass(frozen=True, slots=True)
class Started:
    target: Target
    window: Window
    seed: int
    #: Requests that will be sent if the target is in order.
    planned: int


@dataclass(frozen=True, slots=True)
class Answered:
    number: int
    case: str
    status: int
    elapsed_ms: float
    #: Ids of the clauses that this answer alone breaks.
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    seconds: float
    why: str


@dataclass(frozen=True, slots=True)
class Finished:
    result: Result


Event = Started | Answered | Waiting | Finished
Listener = Callable[[Event], None]
