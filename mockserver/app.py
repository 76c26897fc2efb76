"""The server, put together: what it is made of, and the order in which a request meets it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware import Middleware

from mockserver import __version__, credentials, respond
from mockserver.clock import Clock
from mockserver.layers.vendor import Vendor
from mockserver.log import Log
from mockserver.profile import load as load_profile
from mockserver.routes import health, sessions
from mockserver.sandbox import Sandbox
from mockserver.sandboxes import Sandboxes
from mockserver.source import rows
from mockserver.throttle import Limit

if TYPE_CHECKING:
    from mockserver.settings import Settings


def create_app(settings: Settings, *, clock: Clock | None = None, log: Log | None = None) -> FastAPI:
    """An ASGI app that answers as `settings` say.

    Raises ProfileError or DataError for files that can't be used.
    """
    clock = clock or Clock()
    sandboxes = _sandboxes(settings, clock)
    app = FastAPI(
        title="wemasy-mock",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        # Outermost first. A request of the vendor's ends in Vendor, ours goes on to the routes.
        middleware=[
            Middleware(
                Vendor,
                endpoint=partial(sessions.answer, cors=respond.cors(settings.cors)),
                sandboxes=sandboxes,
                tokens=settings.token_pattern or credentials.ANY_TOKEN,
                log=log or Log(settings.log_format, settings.quiet),
            ),
        ],
    )
    app.include_router(health.router())
    return app


def _sandboxes(settings: Settings, clock: Clock) -> Sandboxes:
    profile = load_profile(settings.profile)
    dataset = rows(settings)
    limit = settings.rate_limit or Limit(profile.throttle.limit, profile.throttle.window_seconds)
    return Sandboxes(lambda name: Sandbox(name, profile, dataset, clock, limit), clock.machine)
