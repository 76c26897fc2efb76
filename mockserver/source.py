"""Where the rows come from: the user's own file, the generator, or a sandbox's own wishes."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import file_digest
from typing import TYPE_CHECKING

from mockserver import progress
from mockserver.generation import generate
from mockserver.recipe import Arrived, Generated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockserver.dataset import Dataset
    from mockserver.recipe import Step
    from mockserver.settings import Settings

#: So many generated datasets are kept, so that sandboxes that ask for the same rows share them.
_KEPT = 4


class Source:
    """The rows of one server, and what sandboxes may have instead."""

    def __init__(self, settings: Settings) -> None:
        """Raises DataError for a file that can't be used."""
        self.seed = settings.seed
        self.sessions = settings.sessions
        self.as_of = settings.as_of
        self._data = settings.data
        self._kept: OrderedDict[tuple[int, int, int], Dataset] = OrderedDict()
        self.rows = rows(settings)
        if settings.data is None:
            self._kept[self.seed, self.sessions, self.as_of] = self.rows

    @property
    def origin(self) -> tuple[object, ...]:
        """Equal for servers that begin with the same rows."""
        if self._data is None:
            return (self.seed, self.sessions, self.as_of)
        with self._data.open("rb") as file:
            return (self.seed, self.sessions, self.as_of, file_digest(file, "sha256").hexdigest())

    def made(self, step: Step, before: Dataset) -> Dataset:
        """What a step makes of the rows before it. Raises UsageError for what no rows can be made of."""
        if isinstance(step, Generated):
            return self.generated(step.seed, step.sessions, step.as_of)
        return arrived(before, step.count) if isinstance(step, Arrived) else given(step.rows)

    def generated(
        self, seed: int | None = None, sessions: int | None = None, as_of: int | None = None
    ) -> Dataset:
        """Generated rows; what is None is as the server was started. Raises UsageError for an early `as_of`."""
        key = (
            self.seed if seed is None else seed,
            self.sessions if sessions is None else sessions,
            self.as_of if as_of is None else as_of,
        )
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        found = self._kept[key] = generate(*key)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found


def rows(settings: Settings) -> Dataset:
    """The rows that the settings name; a bar shows how far they are. Raises DataError for an unusable file."""
    path, count = settings.data, settings.sessions
    if path is None:
        with progress.shown(f"{count:,} rows", count, "sorting", quiet=settings.quiet) as told:
            return generate(settings.seed, count, settings.as_of, told)
    from mockserver.userdata import load  # noqa: PLC0415 - most servers never need it

    size_bytes = path.stat().st_size if path.is_file() else 0
    with progress.shown(path.name, size_bytes, "sorting", quiet=settings.quiet) as told:
        return load(path, told)


def given(rows: Iterable[object]) -> Dataset:
    """A user's own rows. Raises DataError that names the row by its index."""
    from mockserver.userdata import from_rows  # noqa: PLC0415

    return from_rows(rows)


def arrived(dataset: Dataset, count: int) -> Dataset:
    """The same rows and `count` new ones, copies of the newest under new ids in the newest second."""
    from mockserver.rowtext import as_dicts  # noqa: PLC0415

    known = list(as_dicts(dataset))
    if not known:
        return dataset
    highest = max(row["id"] for row in known)
    newest = known[-count:]
    new = [
        {**newest[number % len(newest)], "id": highest + 1 + number, "created_at": known[-1]["created_at"]}
        for number in range(count)
    ]
    return given([*known, *new])
