"""A run against a variant of the benign server, in this process and without a clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from benign import App, Variant

from contract import ledger, target
from contract.model import Result
from contract.run import Options, Run
from contract.spans import PAGE_WINDOW

Check = Callable[..., Result]
LEDGER = ledger.load()


class Time:
    """Seconds that pass only when the kit waits."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def connect(app: Any, environ: dict[str, str] | None = None, *, name: str = "mock") -> target.Connection:
    time = Time()
    if isinstance(app, App):
        app.variant.now = time.now
    connection = target.open_app(app, environ or {}, name=name)
    connection.sleep, connection.now = time.sleep, time.now
    return connection


def run(
    app: Any = None, listeners: Any = (), *, name: str = "mock", environ: Any = None, **facts: Any
) -> Result:
    """Checks a variant, `run(size=3, exhaust=True)`; fields of Options are told from those of Variant."""
    known = (Options.__dataclass_fields__.keys() - {"seed"}) & facts.keys()
    options = {field: facts.pop(field) for field in known} | {"seed": facts.pop("kit_seed", 1)}
    app = app or App(Variant(**facts))
    given = Options(PAGE_WINDOW, LEDGER, **{"today": date(2026, 3, 1)} | options)
    return Run(connect(app, environ, name=name), given, listeners).drive()
