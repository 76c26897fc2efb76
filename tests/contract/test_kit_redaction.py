"""The token appears in nothing that leaves the kit, however a server echoes it."""

from __future__ import annotations

import base64
import html
import io
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from benign import Reply
from rich.console import Console
from runs import LEDGER, Check

from contract.redact import MASK, Redactor
from contract.report import Annotations, ConsoleReport, JsonReport, JunitReport, MarkdownReport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TOKEN = 's3cr3t/tok+en "quoted" & <x>~1234567890'
ECHOES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in capitals": str.upper,
    "as JSON": json.dumps,
    "as PHP's JSON": lambda token: json.dumps(token).replace("/", "\\/"),
    "in a URL": quote,
    "in a URL, all of it": lambda token: quote(token, safe=""),
    "in HTML": html.escape,
    "in base64": lambda token: base64.b64encode(token.encode()).decode(),
    "in base64 with its scheme": lambda token: base64.b64encode(f"Bearer {token}".encode()).decode(),
}


@pytest.mark.parametrize("echo", ECHOES)
def test_an_echoed_token_is_in_no_report(check: Check, tmp_path: Path, capsys: Any, echo: str) -> None:
    echoed = ECHOES[echo](TOKEN)

    def mutate(reply: Reply, *_: Any) -> Reply:
        body = json.loads(reply.body) | {"message": [echoed], "error": echoed, echoed: echoed}
        headers = {
            "Content-Type": f"x/{echoed}".replace("\n", ""),
            "Allow": echoed,
            "X-RateLimit-Limit": echoed,
        }
        return Reply(reply.status, json.dumps(body).encode(), headers)

    console = Console(file=io.StringIO(), width=200)
    reports = [
        ConsoleReport(console),
        JunitReport(tmp_path / "junit.xml", LEDGER),
        JsonReport(tmp_path / "report.json"),
        MarkdownReport(tmp_path / "report.md"),
        Annotations(),
    ]
    result = check(mutate=mutate, environ={"WEMASY_API_TOKEN": TOKEN}, listeners=reports, size=20)
    assert len(result.findings) > 3
    written = [path.read_text("utf-8") for path in tmp_path.iterdir()]
    written += [console.file.getvalue(), capsys.readouterr().out, repr(result)]  # type: ignore[attr-defined]
    assert len(written) == 6
    for text in written:
        assert MASK in text
        for form in (TOKEN, echoed, json.dumps(TOKEN)[1:-1], html.escape(TOKEN)):
            assert form.casefold() not in text.casefold()


def test_a_redirect_to_the_token_and_a_broken_connection_are_masked(check: Check) -> None:
    moved = Reply(302, b"", {"Location": "https://elsewhere.example/?token=abcdefgh"})
    result = check(mutate=lambda *_: moved, environ={"WEMASY_API_TOKEN": "abcdefgh"})
    assert result.exit_code == 3
    assert "abcdefgh" not in repr(result)
    assert MASK in result.reason


def test_text_that_moves_a_cursor_is_not_passed_on() -> None:
    assert Redactor(["x1y2"])("a\x1b[2Jb\ud800 x1y2") == "a\ufffd[2Jb? [token]"


def test_without_a_secret_nothing_is_masked() -> None:
    assert Redactor([])("Bearer abc") == "Bearer abc"


def test_credentials_show_no_token() -> None:
    from contract.target import Credentials  # noqa: PLC0415

    assert "hidden" not in repr(Credentials.read({"WEMASY_API_TOKEN": "hidden"}, live=False))
