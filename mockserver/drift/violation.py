"""What a drift is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp

    from mockserver.drift.call import Call, Step
    from mockserver.respond import Answer

#: What must happen before a drift can be seen at all.
EXHAUST = "exhaust"  # a whole rate-limit window is spent
FORBIDDEN_TOKEN = "forbidden-token"  # noqa: S105 - a token that gets 403 is sent
GOLDEN = "golden"  # the answers are compared with rows known to be right


def _as_it_is(call: Call) -> Answer:
    return call.answer()


@dataclass(frozen=True, slots=True)
class Drift:
    """One deliberate violation of the published contract.

    `breaks` are ids of `contract/ledger.toml`; any of them may show it. `step` stands around the
    endpoint, `layer` around the whole server, for what only shows on the way. `needs` is "" or one
    of `EXHAUST`, `FORBIDDEN_TOKEN` and `GOLDEN`.
    """

    name: str
    description: str
    breaks: tuple[str, ...]
    step: Step = _as_it_is
    area: str = ""
    needs: str = ""
    layer: Callable[[ASGIApp], ASGIApp] | None = None
