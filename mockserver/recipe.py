"""How a sandbox's rows were made, step by step, so that another process can make the same ones."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, ClassVar, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Generated:
    """Generated rows; what is None is as the server was started."""

    adds: ClassVar = False

    seed: int | None = None
    sessions: int | None = None
    as_of: int | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """`count` new rows beside those that are there."""

    adds: ClassVar = True

    count: int


class Given:
    """These rows and no others, each a JSON object."""

    adds: ClassVar = False

    def __init__(self, rows: Sequence[object]) -> None:
        self.rows = rows

    @cached_property
    def text(self) -> str:
        """The rows as JSON."""
        return json.dumps(self.rows)

    @cached_property
    def digest(self) -> str:
        """Equal for equal texts alone."""
        return blake2b(self.text.encode(), digest_size=16).hexdigest()


Step: TypeAlias = Generated | Arrived | Given
