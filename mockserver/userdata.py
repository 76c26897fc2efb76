"""A user's own rows, out of a file or memory, into the same columns as generated ones."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from mockserver.columns import LARGEST, Columns
from mockserver.datafile import DataFile
from mockserver.errors import DataError
from mockserver.progress import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from mockserver.datafile import Record
    from mockserver.dataset import Dataset

_TRUTH_CELLS = {"true": True, "1": True, "false": False, "0": False}
_KEPT_CELLS = 4096


_ROWS_AT_A_TIME = 128


def load(path: Path, progress: Callable[[int], None] = silent) -> Dataset:
    """The rows of a .jsonl, .json (a list) or .csv file; `progress` is told how many bytes were read.

    Raises `DataError`, naming file, place and value, for the first row that can't be served.
    """
    file = DataFile(path)
    records = file.records(progress)
    if file.has_cells:
        records = _typed(records)
    return _collected(records, f"{path}: ", file.place)


def from_rows(rows: Iterable[object]) -> Dataset:
    """The same from JSON objects; the `DataError` names the row by its index."""
    return _collected(enumerate(rows), "", "row [{}]".format)


def _collected(records: Iterable[Record], source: str, named: Callable[[int], str]) -> Dataset:
    columns = Columns()
    for batch in filter(None, _batches(records)):
        try:
            columns.extend(batch)
        except (ValueError, RecursionError):
            _refuse_first(batch, source, named)
    if repeated := columns.repeated_id():
        first, second, row_id = repeated
        raise DataError(f"{source}{named(second)}: id is {row_id}, as in {named(first)}: use each id once")
    return columns.dataset()


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """All records; those before one that can't be read come out before the error, as they may be wrong too."""
    batch: list[Record] = []
    try:
        for record in records:
            batch.append(record)
            if len(batch) == _ROWS_AT_A_TIME:
                yield batch
                batch = []
    except DataError:
        yield batch
        raise
    yield batch


def _refuse_first(batch: Iterable[Record], source: str, named: Callable[[int], str]) -> None:
    """Raise the `DataError` of the first record that can't be used."""
    for place, row in batch:
        try:
            Columns().extend([(place, row)])
        except (ValueError, RecursionError) as error:
            raise DataError(f"{source}{named(place)}: {error}") from None


def _typed(records: Iterable[Record]) -> Iterator[Record]:
    """The same with numbers, flags and lists in place of their texts, where they are such texts."""
    address_list = lru_cache(_KEPT_CELLS)(_address_list)
    for place, cells in records:
        cells["id"] = _number(cells.get("id"))
        cells["time_spend"] = _number(cells.get("time_spend"))
        flag = cells.get("irregular_traffic")
        cells["irregular_traffic"] = _TRUTH_CELLS.get(str(flag).lower(), flag)
        cells["ip_addresses"] = address_list(cells.get("ip_addresses"))
        yield place, cells


def _number(cell: str | None) -> int | str | None:
    if cell and cell.isascii() and cell.isdigit() and len(cell) <= len(str(LARGEST)):
        return int(cell)
    return cell


def _address_list(cell: str | None) -> object:
    """What a JSON list holds, or addresses with blanks between them."""
    if not cell:
        return cell
    if not cell.startswith("["):
        return cell.split()
    try:
        return json.loads(cell)
    except ValueError:
        return cell
