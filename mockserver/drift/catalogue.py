"""Every drift there is, and how it gets around the endpoint."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from starlette.middleware import Middleware

from mockserver.drift import (
    auth,
    caching,
    consistent,
    counts,
    dates,
    envelope,
    filtering,
    headers,
    methods,
    options,
    pagination,
    refusals,
    rows,
    server_error,
    sorting,
    throttle,
    transport,
    urls,
    validation,
    values,
)
from mockserver.drift.call import Call, Memory
from mockserver.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockserver.credentials import Caller
    from mockserver.drift.violation import Drift
    from mockserver.layers.vendor import Endpoint
    from mockserver.request import Request
    from mockserver.respond import Answer
    from mockserver.sandbox import Sandbox

_AREAS = (
    headers,
    throttle,
    validation,
    refusals,
    server_error,
    sorting,
    dates,
    pagination,
    counts,
    urls,
    envelope,
    transport,
    rows,
    values,
    consistent,
    options,
    filtering,
    caching,
    auth,
    methods,
)

#: All drifts, area by area.
CATALOGUE: tuple[Drift, ...] = tuple(drift for area in _AREAS for drift in area.DRIFTS)

_BY_NAME = {drift.name: drift for drift in CATALOGUE}


def named(names: Sequence[str]) -> list[Drift]:
    """The drifts of these names. Raises UsageError for a name that there is not."""
    for name in names:
        if name not in _BY_NAME:
            near = get_close_matches(name, _BY_NAME, n=1)
            hint = f"did you mean {near[0]!r}?" if near else "`wemasy-mock drifts` lists them"
            raise UsageError(f"--drift: there is no drift {name!r}; {hint}")
    return [_BY_NAME[name] for name in names]


def drifted(endpoint: Endpoint, names: Sequence[str]) -> Endpoint:
    """The endpoint with these violations around it, the last one outermost. Raises UsageError."""
    for drift in named(names):
        endpoint = _around(endpoint, drift)
    return endpoint


def layers(names: Sequence[str]) -> list[Middleware]:
    """What these violations put around the whole server. Raises UsageError."""
    return [Middleware(drift.layer) for drift in named(names) if drift.layer]


def _around(endpoint: Endpoint, drift: Drift) -> Endpoint:
    memory = Memory()

    def answer(request: Request, caller: Caller, sandbox: Sandbox) -> Answer:
        memory.requests += 1
        return drift.step(Call(endpoint, request, caller, sandbox, memory))

    return answer
