"""How long an answer is held back: fixed, even between two bounds, or log-normal. Seeded."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from random import Random

#: No answer is held back longer than a minute; clients give up long before.
MAX_DELAY_MS = 60_000

ACCEPTED = "a time such as 200ms, a range such as 50ms..400ms, or lognormal(MEDIAN_MS,SIGMA)"

_NUMBER = r"([0-9]{1,6}(?:\.[0-9]{1,3})?)"
_FIXED = re.compile(rf"{_NUMBER}ms")
_RANGE = re.compile(rf"{_NUMBER}ms\.\.{_NUMBER}ms")
_LOG_NORMAL = re.compile(rf"lognormal\({_NUMBER}, ?{_NUMBER}\)")


@dataclass(frozen=True, slots=True)
class Spread:
    """From `low_ms` to `high_ms`, evenly; with a `sigma`, log-normal around the median `low_ms`."""

    low_ms: float
    high_ms: float
    sigma: float = 0.0


def parse(text: str) -> Spread | None:
    """None for `0`, `0ms` and `off`. Raises ValueError that says what is accepted."""
    if text in ("0", "off"):
        return None
    if match := _LOG_NORMAL.fullmatch(text):
        spread = Spread(float(match[1]), float(match[1]), float(match[2]))
    elif match := _RANGE.fullmatch(text):
        spread = Spread(float(match[1]), float(match[2]))
    elif match := _FIXED.fullmatch(text):
        spread = Spread(float(match[1]), float(match[1]))
    else:
        raise ValueError(ACCEPTED)
    if not spread.low_ms <= spread.high_ms <= MAX_DELAY_MS:
        raise ValueError(f"{ACCEPTED}, ascending and at most {MAX_DELAY_MS}ms")
    return spread if spread.high_ms else None


class Latency:
    """Draws delays; the same seed draws the same ones, whichever process draws them. `drawn` counts them."""

    def __init__(self, spread: Spread, seed: str, drawn: int = 0) -> None:
        self.spread = spread
        self.drawn = drawn
        self._seed = seed

    def draw_ms(self) -> float:
        spread = self.spread
        self.drawn += 1
        source = Random(f"{self._seed} {self.drawn}")  # noqa: S311 - to be repeatable is the point
        if spread.sigma:
            factor = math.exp(spread.sigma * source.gauss(0, 1))
            return min(spread.low_ms * factor, MAX_DELAY_MS)
        return source.uniform(spread.low_ms, spread.high_ms)
