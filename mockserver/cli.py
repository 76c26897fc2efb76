"""`wemasy-mock`: one command a function; each imports only what it needs."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from mockserver import __version__
from mockserver.errors import MockError
from mockserver.settings import SETTINGS, Setting, resolve, unknown_variables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockserver.settings import Settings

_OURS = {"command", "run", "wait", "timeout", "program", "format"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 done, 2 not usable, 3 port busy, or what the command says."""
    options = vars(_parser().parse_args(arguments))
    flags = {
        name: ",".join(value) if isinstance(value, list) else value
        for name, value in options.items()
        if name not in _OURS
    }
    for sentence in unknown_variables(os.environ):
        sys.stderr.write(f"wemasy-mock: warning: {sentence}\n")
    try:
        settings, _ = resolve(flags, os.environ)
        code = options["run"](settings, options, flags)
    except MockError as error:
        sys.stderr.write(f"wemasy-mock: {error}\n")
        code = error.exit_code
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    raise SystemExit(code)


def _serve(settings: Settings, _options: dict[str, object], _flags: dict[str, str]) -> int:
    from mockserver.serve import serve  # noqa: PLC0415 - brings FastAPI and uvicorn

    serve(settings)
    return 0


def _ready(settings: Settings, options: dict[str, object], _flags: dict[str, str]) -> int:
    from mockserver.probe import probe  # noqa: PLC0415 - each command pays for its own imports

    return probe(settings, wait=bool(options["wait"]), timeout_seconds=float(str(options["timeout"])))


def _exec(_settings: Settings, options: dict[str, object], flags: dict[str, str]) -> int:
    from mockserver.companion import run_beside  # noqa: PLC0415

    program = options["program"]
    return run_beside([str(word) for word in program], flags) if isinstance(program, list) else 2


def _rows(settings: Settings, options: dict[str, object], _flags: dict[str, str]) -> int:
    from mockserver.listing import write_rows  # noqa: PLC0415

    write_rows(settings, str(options["format"]), sys.stdout)
    return 0


def _profiles(_settings: Settings, _options: dict[str, object], _flags: dict[str, str]) -> int:
    from mockserver.listing import write_profiles  # noqa: PLC0415

    write_profiles(sys.stdout)
    return 0


def _drifts(_settings: Settings, options: dict[str, object], _flags: dict[str, str]) -> int:
    from mockserver.listing import write_drifts  # noqa: PLC0415

    write_drifts(str(options["format"]), sys.stdout)
    return 0


def _scenarios(_settings: Settings, _options: dict[str, object], _flags: dict[str, str]) -> int:
    from mockserver.listing import write_scenarios  # noqa: PLC0415

    write_scenarios(sys.stdout)
    return 0


def _env(settings: Settings, _options: dict[str, object], _flags: dict[str, str]) -> int:
    from mockserver.environment import write_environment  # noqa: PLC0415

    write_environment(settings, sys.stdout)
    return 0


def _config(_settings: Settings, _options: dict[str, object], flags: dict[str, str]) -> int:
    from mockserver.listing import write_settings  # noqa: PLC0415

    write_settings(resolve(flags, os.environ)[1], sys.stdout)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wemasy-mock",
        description="A local fake of the Wemasy analytics sessions API.",
        epilog="Each flag has a variable, WEMASY_MOCK_<FLAG>, and a key in ./wemasy-mock.toml; see `config`.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"wemasy-mock {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str, names: Sequence[str] = ()) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        sub.set_defaults(run=run)
        for setting in SETTINGS:
            if not names or setting.name in names:
                _add(sub, setting)
        return sub

    command("serve", _serve, "Start the fake.")
    ready = command(
        "ready", _ready, "Ask whether the fake answers: exit 0 if it does, 1 if not.", ("host", "port")
    )
    ready.add_argument("--wait", action="store_true", help="ask until it does, or until the timeout")
    ready.add_argument("--timeout", type=float, default=10.0, metavar="SECONDS", help="how long to wait (10)")
    beside = command(
        "exec", _exec, "Start the fake on a free port, run a program beside it, return its exit code."
    )
    beside.add_argument("program", nargs=argparse.REMAINDER, metavar="-- PROGRAM …", help="what to run")
    rows = command("rows", _rows, "Print the rows it serves.", ("seed", "sessions", "as-of", "data"))
    rows.add_argument("--format", choices=("jsonl", "csv"), default="jsonl", help="jsonl or csv (jsonl)")
    command("profiles", _profiles, "List the shipped profiles.", ("profile",))
    drifts = command("drifts", _drifts, "List the contract violations that --drift can serve.", ("drift",))
    drifts.add_argument("--format", choices=("text", "json"), default="text", help="text or json (text)")
    command("scenarios", _scenarios, "List the shipped scenarios.", ("scenario",))
    command(
        "env",
        _env,
        "Make a sandbox in a running fake and print the variables that point there.",
        ("host", "port", "admin-token"),
    )
    command("config", _config, "Show every setting and where it came from.")
    return parser


def _add(parser: argparse.ArgumentParser, setting: Setting) -> None:
    names = [setting.flag] if setting.short is None else [setting.short, setting.flag]
    text = (
        setting.help
        if setting.default is None or setting.is_switch
        else f"{setting.help} ({setting.default})"
    )
    text = text.replace("%", "%%")
    if setting.is_switch:
        parser.add_argument(
            *names,
            dest=setting.field,
            action="store_const",
            const="true",
            default=argparse.SUPPRESS,
            help=text,
        )
        return
    parser.add_argument(
        *names,
        dest=setting.field,
        action="append" if setting.is_repeatable else "store",
        metavar=setting.metavar,
        default=argparse.SUPPRESS,
        help=text,
    )
