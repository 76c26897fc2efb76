"""`wemasy-contract`: reads the command line, runs one command, returns its exit code.

Exit: 0 holds, 1 broken, 2 usage, 3 unreachable or refused, 4 inconclusive, 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from contract import commands
from contract.errors import ContractError
from contract.spans import moment_flag

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTERRUPTED = 130
_EPILOG = """\
exit codes: 0 the contract holds, 1 it is broken, 2 usage, 3 the target is unreachable or refuses the
credentials, 4 inconclusive (something was not seen, so nothing is promised), 130 interrupted

  wemasy-contract check                              the fake, in this process
  wemasy-contract check http://127.0.0.1:8420        a server on this machine
  WEMASY_API_TOKEN=… wemasy-contract check https://api.wemasy.nl --live --junit report.xml
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; usage errors exit with 2 by argparse itself."""
    if importlib.util.find_spec("schemathesis") is None:
        sys.stderr.write(
            "wemasy-contract: the contract kit is not installed: pip install 'wemasy-mock[contract]'\n"
        )
        return 2
    given = _parser().parse_args(arguments)
    try:
        return int(given.command(given, os.environ))
    except ContractError as error:
        sys.stderr.write(f"wemasy-contract: {error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - exit 1 would say that the target is broken
        # No traceback and no message: either may hold what the server sent, and so a token.
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        sys.stderr.write(f"wemasy-contract: a defect of the kit itself: {type(error).__name__} in {where}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wemasy-contract",
        description="Does a server keep the published page of the sessions endpoint?",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commanded = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _check(
        commanded.add_parser(
            "check", help="check one target", epilog=_EPILOG, formatter_class=parser.formatter_class
        )
    )
    ledger = commanded.add_parser("ledger", help="print every behaviour and where it is known from")
    ledger.set_defaults(command=commands.ledger)
    selftest = commanded.add_parser("selftest", help="check the fake plain, and once with each of its drifts")
    selftest.add_argument(
        "--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N", help="drifts at a time"
    )
    selftest.add_argument("--only", default="", metavar="TEXT", help="only drifts whose name holds TEXT")
    selftest.set_defaults(command=commands.selftest)
    return parser


def _check(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=commands.check)
    add = parser.add_argument
    add(
        "target",
        nargs="?",
        default="mock",
        metavar="TARGET",
        help="mock (the fake, in-process) or a base URL",
    )
    add("--start-date", type=moment_flag, metavar="DATE", help="first day or second to look at, UTC")
    add("--end-date", type=moment_flag, metavar="DATE", help="last day or second; default: January 2026 on this "
        "machine, the last 30 full days elsewhere")  # fmt: skip
    add(
        "--live",
        action="store_true",
        help="allow a target that is not on this machine; needs WEMASY_API_TOKEN",
    )
    add("--budget", type=_positive, metavar="N", help="requests at most (default: 55 live, else no bound)")
    add(
        "--max-wait",
        type=float,
        default=130.0,
        metavar="S",
        help="seconds to wait at most for the rate limit",
    )
    add("--level", choices=("quick", "full", "fuzz"), default="quick", help="quick: the fixed plan. full: and all "
        "phases of Schemathesis at the fake. fuzz: and its fuzzing at a URL, live within the budget")  # fmt: skip
    add("--seed", type=int, default=1, metavar="N", help="the same seed sends the same bytes (default: 1)")
    add("--exhaust", action="store_true", help="also spend a whole rate-limit window, to see the 429")
    add("--golden", type=Path, metavar="FILE", help="rows known to be right (.jsonl or .json)")
    add("--waive", type=Path, metavar="FILE", help="known drifts to tolerate (TOML: id, reason, until)")
    add("--junit", type=Path, metavar="FILE", help="write JUnit XML, one test case per clause")
    add("--json", type=Path, metavar="FILE", help="write JSON (contract/report.schema.json)")
    add("--markdown", type=Path, metavar="FILE", help="write Markdown")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is no positive number")
    return number
