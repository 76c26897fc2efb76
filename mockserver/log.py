"""One line a request on stderr, as text or JSON; a token is never whole in it."""

from __future__ import annotations

import json
import sys
import time
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from mockserver import redact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.credentials import Caller
    from mockserver.explain import Explanation
    from mockserver.request import Request
    from mockserver.respond import Answer

_LONGEST_PATH = 200


@dataclass(frozen=True, slots=True)
class Log:
    """Where lines go and how they look. `quiet` leaves only failures, `verbose` adds explanations."""

    form: str = "text"
    quiet: bool = False
    verbose: bool = False
    stream: TextIO = field(default_factory=lambda: sys.stderr)

    def exchange(self, request: Request, caller: Caller, answer: Answer, seconds: float) -> None:
        """Say what was asked and how it was answered."""
        if self.quiet:
            return
        line = {
            "time": time.strftime("%H:%M:%S"),
            "method": request.method,
            "path": _printable(request.path),
            "status": answer.status,
            "bytes": len(answer.body),
            "ms": round(seconds * 1000, 1),
            "token": redact.token(caller.token),
        }
        self._write(line, "{time} {method} {path} {status} {bytes}B {ms}ms token={token}")

    def explained(self, explanation: Explanation) -> None:
        """Say why the last answer was what it was, a line a reason."""
        for remark in explanation.remarks:
            self._write({"explanation": str(remark)}, "    {explanation}")
        if explanation.nearest_valid is not None:
            text = json.dumps(explanation.nearest_valid, ensure_ascii=False)
            self._write({"nearest_valid": text}, "    valid would be {nearest_valid}")

    def failure(self, request: Request) -> None:
        """Say that the fake itself failed, with the whole trace; it is a bug of ours."""
        line = {
            "time": time.strftime("%H:%M:%S"),
            "method": request.method,
            "path": _printable(request.path),
            "error": traceback.format_exc(),
        }
        self._write(line, "{time} {method} {path} failed, which is a bug in wemasy-mock:\n{error}")

    def trouble(self, text: str) -> None:
        """Say what users must know even of a quiet server."""
        self._write({"time": time.strftime("%H:%M:%S"), "notice": text}, "{notice}")

    def notice(self, text: str) -> None:
        """Say something about the server itself."""
        if not self.quiet:
            self.trouble(text)

    def _write(self, line: Mapping[str, object], template: str) -> None:
        text = json.dumps(line) if self.form == "json" else template.format(**line)
        self.stream.write(text + "\n")


def _printable(path: bytes) -> str:
    text = path.decode("latin-1")
    if not text.isprintable():
        text = "".join(character if character.isprintable() else "?" for character in text)
    return text if len(text) <= _LONGEST_PATH else text[:_LONGEST_PATH] + "…"
