"""What can be set in a sandbox, as scenario files and the admin API write it; each knows how to apply itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from mockserver import faults, latency, profile, scenario, timestamp
from mockserver.errors import ProfileError
from mockserver.model import MAX_SESSIONS
from mockserver.recipe import Arrived, Generated, Given
from mockserver.throttle import Limit

if TYPE_CHECKING:
    from mockserver.sandbox import Sandbox

_LARGEST = 10**9
_LONGEST_SHOWN = 60
_MAX_ROWS = 100_000
_MAX_ARRIVALS = 1000
_A_CENTURY = 100 * 365 * timestamp.SECONDS_A_DAY
_LAST = datetime(9999, 12, 31, tzinfo=UTC).timestamp()


class Shape(BaseModel):
    """Unknown keys are errors: a typing mistake must not go unnoticed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _moment(value: object) -> object:
    """Seconds since 1970, or a date and time, UTC unless it says otherwise."""
    if not isinstance(value, str):
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(
            'use a moment such as "2026-01-31 23:59:59" (UTC), with an offset, or seconds since 1970'
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


Moment = Annotated[
    float,
    BeforeValidator(_moment, json_schema_input_type=float | str),
    Field(ge=0, le=_LAST, examples=["2026-01-31 23:59:59"]),
]


class RateLimit(Shape):
    """So many requests in a window of so many seconds; not enforced, the headers stay."""

    limit: int = Field(ge=1, le=_LARGEST, examples=[60])
    window_seconds: int = Field(default=60, ge=1, le=_LARGEST)
    enforced: bool = True

    def apply(self, sandbox: Sandbox) -> None:
        sandbox.limit = Limit(self.limit, self.window_seconds, self.enforced)


class Match(Shape):
    """Which requests a fault meets; what is left out matches all."""

    path: str | None = Field(default=None, description="The path as sent; * stands for anything.")
    method: str | None = None
    page: Annotated[int, Field(ge=1)] | Literal["last"] | None = None
    body: dict[str, Any] = Field(
        default={}, description="Fields of body or query, and the values that they must have."
    )


class Fault(Shape):
    """What goes wrong. Faults stand in a list: the first that strikes wins."""

    kind: faults.Kind
    probability: float = Field(default=1.0, ge=0, le=1)
    times: int | None = Field(default=None, ge=0, description="How often it strikes; null: always.")
    after: int = Field(default=0, ge=0, description="How many matching requests it lets pass first.")
    match: Match = Match()
    status: int = Field(default=500, ge=400, le=599, description="For the kind `status`.")
    delay_ms: int = Field(
        default=1000, ge=0, le=latency.MAX_DELAY_MS, description="For the kinds `delay` and `slow_body`."
    )

    def fact(self) -> faults.Fault:
        return faults.Fault(**{**self.model_dump(), "match": faults.Match(**self.match.model_dump())})


class Clock(Shape):
    """`real` runs with the machine, `frozen` stands at `now`, `offset` runs on from `now`; no `now`: as it is."""

    mode: Literal["real", "frozen", "offset"]
    now: Moment | None = None

    def apply(self, sandbox: Sandbox) -> None:
        clock = sandbox.clock
        now = clock.now() if self.now is None else self.now
        if self.mode == "real":
            clock.set_real()
        elif self.mode == "frozen":
            clock.freeze(now)
        else:
            clock.run_from(now)


class Advance(Shape):
    """Go forward at once."""

    seconds: float = Field(ge=0, le=_A_CENTURY, examples=[60])

    def apply(self, sandbox: Sandbox) -> None:
        sandbox.clock.advance(self.seconds)


class Generate(Shape):
    """Generated rows, a pure function of three numbers; what is left out is as the server was started."""

    seed: int | None = Field(default=None, ge=0, lt=2**63)
    sessions: int | None = Field(default=None, ge=0, le=MAX_SESSIONS)
    as_of: Moment | None = None

    def apply(self, sandbox: Sandbox) -> None:
        as_of = None if self.as_of is None else int(self.as_of)
        sandbox.use_rows(Generated(self.seed, self.sessions, as_of))


class Data(Shape):
    """Other rows: generated, given, or the present ones with some that have just arrived."""

    generate: Generate | None = None
    rows: list[dict[str, Any]] | None = Field(default=None, max_length=_MAX_ROWS)
    arrive: int = Field(default=0, ge=0, le=_MAX_ARRIVALS)

    def apply(self, sandbox: Sandbox) -> None:
        if self.generate is not None:
            self.generate.apply(sandbox)
        if self.rows is not None:
            sandbox.use_rows(Given(self.rows))
        if self.arrive:
            sandbox.use_rows(Arrived(self.arrive))


def _spread(value: object) -> object:
    """Refuses early what can't be parsed; the text stays, since it is what people read."""
    if isinstance(value, str):
        latency.parse(value)
    return value


def _tables(value: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Refuses early what no profile has, so that a scenario does not fail in the middle."""
    try:
        profile.overlaid(profile.load(profile.PRESETS[0]), value)
    except ProfileError as reason:
        raise ValueError(str(reason)) from None
    return value


class Change(Shape):
    """Any of it at once; what is left out stays."""

    profile: Annotated[dict[str, dict[str, Any]], AfterValidator(_tables)] | None = Field(
        default=None, description="Tables of a profile, laid over what is."
    )
    data: Data | None = None
    rate_limit: RateLimit | None = None
    clock: Clock | None = None
    advance: Advance | None = None
    latency: Annotated[str, BeforeValidator(_spread)] | None = None
    faults: list[Fault] | None = None

    def apply(self, sandbox: Sandbox) -> None:
        """Raises UsageError for a profile or rows that can't be used."""
        if self.profile is not None:
            sandbox.use_profile(profile.overlaid(sandbox.profile, self.profile))
        for part in (self.data, self.rate_limit, self.clock, self.advance):
            if part is not None:
                part.apply(sandbox)
        if self.latency is not None:
            sandbox.hold_back(latency.parse(self.latency))
        if self.faults is not None:
            sandbox.set_faults([fault.fact() for fault in self.faults])


class ScenarioChoice(Shape):
    """A shipped scenario."""

    name: str = Field(examples=["flaky_then_ok"])

    def play(self, sandbox: Sandbox) -> None:
        """Begin it afresh. Raises ScenarioError for a name that there is not."""
        found = scenario.load_shipped(self.name)
        sandbox.reset()
        found.begin(sandbox)


class NewSandbox(Shape):
    """What a new sandbox may begin with."""

    id: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_.-]{1,64}$")
    scenario: str | None = None

    def play(self, sandbox: Sandbox) -> None:
        """Begin its scenario, if it has one."""
        if self.scenario:
            ScenarioChoice(name=self.scenario).play(sandbox)


class Wanted(Shape):
    """Which exchanges of a journal; what is left out matches all."""

    since: int = Field(default=0, ge=0, description="Only entries with a larger id.")
    status: str | None = Field(default=None, pattern=r"^[1-5](\d\d|xx)$", description="422, or 4xx.")
    path: str | None = Field(default=None, description="The path; * stands for anything.")
    method: str | None = None


class Step(Change):
    """What changes once `after` requests have been answered."""

    after: int = Field(ge=1)


class ScenarioFile(Change):
    """A scenario as its file says it: what holds from the beginning, and the steps."""

    steps: list[Step] = []


def complaint(error: ValueError) -> str:
    """Where the first thing that can't be used stands, what it is, and why not."""
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False)[0]
    place = ".".join(map(str, first["loc"])) or "the document"
    value = repr(first["input"])
    shown = value if len(value) <= _LONGEST_SHOWN else value[:_LONGEST_SHOWN] + "…"
    return f"{place} = {shown}: {first['msg'].removeprefix('Value error, ')}"
