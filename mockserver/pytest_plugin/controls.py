"""What a test can set in its sandbox. Every call raises ControlError, saying why, if it can't be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mockserver.faults import Kind
    from mockserver.pytest_plugin.admin import Admin

    #: A datetime, a text such as "2026-01-31 23:59:59", or seconds since 1970; UTC unless it says otherwise.
    Moment: TypeAlias = datetime | str | float


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong on the way to the client: a list, of which the first that strikes wins."""

    _admin: Admin

    def add(  # noqa: PLR0913 - a fault has many sides
        self,
        kind: Kind,
        *,
        times: int | None = None,
        after: int = 0,
        probability: float = 1.0,
        status: int = 500,
        delay_ms: int = 1000,
        page: int | Literal["last"] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> None:
        """One more fault behind the others.

        It lets `after` requests pass and strikes `times` times (None: always), only where the page and
        fields of the body are these. `status` is for the kind `status`, `delay_ms` for `delay` and `slow_body`.
        """
        fault = {
            "kind": kind,
            "times": times,
            "after": after,
            "probability": probability,
            "status": status,
            "delay_ms": delay_ms,
            "match": {"page": page, "body": body or {}},
        }
        self._admin.call("PUT", "faults", [*self._left(), fault])

    def clear(self) -> None:
        """No faults any more."""
        self._admin.call("DELETE", "faults")

    def all(self) -> list[dict[str, Any]]:
        """The faults as the admin API shows them, with how many requests each has `seen` and `struck`."""
        shown: list[dict[str, Any]] = self._admin.call("GET", "faults")
        return shown

    def _left(self) -> list[dict[str, Any]]:
        """What is left of the present faults, since a new list counts from the beginning."""
        left = self.all()
        for fault in left:
            seen, struck = fault.pop("seen"), fault.pop("struck")
            fault["after"] = max(0, fault["after"] - seen)
            if fault["times"] is not None:
                fault["times"] -= struck
        return left


@dataclass(frozen=True, slots=True)
class Clock:
    """The sandbox's time: the throttle and words like "tomorrow" go by it."""

    _admin: Admin

    def now(self) -> datetime:
        """What time it is, in UTC."""
        return datetime.fromtimestamp(self._admin.call("GET", "clock")["seconds"], UTC)

    def freeze(self, at: Moment | None = None) -> None:
        """Stand still at a moment, or where it is."""
        self._admin.call("PUT", "clock", {"mode": "frozen", "now": at})

    def run_from(self, at: Moment) -> None:
        """Run on from a moment."""
        self._admin.call("PUT", "clock", {"mode": "offset", "now": at})

    def advance(self, seconds: float) -> None:
        """Go forward at once: a window of a minute passes in no time."""
        self._admin.call("POST", "clock/advance", {"seconds": seconds})

    def run_with_machine(self) -> None:
        """Show the machine's time again."""
        self._admin.call("PUT", "clock", {"mode": "real"})


@dataclass(frozen=True, slots=True)
class Data:
    """The rows that the sandbox serves."""

    _admin: Admin

    def put(self, rows: Iterable[Mapping[str, object]]) -> None:
        """These rows and no others; `id` and `created_at` are needed, other columns may be left out."""
        self._admin.call("PUT", "data", [dict(row) for row in rows])

    def generate(
        self, *, sessions: int | None = None, seed: int | None = None, as_of: Moment | None = None
    ) -> None:
        """Generated rows; what is None is as the server was started."""
        wanted = {"sessions": sessions, "seed": seed, "as_of": as_of}
        self._admin.call("POST", "data/generate", wanted)

    def restore(self) -> None:
        """The server's own rows again."""
        self._admin.call("DELETE", "data")


@dataclass(frozen=True, slots=True)
class RateLimit:
    """The sandbox's quota."""

    _admin: Admin

    def set(self, limit: int, window_seconds: int = 60) -> None:
        """So many requests in a window from now on, and the whole of it is left."""
        self._admin.call("PUT", "rate-limit", {"limit": limit, "window_seconds": window_seconds})

    def exhaust(self) -> None:
        """Spend the window: the next request is a 429."""
        self._admin.call("POST", "rate-limit/exhaust")
