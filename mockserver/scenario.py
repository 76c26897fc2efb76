"""Stories that a sandbox plays: readable files in `fixtures/scenarios`, or the user's own.

A file's first line is a comment that tells the story. Below stands what holds from the beginning (keys of
`controls.Change`) and under `steps` what changes after so many requests.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from mockserver.errors import ScenarioError
from mockserver.resources import fixture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockserver.controls import Change, Step
    from mockserver.sandbox import Sandbox

_FOLDER = "scenarios"


class Scenario:
    """A story: its name, what it tells, what holds from the beginning, and the steps in their order."""

    def __init__(self, name: str, story: str, opening: Change, steps: Sequence[Step]) -> None:
        self.name = name
        self.story = story
        self.opening = opening
        self.steps = tuple(sorted(steps, key=lambda step: step.after))

    def begin(self, sandbox: Sandbox) -> None:
        """Apply the opening and start counting requests."""
        self.opening.apply(sandbox)
        sandbox.play = Play(self)


class Play:
    """A scenario on its way: how many requests it has seen, and how many of its steps it has taken."""

    def __init__(self, scenario: Scenario, requests: int = 0, taken: int = 0) -> None:
        self.scenario = scenario
        self.requests = requests
        self.taken = taken

    def advance(self, sandbox: Sandbox) -> None:
        """Take the steps that are due before the next request, and count it."""
        steps = self.scenario.steps
        while self.taken < len(steps) and steps[self.taken].after <= self.requests:
            self.taken += 1
            steps[self.taken - 1].apply(sandbox)
        self.requests += 1


def names() -> list[str]:
    """The shipped scenarios."""
    return sorted(path.stem for path in fixture(_FOLDER).glob("*.yaml"))


def story(name: str) -> str:
    """What a shipped scenario tells."""
    return _story(fixture(f"{_FOLDER}/{name}.yaml").read_text(encoding="utf-8"))


def load_shipped(name: str) -> Scenario:
    """A shipped scenario by name alone: who asks over the network names no files of ours."""
    if name not in names():
        raise _unknown(name)
    return load(name)


def load(name: str) -> Scenario:
    """A shipped scenario by name or a file by path. Raises ScenarioError that names the file and the key."""
    path = fixture(f"{_FOLDER}/{name}.yaml") if name in names() else Path(name)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise _unknown(name) from None
    except (OSError, ValueError) as reason:
        raise ScenarioError(f"{path}: {reason}") from None
    return _read(path, text)


def _unknown(name: str) -> ScenarioError:
    near = get_close_matches(name, names(), n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    accepted = f"{', '.join(names())} or the path of a YAML file"
    return ScenarioError(f"there is no scenario {name!r}; accepted: {accepted}{hint}")


def _story(text: str) -> str:
    first = text.partition("\n")[0]
    return first.lstrip("# ").strip() if first.startswith("#") else ""


def _read(path: Path, text: str) -> Scenario:
    import yaml  # noqa: PLC0415 - most servers play no scenario

    from mockserver.controls import ScenarioFile, complaint  # noqa: PLC0415 - brings pydantic's models

    try:
        document = ScenarioFile.model_validate(yaml.safe_load(text) or {})
    except yaml.YAMLError as reason:
        raise ScenarioError(f"{path}: {' '.join(str(reason).split())}") from None
    except ValueError as reason:
        raise ScenarioError(f"{path}: {complaint(reason)}") from None
    return Scenario(path.stem, _story(text), document, document.steps)
