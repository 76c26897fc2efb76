"""The server, put together: what it is made of, and the order in which a request meets it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware import Middleware

from mockserver import __version__, credentials, respond, scenario
from mockserver.clock import Clock
from mockserver.layers.guard import Guard, Policy
from mockserver.layers.vendor import ADMIN, Vendor
from mockserver.log import Log
from mockserver.profile import load as load_profile
from mockserver.routes import admin, health, sessions
from mockserver.sandbox import Sandbox, Terms
from mockserver.sandboxes import Sandboxes
from mockserver.source import Source

if TYPE_CHECKING:
    from mockserver.layers.vendor import Endpoint
    from mockserver.settings import Settings


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
    sandboxes = _sandboxes(settings, clock)
    endpoint: Endpoint = partial(sessions.answer, cors=respond.cors(settings.cors))
    outermost: list[Middleware] = []
    if settings.drift:
        from mockserver import drift  # noqa: PLC0415 - a catalogue that only these servers need

        endpoint, outermost = drift.drifted(endpoint, settings.drift), drift.layers(settings.drift)
    app = FastAPI(
        title="wemasy-mock",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        # Outermost first. A request of the vendor's ends in Vendor, ours goes on to the routes.
        middleware=[
            *outermost,
            Middleware(
                Vendor,
                endpoint=endpoint,
                sandboxes=sandboxes,
                tokens=settings.token_pattern or credentials.ANY_TOKEN,
                log=log,
            ),
            Middleware(Guard, policy=policy),
        ],
    )
    app.state.sandboxes = sandboxes
    app.include_router(health.router())
    app.mount(ADMIN, admin.Lazy(lambda: admin.build(sandboxes, settings)))
    return app


def _sandboxes(settings: Settings, clock: Clock) -> Sandboxes:
    terms = Terms(
        profile=load_profile(settings.profile),
        source=Source(settings),
        limit=settings.rate_limit,
        latency=settings.latency,
        scenario=scenario.load(settings.scenario) if settings.scenario else None,
        seed=settings.seed,
    )
    return Sandboxes(lambda name: Sandbox(name, terms, clock), clock.machine)
