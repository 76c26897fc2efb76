"""Our own API under `/__admin`. Its models cost more to build than a whole start, so its first request builds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

    from mockserver.sandboxes import Sandboxes
    from mockserver.settings import Settings


class Lazy:
    """An app that is made when it is first asked."""

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._make = make
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._app is None:
            self._app = self._make()
        await self._app(scope, receive, send)


def build(sandboxes: Sandboxes, settings: Settings) -> ASGIApp:
    """The admin API of these sandboxes."""
    from mockserver.routes.admin.api import create  # noqa: PLC0415 - see above

    return create(sandboxes, settings)
