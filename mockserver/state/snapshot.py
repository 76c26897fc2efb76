"""A sandbox's settings as one JSON document, and back: all that can change but quota and journal."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from mockserver import profile, scenario
from mockserver.faults import Fault, Match
from mockserver.latency import Latency, Spread
from mockserver.recipe import Arrived, Generated, Given
from mockserver.throttle import Limit

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.recipe import Step
    from mockserver.sandbox import Sandbox


def taken(sandbox: Sandbox) -> str:
    """The document. Equal documents are equal settings."""
    clock, limit, faults, play = sandbox.clock, sandbox.limit, sandbox.faults, sandbox.play
    delays = sandbox.latency
    return json.dumps(
        {
            "profile": None if sandbox.profile is sandbox.terms.profile else profile.tables(sandbox.profile),
            "limit": asdict(limit),
            "clock": [clock.offset_seconds, clock.frozen_at],
            "latency": delays and {"spread": asdict(delays.spread), "drawn": delays.drawn},
            "faults": faults
            and {
                "faults": [asdict(fault) for fault in faults.faults],
                "seen": faults.seen,
                "struck": faults.struck,
            },
            "play": play and {"name": play.scenario.name, "requests": play.requests, "taken": play.taken},
            "recipe": [_written(step) for step in sandbox.recipe],
        }
    )


def restore(sandbox: Sandbox, document: bytes, rows: Callable[[], bytes]) -> None:
    """Set in a fresh sandbox what a document says; `rows` fetches given rows."""
    kept = json.loads(document)
    if kept["profile"] is not None:
        sandbox.use_profile(profile.overlaid(sandbox.terms.profile, kept["profile"]))
    else:
        sandbox.use_profile(sandbox.terms.profile)
    sandbox.limit = Limit(**kept["limit"])
    sandbox.clock.offset_seconds, sandbox.clock.frozen_at = kept["clock"]
    sandbox.latency = kept["latency"] and Latency(
        Spread(**kept["latency"]["spread"]), sandbox.seed, kept["latency"]["drawn"]
    )
    sandbox.set_faults([_fault(fault) for fault in kept["faults"]["faults"]] if kept["faults"] else [])
    if sandbox.faults:
        sandbox.faults.seen, sandbox.faults.struck = kept["faults"]["seen"], kept["faults"]["struck"]
    sandbox.play = kept["play"] and _play(sandbox, **kept["play"])
    sandbox.use_own_rows()
    for step in kept["recipe"]:
        sandbox.use_rows(_read(step, rows))


def _fault(kept: dict[str, Any]) -> Fault:
    return Fault(**{**kept, "match": Match(**kept["match"])})


def _play(sandbox: Sandbox, name: str, requests: int, taken: int) -> scenario.Play:
    own = sandbox.terms.scenario
    return scenario.Play(own if own and own.name == name else scenario.load_shipped(name), requests, taken)


def _written(step: Step) -> list[object]:
    if isinstance(step, Generated):
        return ["generated", step.seed, step.sessions, step.as_of]
    return ["arrived", step.count] if isinstance(step, Arrived) else ["given", step.digest]


def _read(written: list[Any], rows: Callable[[], bytes]) -> Step:
    kind, *arguments = written
    if kind == "generated":
        return Generated(*arguments)
    return Arrived(*arguments) if kind == "arrived" else Given(json.loads(rows()))
