"""A bar on the terminal: only for work that takes long, and gone when it is over."""

from __future__ import annotations

import io
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from mockserver import progress, source
from mockserver.errors import DataError
from mockserver.generation import generate
from mockserver.settings import Settings
from mockserver.userdata import from_rows

if TYPE_CHECKING:
    from pathlib import Path


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def lines(self) -> list[str]:
        """What was shown, one text after another; the last is what stays."""
        return self.getvalue().split("\r\x1b[K")[1:]


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Stands in for stderr."""
    stream = Terminal()
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=stream))
    return stream


def test_work_of_half_a_second_shows_nothing() -> None:
    stream, watch = Terminal(), Watch()
    bar = progress.Bar("rows", 10, "sorting", stream, watch)
    for done in range(11):
        watch.seconds += 0.04
        bar(done)
    bar.close()
    assert stream.getvalue() == ""


def test_longer_work_shows_how_far_it_is_and_leaves_nothing() -> None:
    stream, watch = Terminal(), Watch()
    bar = progress.Bar("rows", 200, "sorting", stream, watch)
    for done in (20, 101, 200):
        watch.seconds += 1
        bar(done)
    bar.close()
    assert stream.lines() == [
        "rows [===                           ] 10 %",
        "rows [===============               ] 50 %",
        "rows sorting",
        "",
    ]


def test_the_bar_is_drawn_ten_times_a_second_at_most_but_the_end_is_said_at_once() -> None:
    stream, watch = Terminal(), Watch()
    bar = progress.Bar("rows", 1000, "sorting", stream, watch)
    watch.seconds += 1
    for done in range(0, 1001, 10):
        watch.seconds += 0.01
        bar(done)
    drawn = stream.lines()
    assert 9 <= len(drawn) <= 12
    assert drawn[-1] == "rows sorting"


@pytest.mark.parametrize("total", [0, 1])
def test_little_or_no_work_can_be_told_of(total: int) -> None:
    stream, watch = Terminal(), Watch()
    bar = progress.Bar("rows", total, "sorting", stream, watch)
    watch.seconds += 1
    bar(total)
    assert stream.lines() == ["rows sorting"]


def test_only_a_terminal_that_is_not_to_be_quiet_gets_a_bar(
    monkeypatch: pytest.MonkeyPatch, terminal: Terminal
) -> None:
    with progress.shown("rows", 1) as told:
        assert isinstance(told, progress.Bar)
    with progress.shown("rows", 1, quiet=True) as told:
        assert told is progress.silent
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=io.StringIO()))
    with progress.shown("rows", 1) as told:
        assert told is progress.silent
    assert terminal.getvalue() == ""


def test_an_error_takes_the_bar_away(monkeypatch: pytest.MonkeyPatch, terminal: Terminal) -> None:
    monkeypatch.setattr(progress, "_PATIENCE_SECONDS", 0)
    with pytest.raises(DataError), progress.shown("rows", 2) as told:
        from_rows([told(1)])
    assert terminal.lines() == ["rows [===============               ] 50 %", ""]


def test_counted_items_pass_unchanged_and_are_told_of_now_and_then() -> None:
    told: list[int] = []
    assert list(progress.counted(range(3000), told.append)) == list(range(3000))
    assert told == [0, 1024, 2048]


def test_generating_tells_how_many_rows_there_are() -> None:
    told: list[int] = []
    generate(1, 150_000, 1_769_903_999, told.append)
    assert told == [65_536, 131_072, 150_000]


def test_generated_rows_that_take_long_are_told_of_by_their_number(
    monkeypatch: pytest.MonkeyPatch, terminal: Terminal
) -> None:
    monkeypatch.setattr(progress, "_PATIENCE_SECONDS", 0)
    assert len(source.rows(replace(Settings(), sessions=70_000))) == 70_000
    assert terminal.lines() == [
        "70,000 rows [============================  ] 93 %",
        "70,000 rows sorting",
        "",
    ]


def test_a_file_that_takes_long_is_told_of_by_its_name(
    monkeypatch: pytest.MonkeyPatch, terminal: Terminal, tmp_path: Path
) -> None:
    monkeypatch.setattr(progress, "_PATIENCE_SECONDS", 0)
    path = tmp_path / "mine.jsonl"
    path.write_text('{"id": 1, "created_at": "2026-01-01 00:00:00"}\n')
    assert len(source.rows(replace(Settings(), data=path))) == 1
    assert set(terminal.lines()[:-1]) == {"mine.jsonl sorting"}
    assert terminal.lines()[-1] == ""
