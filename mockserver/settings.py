"""What the server was told: flag, then variable, then file, then default, and which it was."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from mockserver import reading, redact
from mockserver.errors import UsageError
from mockserver.latency import parse as parse_latency
from mockserver.model import MAX_SESSIONS
from mockserver.reading import DEFAULT_AS_OF

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

    from mockserver.latency import Spread
    from mockserver.throttle import Limit

PREFIX = "WEMASY_MOCK_"
FILE = Path("wemasy-mock.toml")

#: Variables that start like a setting and are none.
OTHER_VARIABLES = ("WEMASY_MOCK_URL",)

_MAX_SEED = 2**63 - 1
_MAX_PORT = 65535
_MAX_WORKERS = 64


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set. `read` raises ValueError that says what is accepted."""

    name: str
    read: Callable[[str], object]
    default: str | None
    metavar: str
    help: str
    short: str | None = None
    #: What people may see of a value.
    show: Callable[[str], str] = str

    @property
    def flag(self) -> str:
        return f"--{self.name}"

    @property
    def field(self) -> str:
        return self.name.replace("-", "_")

    @property
    def variable(self) -> str:
        return PREFIX + self.field.upper()

    @property
    def is_switch(self) -> bool:
        return self.read is reading.truth

    @property
    def is_repeatable(self) -> bool:
        return self.read is reading.names


SETTINGS = (
    Setting("host", reading.filled, "127.0.0.1", "ADDRESS", "address to listen on"),
    Setting("port", reading.whole(0, _MAX_PORT), "8420", "PORT", "port to listen on; 0 takes a free one"),
    Setting("port-file", reading.path, None, "PATH", "write the port there once it listens"),
    Setting(
        "profile",
        reading.filled,
        "documented",
        "NAME|PATH",
        "how it answers: documented, laravel or a TOML file",
    ),
    Setting("seed", reading.whole(0, _MAX_SEED), "1", "N", "seed of the generated sessions"),
    Setting("sessions", reading.whole(0, MAX_SESSIONS), "1000", "N", "how many sessions to generate"),
    Setting("as-of", reading.moment, DEFAULT_AS_OF, "WHEN", 'when the newest one happened, in UTC; or "now"'),
    Setting("data", reading.path, None, "PATH", "rows from a .jsonl, .json or .csv file instead"),
    Setting("rate-limit", reading.rate, None, "N/SECONDS|off", "requests a window, instead of the profile's"),
    Setting("token-pattern", reading.pattern, None, "REGEX", "tokens that fully match pass, others get 401"),
    Setting(
        "latency", parse_latency, "0", "TIME", "hold answers back: 200ms, 50ms..400ms or lognormal(90,0.4)"
    ),
    Setting("scenario", reading.filled, None, "NAME|PATH", "the scenario in which every sandbox begins"),
    Setting("drift", reading.names, None, "NAME", "serve with one deliberate contract violation; repeatable"),
    Setting("workers", reading.whole(1, _MAX_WORKERS), "1", "N", "how many processes answer"),
    Setting(
        "state",
        reading.state,
        "memory",
        "URL",
        "where sandboxes live: memory, or redis://HOST:6379 for several workers or replicas",
        show=redact.url,
    ),
    Setting(
        "cors",
        reading.word("off", "laravel", "dev"),
        "laravel",
        "MODE",
        "off, laravel or dev (shows the rate headers)",
    ),
    Setting("no-admin", reading.truth, "false", "", "serve no admin API"),
    Setting(
        "admin-token",
        reading.filled,
        None,
        "TOKEN",
        "what the admin API asks for as Bearer token",
        show=redact.token,
    ),
    Setting(
        "admin-host",
        reading.names,
        None,
        "NAME",
        "a further name under which the admin API answers; repeatable",
    ),
    Setting("log-format", reading.word("text", "json"), "text", "FORM", "text or json"),
    Setting("quiet", reading.truth, "false", "", "log nothing but failures", "-q"),
    Setting("verbose", reading.truth, "false", "", "log why each answer is what it is, too", "-v"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that decides how a server answers. `as_of` is in seconds since 1970 UTC."""

    host: str = "127.0.0.1"
    port: int = 8420
    port_file: Path | None = None
    profile: str = "documented"
    seed: int = 1
    sessions: int = 1000
    as_of: int = 1_769_903_999
    data: Path | None = None
    #: None: the profile's limit.
    rate_limit: Limit | None = None
    token_pattern: re.Pattern[str] | None = None
    latency: Spread | None = None
    scenario: str | None = None
    #: Names of deliberate contract violations.
    drift: tuple[str, ...] = ()
    workers: int = 1
    #: "memory", or the URL of a Redis.
    state: str = "memory"
    cors: str = "laravel"
    no_admin: bool = False
    admin_token: str | None = None
    admin_host: tuple[str, ...] = ()
    log_format: str = "text"
    quiet: bool = False
    verbose: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a setting's value came from, and how it was written there."""

    text: str | None
    place: str


def resolve(
    flags: Mapping[str, str], environ: Mapping[str, str], file: Path = FILE
) -> tuple[Settings, dict[str, Origin]]:
    """The settings, and the origin of each by name.

    Raises UsageError, naming the place, the value and what is accepted.
    """
    written = _file(file)
    values: dict[str, object] = {}
    origins: dict[str, Origin] = {}
    for setting in SETTINGS:
        origin = _origin(setting, flags, environ, written, file)
        origins[setting.name] = origin
        if origin.text is None:
            continue
        try:
            values[setting.field] = setting.read(origin.text)
        except ValueError as accepted:
            shown = setting.show(origin.text)
            raise UsageError(f"{origin.place}: {shown!r} can't be used; accepted: {accepted}") from None
    return Settings(**values), origins  # type: ignore[arg-type]  # `read` gives the field's type


def _origin(
    setting: Setting,
    flags: Mapping[str, str],
    environ: Mapping[str, str],
    written: Mapping[str, str],
    file: Path,
) -> Origin:
    if setting.field in flags:
        return Origin(flags[setting.field], setting.flag)
    if setting.variable in environ:
        return Origin(environ[setting.variable], setting.variable)
    if setting.name in written:
        return Origin(written[setting.name], f"{file}, {setting.name}")
    return Origin(setting.default, "default")


def _file(path: Path) -> dict[str, str]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as reason:
        raise UsageError(f"{path}: {reason}") from None
    known = [setting.name for setting in SETTINGS]
    for key, value in document.items():
        if key not in known:
            raise UsageError(f"{path}: unknown setting {key!r}{_hint(key, known)}")
        if not isinstance(value, (str, int, bool)):
            raise UsageError(f"{path}: {key} = {value!r}; accepted: a text, a number, true or false")
    return {key: value if isinstance(value, str) else str(value).lower() for key, value in document.items()}


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """A sentence for each variable that looks like a setting and is none."""
    known = [*(setting.variable for setting in SETTINGS), *OTHER_VARIABLES]
    return [
        f"the variable {name} means nothing here{_hint(name, known)}"
        for name in sorted(environ)
        if name.startswith(PREFIX) and name not in known
    ]


def _hint(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""
