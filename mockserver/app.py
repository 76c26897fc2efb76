"""The server, put together: what it is made of, and the order in which a request meets it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware import Middleware

from mockserver import __version__, credentials, respond, scenario, state
from mockserver.clock import Clock
from mockserver.layers.guard import Guard, Policy
from mockserver.layers.vendor import ADMIN, Vendor
from mockserver.log import Log
from mockserver.profile import load as load_profile
from mockserver.routes import admin, health, sessions
from mockserver.sandbox import Terms
from mockserver.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import ASGIApp, Receive, Scope, Send

    from mockserver.layers.vendor import Endpoint
    from mockserver.settings import Settings


class Surrounded(FastAPI):
    """FastAPI with layers around it instead of inside: its own call costs as much as a third of the vendor's answer."""

    def surround(self, layers: Sequence[Middleware]) -> None:
        """Put these around it, the outermost first."""
        app: ASGIApp = super().__call__
        for layer in reversed(layers):
            app = layer.cls(app, *layer.args, **layer.kwargs)
        self._outermost = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._outermost(scope, receive, send)


def create_app(settings: Settings, *, clock: Clock | None = None, log: Log | None = None) -> FastAPI:
    """An ASGI app that answers as `settings` say.

    Raises ProfileError, DataError or ScenarioError for files that can't be used, UsageError for a drift that
    there is not.
    """
    clock = clock or Clock()
    log = log or Log(settings.log_format, settings.quiet, settings.verbose)
    policy = Policy.of(settings)
    if policy.notice:
        log.notice(policy.notice)
    terms = _terms(settings)
    sandboxes = state.opened(settings.state, terms, clock, log)
    cors = respond.cors(settings.cors)
    endpoint: Endpoint = partial(sessions.answer, cors=cors)
    outermost: list[Middleware] = []
    if settings.drift:
        from mockserver import drift  # noqa: PLC0415 - a catalogue that only these servers need

        endpoint, outermost = drift.drifted(endpoint, settings.drift), drift.layers(settings.drift)
    app = Surrounded(
        title="wemasy-mock",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        middleware=[Middleware(Guard, policy=policy)],
    )
    app.state.sandboxes = sandboxes
    app.include_router(health.router(sandboxes.check))
    app.mount(ADMIN, admin.Lazy(lambda: admin.build(sandboxes, settings)))
    layers = [
        # Outermost first. A request of the vendor's ends in Vendor, ours goes on to FastAPI.
        *outermost,
        Middleware(
            Vendor,
            endpoint=endpoint,
            sandboxes=sandboxes,
            tokens=settings.token_pattern or credentials.ANY_TOKEN,
            lost=respond.error(503, respond.message_of(503), terms.profile.errors.envelope, cors),
            log=log,
        ),
    ]
    app.surround(layers)
    return app


def _terms(settings: Settings) -> Terms:
    return Terms(
        profile=load_profile(settings.profile),
        source=Source(settings),
        limit=settings.rate_limit,
        latency=settings.latency,
        scenario=scenario.load(settings.scenario) if settings.scenario else None,
        seed=settings.seed,
    )
