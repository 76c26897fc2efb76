"""How many requests, and when: the budget is hard, and the rate limit is never run into."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contract.model import Auth

if TYPE_CHECKING:
    from contract.model import Answer

WINDOW_SECONDS = 60
#: A second more than the server's window, since its clock and ours differ.
_SLACK_SECONDS = 1
#: What is left of a live account's window for its owner.
LIVE_RESERVE = 2


class OutOfBudgetError(Exception):
    """The next request must not be sent; the text says why."""


@dataclass(slots=True)
class Pace:
    """Counts every request, and reads what the server says is left before the next one.

    `reserve` is how many requests of a window stay unspent; None does not look at the headers at all.
    """

    budget: int | None = None
    reserve: int | None = 0
    max_wait_seconds: float = 130
    sent: int = 0
    _left: int | None = None
    _opened: float | None = None
    _waited: float = 0

    def claim(self) -> None:
        """One request more. Raises OutOfBudgetError when the budget has no room for it."""
        if self.budget is not None and self.sent >= self.budget:
            raise OutOfBudgetError(f"the budget of {self.budget} requests ran out")
        self.sent += 1

    def pause(self, now: float) -> float:
        """Seconds to wait before the next request. Raises OutOfBudgetError when that is too long."""
        if self.reserve is None or self._left is None or self._opened is None or self._left > self.reserve:
            return 0
        return self._grant(self._opened + WINDOW_SECONDS + _SLACK_SECONDS - now)

    def refused(self, answer: Answer) -> float:
        """Seconds to wait after a 429. Raises OutOfBudgetError when that is too long."""
        text = answer.headers.get("retry-after", "")
        return self._grant(
            int(text) + _SLACK_SECONDS if re.fullmatch(r"[0-9]{1,6}", text) else WINDOW_SECONDS
        )

    def seen(self, answer: Answer) -> None:
        """Reads the rate headers of an answer to the main token."""
        text = answer.headers.get("x-ratelimit-remaining", "")
        if answer.case.auth is not Auth.VALID or not re.fullmatch(r"[0-9]{1,9}", text):
            return
        left = int(text)
        if self._left is None or left > self._left:
            self._opened = answer.at_seconds
        self._left = left

    def _grant(self, seconds: float) -> float:
        seconds = max(0, math.ceil(seconds))
        self._left = None
        self._waited += seconds
        if self._waited > self.max_wait_seconds:
            raise OutOfBudgetError(
                "the rate-limit window is spent, and waiting longer was not allowed (--max-wait)"
            )
        return seconds
