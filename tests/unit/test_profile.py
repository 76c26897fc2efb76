"""Profiles: presets, files, `extends`, and what is said of a bad one."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from mockserver.errors import ProfileError
from mockserver.profile import PRESETS, SWITCHES, load
from mockserver.resources import fixture

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_sets_every_switch(name: str) -> None:
    document = tomllib.loads(fixture(f"profiles/{name}.toml").read_text())
    assert {table: set(keys) for table, keys in SWITCHES.items()} == {
        table: set(entries) for table, entries in document.items() if table != "rules"
    }
    assert load(name).name == name


def test_a_file_changes_what_it_names_and_keeps_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('extends = "laravel"\n[rules]\nper_page = "integer"\n[pagination]\nlinks = "list"\n')
    mine = load(str(path))
    assert (mine.name, mine.pagination.links, mine.errors.envelope) == ("mine", "list", "framework")
    assert list(mine.rules.source)[-2:] == ["filters", "per_page"]


def test_a_file_may_extend_a_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text('extends = "documented"\n[throttle]\nlimit = 5\n')
    (tmp_path / "mine.toml").write_text('extends = "base.toml"\n[flags]\ntruth = "php"\n')
    mine = load(str(tmp_path / "mine.toml"))
    assert (mine.throttle.limit, mine.flags.truth) == (5, "php")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[rules]\nx = ""\n', "extends"),
        ('extends = "nowhere.toml"\n', "nowhere.toml"),
        ('extends = "mine.toml"\n', "circle"),
        ("extends = 5\n", "extends = 5"),
        ('extends = "documented"\n\n[error]\n', "mine.toml:3: unknown key 'error'"),
        (
            'extends = "documented"\n[errors]\nenvelop = "x"\n',
            "mine.toml:3: unknown key 'envelop' in [errors]; accepted: envelope",
        ),
        ('extends = "documented"\n[errors]\nenvelope = "x"\n', '"documented" or "framework"'),
        ('extends = "documented"\n[throttle]\nlimit = 0\n', "a whole number from 1"),
        ('extends = "documented"\n[throttle]\nlimit = true\n', "a whole number from 1"),
        ('extends = "documented"\n[rules]\nper_page = "integr"\n', "per_page: there is no rule 'integr'"),
        ('extends = "documented"\n[rules]\nper_page = 5\n', "rules as text"),
        ('extends = "documented"\npagination = 5\n', "must be a table"),
        ("extends = \n", "mine.toml"),
    ],
)
def test_a_bad_profile_is_told_with_its_place_and_what_is_accepted(
    text: str, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(ProfileError) as caught:
        load(str(path))
    assert told in str(caught.value)


def test_a_misspelt_preset_is_met_with_the_right_one() -> None:
    with pytest.raises(ProfileError, match="did you mean 'laravel'"):
        load("laravell")
