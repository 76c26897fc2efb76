"""The sandbox of one test: where its client goes, what it did, and what may happen to it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, Self

from mockserver.pytest_plugin import journal
from mockserver.pytest_plugin.admin import ControlError
from mockserver.pytest_plugin.controls import Clock, Data, Faults, RateLimit
from mockserver.pytest_plugin.journal import Recorded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.pytest_plugin.admin import Admin

_ALL = 1000


class Sandbox:
    """A tenant of the fake, found by its `token`; leaving its `with` block drops it.

    Every control raises ControlError, saying why and what to do, if the server can't do it.
    """

    def __init__(self, server: Admin, url: str) -> None:
        """A fresh one of the server at `url`."""
        made = server.call("POST", "sandboxes", {})
        self.id: str = made["id"]
        self.token: str = made["token"]
        self.url = url
        self._server = server
        self._admin = replace(server, sandbox=self.id)
        self.faults = Faults(self._admin)
        self.clock = Clock(self._admin)
        self.data = Data(self._admin)
        self.rate_limit = RateLimit(self._admin)

    def __repr__(self) -> str:
        return f"<sandbox {self.id} at {self.url}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # It may be gone already: with its server after Ctrl-C, or by itself after a long look with a debugger.
        with suppress(ControlError):
            self._server.call("DELETE", f"sandboxes/{self.id}")

    @property
    def environ(self) -> dict[str, str]:
        """The variables that point a program here, as `wemasy-mock exec` and `env` set them."""
        return {"WEMASY_API_URL": self.url, "WEMASY_API_TOKEN": self.token}

    @property
    def requests(self) -> list[Recorded]:
        """The newest thousand exchanges, oldest first."""
        return [Recorded.of(entry) for entry in self._admin.call("GET", f"requests?limit={_ALL}")]

    def wait_for_requests(self, count: int = 1, timeout_seconds: float = 10.0) -> list[Recorded]:
        """All exchanges as soon as there are `count`. Raises ControlError if that takes too long."""
        found = self._admin.call("GET", f"requests/wait?count={count}&timeout={timeout_seconds}")
        return [Recorded.of(entry) for entry in found]

    def journal(self) -> str:
        """The exchanges and their explanations, as a failing test shows them."""
        try:
            return journal.report(self.requests)
        except ControlError as reason:
            return f"the journal can't be read: {reason}"

    def force(
        self,
        status: int,
        *,
        times: int | None = 1,
        after: int = 0,
        page: int | Literal["last"] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> None:
        """Answer the next `times` requests (None: all) that match with this status, behind `after` others.

        The answer has the headers that an honest one of that status would have.
        """
        self.faults.add("status", status=status, times=times, after=after, page=page, body=body)

    def scenario(self, name: str) -> None:
        """Begin afresh in a shipped scenario; `wemasy-mock scenarios` lists them."""
        self._admin.call("PUT", "scenario", {"name": name})

    def profile(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        """Lay tables as in a profile file over the server's own profile."""
        self._admin.call("PUT", "profile", {name: dict(table) for name, table in tables.items()})

    def reset(self) -> None:
        """Back to how it began, with an empty journal."""
        self._admin.call("POST", "reset")
