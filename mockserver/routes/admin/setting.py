"""What can be set in a sandbox: GET shows it, PUT replaces it, DELETE brings back the server's own."""

# Annotations are not deferred here, since FastAPI reads them.

from typing import Any

from fastapi import APIRouter

from mockserver import profile as profiles
from mockserver import scenario, timestamp
from mockserver.controls import Advance, Clock, Fault, Generate, RateLimit, ScenarioChoice
from mockserver.recipe import Given
from mockserver.routes.admin.access import Tenant
from mockserver.routes.admin.models import (
    ClockShown,
    DataShown,
    FaultShown,
    ProfileShown,
    RateLimitShown,
    ScenarioShown,
    WindowShown,
)

router = APIRouter()

_FEW = 50


@router.get("/rate-limit", tags=["rate limit"])
async def rate_limit(sandbox: Tenant) -> RateLimitShown:
    """The limit, and how much of it each token has left."""
    limit, now = sandbox.limit, sandbox.clock.now()
    windows = [
        WindowShown(
            token=key,
            used=window.used,
            remaining=max(0, limit.requests - window.used),
            resets_in_seconds=round(window.opened_at + limit.window_seconds - now, 3),
        )
        for key, window in sandbox.windows()
    ]
    return RateLimitShown(
        limit=limit.requests, window_seconds=limit.window_seconds, enforced=limit.enforced, windows=windows
    )


@router.put("/rate-limit", tags=["rate limit"])
async def set_rate_limit(wanted: RateLimit, sandbox: Tenant) -> RateLimitShown:
    """Another limit from now on, and a whole quota for every token."""
    wanted.apply(sandbox)
    sandbox.clear_windows()
    return await rate_limit(sandbox)


@router.post("/rate-limit/exhaust", status_code=204, tags=["rate limit"])
async def exhaust(sandbox: Tenant) -> None:
    """Spend the window of every token of the sandbox: the next request is a 429."""
    sandbox.exhaust()


@router.get("/faults", tags=["faults"])
async def faults(sandbox: Tenant) -> list[FaultShown]:
    """The faults, how many requests each has seen, and how often it struck."""
    return FaultShown.all_of(sandbox.faults)


@router.put("/faults", tags=["faults"])
async def set_faults(wanted: list[Fault], sandbox: Tenant) -> list[FaultShown]:
    """These faults and no others; the first that strikes wins."""
    sandbox.set_faults([fault.fact() for fault in wanted])
    return await faults(sandbox)


@router.delete("/faults", status_code=204, tags=["faults"])
async def clear_faults(sandbox: Tenant) -> None:
    """No faults."""
    sandbox.set_faults([])


@router.get("/clock", tags=["clock"])
async def clock(sandbox: Tenant) -> ClockShown:
    """What time it is; the throttle and words like "tomorrow" go by it."""
    return ClockShown.of(sandbox.clock)


@router.put("/clock", tags=["clock"])
async def set_clock(wanted: Clock, sandbox: Tenant) -> ClockShown:
    """Stand still, run from another moment, or run with the machine."""
    wanted.apply(sandbox)
    return ClockShown.of(sandbox.clock)


@router.post("/clock/advance", tags=["clock"])
async def advance(wanted: Advance, sandbox: Tenant) -> ClockShown:
    """Go forward at once."""
    wanted.apply(sandbox)
    return ClockShown.of(sandbox.clock)


@router.get("/scenario", tags=["scenario"])
async def playing(sandbox: Tenant) -> ScenarioShown:
    """What the sandbox plays, and what there is to play."""
    play = sandbox.play
    return ScenarioShown(
        name=play.scenario.name if play else None,
        story=play.scenario.story if play else None,
        requests=play.requests if play else 0,
        available={name: scenario.story(name) for name in scenario.names()},
    )


@router.put("/scenario", tags=["scenario"])
async def play(wanted: ScenarioChoice, sandbox: Tenant) -> ScenarioShown:
    """Reset the sandbox and begin a scenario."""
    wanted.play(sandbox)
    return await playing(sandbox)


@router.delete("/scenario", status_code=204, tags=["scenario"])
async def stop_scenario(sandbox: Tenant) -> None:
    """Play nothing; what the scenario has set goes with it, the journal stays."""
    sandbox.stop_playing()


@router.get("/data", tags=["data"])
async def data(sandbox: Tenant) -> DataShown:
    """The rows in short."""
    dataset = sandbox.dataset
    ends = [timestamp.plain(int(dataset.created[end])) for end in (0, -1)] if len(dataset) else [None, None]
    few = {name: list(coded.values) for name, coded in dataset.text.items() if len(coded.values) <= _FEW}
    return DataShown(rows=len(dataset), first=ends[0], last=ends[1], columns=few)


@router.put("/data", tags=["data"])
async def set_data(rows: list[dict[str, Any]], sandbox: Tenant) -> DataShown:
    """These rows and no others."""
    sandbox.use_rows(Given(rows))
    return await data(sandbox)


@router.post("/data/generate", tags=["data"])
async def generate(wanted: Generate, sandbox: Tenant) -> DataShown:
    """Generated rows; what is left out is as the server was started."""
    wanted.apply(sandbox)
    return await data(sandbox)


@router.delete("/data", status_code=204, tags=["data"])
async def restore_data(sandbox: Tenant) -> None:
    """The server's own rows again."""
    sandbox.use_own_rows()


@router.get("/profile", tags=["profile"])
async def profile(sandbox: Tenant) -> ProfileShown:
    """Every switch of the sandbox's profile."""
    now = sandbox.profile
    return ProfileShown(name=now.name, tables=profiles.tables(now))


@router.put("/profile", tags=["profile"])
async def overlay(tables: dict[str, dict[str, Any]], sandbox: Tenant) -> ProfileShown:
    """Tables as in a profile file, laid over the server's own profile."""
    sandbox.use_profile(profiles.overlaid(sandbox.terms.profile, tables))
    return await profile(sandbox)


@router.delete("/profile", status_code=204, tags=["profile"])
async def restore_profile(sandbox: Tenant) -> None:
    """The server's own profile again."""
    sandbox.use_profile(sandbox.terms.profile)
