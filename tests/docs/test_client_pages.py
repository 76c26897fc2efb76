"""The pages for clients are true: what they show runs, and what there is stands in them."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest

from mockserver.faults import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
CLIENT_PAGES = ("pytest", "python", "javascript", "php")
EXAMPLES = sorted((ROOT / "tests" / "examples").glob("test_*.py"))


def fenced(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGES[page], re.DOTALL)


@pytest.fixture
def run_snippet(wemasy_mock: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Run a script with the variables that point it at the sandbox."""

    def run(source: str) -> None:
        script = tmp_path / "snippet.py"
        script.write_text(source)
        for name, value in wemasy_mock.environ.items():
            monkeypatch.setenv(name, value)
        runpy.run_path(str(script))

    return run


@pytest.mark.parametrize(("number", "statuses"), [(0, [200]), (1, [200]), (2, [])])
def test_every_snippet_of_the_python_page_runs(
    wemasy_mock: Any, run_snippet: Callable[[str], None], number: int, statuses: list[int]
) -> None:
    snippets = fenced("python", "python")
    assert (len(snippets), "assert " in snippets[number]) == (3, True)
    run_snippet(snippets[number])
    # The last one makes a sandbox of its own.
    assert [request.status for request in wemasy_mock.requests] == statuses


def test_the_retry_of_the_python_page_outlives_two_bad_gateways(
    wemasy_mock: Any, run_snippet: Callable[[str], None]
) -> None:
    (snippet,) = [block for block in fenced("python", "python") if "Retry(" in block]
    wemasy_mock.force(502, times=2)
    run_snippet(snippet)
    assert [request.status for request in wemasy_mock.requests] == [502, 502, 200]


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node on this machine")
def test_the_javascript_page_runs(wemasy_mock_server: Any, tmp_path: Path) -> None:
    (source,) = fenced("javascript", "js")
    script = tmp_path / "sessions.test.mjs"
    script.write_text(source)
    done = subprocess.run(
        [shutil.which("node") or "", "--test", "--test-reporter=tap", script.name],
        cwd=tmp_path, env={"WEMASY_API_URL": wemasy_mock_server.url}, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert (done.returncode, "# pass 4\n# fail 0" in done.stdout) == (0, True), done.stdout


def test_the_php_page_says_that_it_is_not_run() -> None:
    assert fenced("php", "php")
    assert "no test of this repository runs it" in PAGES["php"]


def test_the_example_files_stand_in_the_page_as_they_are() -> None:
    assert len(EXAMPLES) == 3
    shown = fenced("pytest", "python")
    assert [path.name for path in EXAMPLES if path.read_text() not in shown] == []


def test_the_readme_shows_a_test_of_an_example_file() -> None:
    (shown,) = re.findall(r"```python\n(def test_.*?)```", README, re.DOTALL)
    _, _, body = shown.partition("\n")
    assert any(body in path.read_text() for path in EXAMPLES)


@pytest.mark.parametrize("fixture", ["wemasy_mock", "wemasy_mock_asgi", "wemasy_mock_server"])
def test_everything_that_a_fixture_has_stands_in_the_page(
    request: pytest.FixtureRequest, fixture: str
) -> None:
    found = request.getfixturevalue(fixture)
    names = [name for name in dir(found) if not name.startswith("_")]
    assert names
    assert [name for name in names if f".{name}" not in PAGES["pytest"]] == []


@pytest.mark.parametrize("control", ["faults", "clock", "data", "rate_limit"])
def test_every_control_stands_in_the_page(wemasy_mock: Any, control: str) -> None:
    names = [name for name in dir(getattr(wemasy_mock, control)) if not name.startswith("_")]
    assert names
    assert [name for name in names if f".{control}.{name}(" not in PAGES["pytest"]] == []


def test_everything_that_a_request_has_stands_in_the_page(wemasy_mock_asgi: Any) -> None:
    with wemasy_mock_asgi.client() as client:
        client.post("/api/services/analytics/v1/project/sessions", json={})
    (request,) = wemasy_mock_asgi.requests
    names = [name for part in (request, request.remarks[0]) for name in dir(part) if not name.startswith("_")]
    assert [name for name in names if f".{name}" not in PAGES["pytest"] and name != "of"] == []


def test_every_kind_of_fault_stands_in_the_page() -> None:
    assert [kind for kind in get_args(Kind) if kind not in PAGES["pytest"]] == []


@pytest.mark.parametrize("page", CLIENT_PAGES)
def test_every_command_shown_is_one(page: str, commands: Callable[[], str]) -> None:
    shown = {word for block in fenced(page, "sh") for word in re.findall(r"wemasy-mock (\w+)", block)}
    assert fenced(page, "sh")
    assert [word for word in shown if not re.search(rf"^    {word} ", commands(), re.MULTILINE)] == []


@pytest.fixture
def commands(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What `wemasy-mock --help` prints."""
    from mockserver.cli import main  # noqa: PLC0415 - it brings the settings with it

    def printed() -> str:
        with pytest.raises(SystemExit):
            main(["--help"])
        return capsys.readouterr().out

    return printed


@pytest.mark.parametrize("page", CLIENT_PAGES)
def test_every_file_that_a_page_links_is_there_and_the_readme_links_the_page(page: str) -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", PAGES[page])
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
    assert f"(docs/{page}.md)" in README
