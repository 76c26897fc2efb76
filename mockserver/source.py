"""Where the rows come from: the user's own file, or the generator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.generation import generate

if TYPE_CHECKING:
    from mockserver.dataset import Dataset
    from mockserver.settings import Settings


def rows(settings: Settings) -> Dataset:
    """The rows that the settings name. Raises DataError for a file that can't be used."""
    if settings.data is None:
        return generate(settings.seed, settings.sessions, settings.as_of)
    from mockserver.userdata import load  # noqa: PLC0415 - most servers never need it

    return load(settings.data)
