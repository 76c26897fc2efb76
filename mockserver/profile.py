"""How the fake answers where the page leaves room: TOML files, presets, and `extends`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from mockserver.errors import ProfileError
from mockserver.resources import fixture
from mockserver.rules.check import Ruleset

PRESETS = ("documented", "laravel")

_LARGEST = 10**9


@dataclass(frozen=True, slots=True)
class Errors:
    envelope: str


@dataclass(frozen=True, slots=True)
class Throttle:
    limit: int
    window_seconds: int
    unauthenticated: str
    invalid: str


@dataclass(frozen=True, slots=True)
class Pagination:
    links: str
    urls: str
    default_per_page: int
    max_per_page: int


@dataclass(frozen=True, slots=True)
class Dates:
    offsets: str


@dataclass(frozen=True, slots=True)
class Flags:
    truth: str


@dataclass(frozen=True, slots=True)
class Rows:
    created_at: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One way to answer: the rules in the order of their errors, and a record for each table."""

    name: str
    rules: Ruleset
    errors: Errors
    throttle: Throttle
    pagination: Pagination
    dates: Dates
    flags: Flags
    rows: Rows


Check = Callable[[object], str | None]


def _one_of(*words: str) -> Check:
    accepted = " or ".join(f'"{word}"' for word in words)
    return lambda value: None if value in words else accepted


def _number(least: int) -> Check:
    def check(value: object) -> str | None:
        fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= _LARGEST
        return None if fits else f"a whole number from {least} to {_LARGEST}"

    return check


#: Every switch: which table, which key, and what is said of a value that is not accepted.
SWITCHES: dict[str, dict[str, Check]] = {
    "errors": {"envelope": _one_of("documented", "framework")},
    "throttle": {
        "limit": _number(1),
        "window_seconds": _number(1),
        "unauthenticated": _one_of("counted", "free"),
        "invalid": _one_of("counted", "bare"),
    },
    "pagination": {
        "links": _one_of("object", "list", "list-with-page"),
        "urls": _one_of("requested", "documented"),
        "default_per_page": _number(1),
        "max_per_page": _number(0),
    },
    "dates": {"offsets": _one_of("counted", "dropped")},
    "flags": {"truth": _one_of("words", "php")},
    "rows": {"created_at": _one_of("datetime", "iso8601")},
}


def load(name: str) -> Profile:
    """A preset by name or a profile by path. Raises ProfileError, naming file and key."""
    return build(Path(name).stem, _tables(name, Path(), ()), name)


def build(name: str, tables: Mapping[str, Mapping[str, Any]], source: str) -> Profile:
    """A profile from complete tables, as merged from a file and what it extends."""
    try:
        rules = Ruleset(tables["rules"], tables["pagination"]["max_per_page"])
    except ValueError as reason:
        raise ProfileError(f"{source}: [rules] {reason}") from None
    return Profile(
        name,
        rules,
        Errors(**tables["errors"]),
        Throttle(**tables["throttle"]),
        Pagination(**tables["pagination"]),
        Dates(**tables["dates"]),
        Flags(**tables["flags"]),
        Rows(**tables["rows"]),
    )


def tables(profile: Profile) -> dict[str, dict[str, Any]]:
    """Every table of a profile, as a file would have them."""
    return {"rules": dict(profile.rules.source)} | {
        table: asdict(getattr(profile, table)) for table in SWITCHES
    }


def overlaid(profile: Profile, overlay: Mapping[str, Mapping[str, Any]]) -> Profile:
    """The same profile with these tables laid over its own. Raises ProfileError that names the key."""
    whole = tables(profile)
    if "extends" in overlay:
        raise ProfileError("overlay: it lies over the profile that is there; leave out `extends`")
    for table, entries in overlay.items():
        _verify(Path("overlay"), table, entries)
        whole[table] = {**whole[table], **entries}
    return build(profile.name, whole, "overlay")


def _tables(name: str, beside: Path, seen: tuple[Path, ...]) -> dict[str, dict[str, Any]]:
    path = fixture(f"profiles/{name}.toml") if name in PRESETS else beside / name
    if path in seen:
        raise ProfileError(f"{path}: the profiles extend each other in a circle")
    document = _read(path, name)
    parent = document.pop("extends", None)
    if parent is None and name not in PRESETS:
        raise ProfileError(
            f'{path}: it says nothing of `extends`; accepted: "documented", "laravel" or a path'
        )
    if parent is not None and not isinstance(parent, str):
        raise ProfileError(f"{path}: extends = {parent!r}; accepted: a preset's name or a path")
    merged = _tables(parent, path.parent, (*seen, path)) if parent else {}
    for table, entries in document.items():
        _verify(path, table, entries)
        merged[table] = {**merged.get(table, {}), **entries}
    return merged


def _read(path: Path, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        near = get_close_matches(name, PRESETS, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ProfileError(
            f"there is no profile {name!r}; accepted: {', '.join(PRESETS)} or the path of a TOML file{hint}"
        ) from None
    except (OSError, ValueError) as reason:
        raise ProfileError(f"{path}: {reason}") from None


def _verify(path: Path, table: str, entries: object) -> None:
    known = ["extends", "rules", *SWITCHES]
    if table not in known:
        raise ProfileError(f"{_place(path, table)}: unknown key {table!r}; accepted: {', '.join(known)}")
    if not isinstance(entries, dict):
        raise ProfileError(f"{_place(path, table)}: {table} = {entries!r} must be a table, [{table}]")
    for key, value in entries.items():
        if table == "rules":
            accepted = None if isinstance(value, str) else 'rules as text, such as "required|date"'
        elif key not in SWITCHES[table]:
            names = ", ".join(SWITCHES[table])
            raise ProfileError(f"{_place(path, key)}: unknown key {key!r} in [{table}]; accepted: {names}")
        else:
            accepted = SWITCHES[table][key](value)
        if accepted:
            raise ProfileError(f"{_place(path, key)}: [{table}] {key} = {value!r}; accepted: {accepted}")


def _place(path: Path, key: str) -> str:
    """The file and the first line that mentions the key; TOML's reader keeps no lines."""
    if not path.is_file():
        return str(path)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if key in line:
            return f"{path}:{number}"
    return str(path)
