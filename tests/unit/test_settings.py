"""Where a setting comes from, and what is said of a bad one."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from mockserver.errors import UsageError
from mockserver.settings import SETTINGS, Settings, resolve, unknown_variables
from mockserver.throttle import Limit

NO_FILE = Path("there-is-no-such-file.toml")


def test_the_table_of_settings_and_the_record_are_one_list() -> None:
    assert [setting.field for setting in SETTINGS] == [field.name for field in fields(Settings)]


def test_the_defaults_of_the_table_are_those_of_the_record() -> None:
    assert resolve({}, {}, NO_FILE)[0] == Settings()


def test_a_flag_beats_a_variable_beats_the_file_beats_the_default(tmp_path: Path) -> None:
    file = tmp_path / "wemasy-mock.toml"
    file.write_text('port = 1\nseed = 2\nhost = "::1"\n')
    settings, origins = resolve({"port": "3"}, {"WEMASY_MOCK_PORT": "4", "WEMASY_MOCK_SEED": "5"}, file)
    assert (settings.port, settings.seed, settings.host, settings.sessions) == (3, 5, "::1", 1000)
    assert [origins[name].place for name in ("port", "seed", "host", "sessions")] == [
        "--port",
        "WEMASY_MOCK_SEED",
        f"{file}, host",
        "default",
    ]


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("port", "70000", "a whole number from 0 to 65535"),
        ("port", "8o", "a whole number"),
        ("seed", "-1", "a whole number"),
        ("sessions", "9" * 5000, "a whole number"),
        ("as_of", "yesterday", '"now" or a moment in UTC'),
        ("rate_limit", "60", '"off" or requests/seconds'),
        ("rate_limit", "0/60", '"off" or requests/seconds'),
        ("token_pattern", "(", "a regular expression"),
        ("cors", "on", "off or laravel or dev"),
        ("host", "", "a text that is not empty"),
        ("quiet", "perhaps", "true or false"),
    ],
)
def test_a_bad_value_is_told_with_its_place_the_value_and_what_is_accepted(
    name: str, value: str, accepted: str
) -> None:
    flag = "--" + name.replace("_", "-")
    with pytest.raises(UsageError) as caught:
        resolve({name: value}, {}, NO_FILE)
    told = str(caught.value)
    assert told.startswith(f"{flag}: {value!r}")
    assert accepted in told


def test_a_rate_limit_is_requests_a_window_or_off() -> None:
    assert resolve({"rate_limit": "5/10"}, {}, NO_FILE)[0].rate_limit == Limit(5, 10)
    off = resolve({"rate_limit": "off"}, {}, NO_FILE)[0].rate_limit
    assert off is not None
    assert not off.enforced


def test_a_variable_that_means_nothing_is_met_with_the_nearest_that_does() -> None:
    assert unknown_variables({"WEMASY_MOCK_PROT": "1", "WEMASY_MOCK_URL": "x", "PATH": "y"}) == [
        "the variable WEMASY_MOCK_PROT means nothing here; did you mean WEMASY_MOCK_PORT?"
    ]


@pytest.mark.parametrize(
    ("text", "told"), [("prot = 1", "did you mean port"), ("port = [1]", "accepted"), ("port =", "Invalid")]
)
def test_a_bad_file_is_told_with_its_name(text: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "wemasy-mock.toml"
    file.write_text(text)
    with pytest.raises(UsageError) as caught:
        resolve({}, {}, file)
    assert str(file) in str(caught.value)
    assert told in str(caught.value)
