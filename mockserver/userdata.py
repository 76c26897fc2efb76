"""A user's own rows, out of a file, into the same columns as generated ones."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from mockserver import timestamp
from mockserver.datafile import DataFile
from mockserver.dataset import NO_NUMBER, ORIGIN_COLUMNS, Coded, Dataset, Shown
from mockserver.errors import DataError
from mockserver.phpjson import json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from pathlib import Path

_LARGEST = 2**63 - 1
_STATUSES = (None, "read", "unread")
_TRUTH_CELLS = {"true": True, "1": True, "false": False, "0": False}
_LONGEST_SHOWN = 60

#: What each column accepts; those not named take a text or null.
_ACCEPTED = {
    "id": f"a whole number from 0 to {_LARGEST}",
    "created_at": 'a time such as "2026-01-31 23:59:59" or "2026-01-31T23:59:59Z"',
    "time_spend": f"whole seconds from 0 to {_LARGEST}, or null",
    "read_status": '"read", "unread" or null',
    "irregular_traffic": "true or false",
    "ip_addresses": "a list of texts",
}


def load(path: Path, progress: Callable[[int], None] | None = None) -> Dataset:
    """The rows of a .jsonl, .json (a list) or .csv file; `progress` is told how many bytes were read.

    Raises `DataError`, naming file, place and value, for the first row that can't be served.
    """
    file = DataFile(path)
    records = file.records(progress)
    if file.has_cells:
        records = ((number, _typed(cells)) for number, cells in records)
    return _collected(records, f"{path}: ", file.place)


def from_rows(rows: Iterable[object]) -> Dataset:
    """The same from JSON objects; the `DataError` names the row by its index."""
    return _collected(enumerate(rows), "", "row [{}]".format)


def _collected(records: Iterable[tuple[int, object]], source: str, place: Callable[[int], str]) -> Dataset:
    rows = _Rows()
    for number, record in records:
        try:
            rows.add(number, record)
        except (ValueError, RecursionError) as error:
            raise DataError(f"{source}{place(number)}: {error}") from None
    if repeated := rows.repeated_id():
        first, second, row_id = repeated
        raise DataError(f"{source}{place(second)}: id is {row_id}, as in {place(first)}: use each id once")
    return rows.dataset()


def _typed(cells: dict[str, Any]) -> dict[str, Any]:
    """The same with numbers, flags and lists in place of their texts, where they are such texts."""
    for name in ("id", "time_spend"):
        text = cells.get(name) or ""
        if text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST)):
            cells[name] = int(text)
    flag = cells.get("irregular_traffic")
    cells["irregular_traffic"] = _TRUTH_CELLS.get(str(flag).lower(), flag)
    addresses = cells.get("ip_addresses")
    if addresses:
        cells["ip_addresses"] = _address_list(addresses)
    return cells


def _address_list(cell: str) -> object:
    """What a JSON list holds, or addresses with blanks between them."""
    if not cell.startswith("["):
        return cell.split()
    try:
        return json.loads(cell)
    except ValueError:
        return cell


def _refuse(column: str, value: object, advice: str | None = None) -> NoReturn:
    shown = json.dumps(value)
    if len(shown) > _LONGEST_SHOWN:
        shown = shown[:_LONGEST_SHOWN] + "…"
    accepted = advice or f"use {_ACCEPTED.get(column, 'a text or null')}"
    raise ValueError(f"{column} is {shown}: {accepted}")


class _Interned:
    """A column of repeated values: each is checked and kept once."""

    def __init__(self, check: Callable[[Any], None]) -> None:
        self.codes = array("i")
        self.code_of: dict[Any, int] = {}
        self._check = check

    def append(self, value: Hashable) -> None:
        try:
            code = self.code_of.get(value)
        except TypeError:  # a list or an object, where a text belongs
            self._check(value)
            raise
        if code is None:
            self._check(value)
            code = self.code_of[value] = len(self.code_of)
        self.codes.append(code)


class _Rows:
    """Columns that grow row by row."""

    def __init__(self) -> None:
        self._numbers, self._ids, self._created, self._time_spend = (array("q") for _ in range(4))
        self._read_status, self._irregular = array("b"), array("b")
        self._origins = _Interned(_check_origin)
        self._addresses = _Interned(_check_addresses)
        self._extras = _Interned(_check_extras)

    def add(self, number: int, record: object) -> None:
        """Append a record. Raises `ValueError` that says what is wrong with it."""
        if not isinstance(record, dict):
            raise ValueError("use a JSON object with a row's columns")  # noqa: TRY004 - for people
        further = record.copy()
        take = further.pop
        self._numbers.append(number)
        self._ids.append(_whole("id", take("id", None)))
        self._created.append(_instant(take("created_at", None)))
        self._origins.append(tuple(take(name, None) for name in ORIGIN_COLUMNS))
        stay = take("time_spend", None)
        self._time_spend.append(NO_NUMBER if stay is None else _whole("time_spend", stay))
        self._read_status.append(_status(take("read_status", None)))
        self._irregular.append(_flag(take("irregular_traffic", None)))
        addresses = take("ip_addresses", None)
        self._addresses.append(tuple(addresses) if isinstance(addresses, list) else addresses or ())
        self._extras.append("".join(_fragment(name, value) for name, value in further.items()))

    def repeated_id(self) -> tuple[int, int, int] | None:
        """The numbers of two records with the same id, and the id; None if each has its own."""
        ids = np.array(self._ids, np.int64)
        by_id = ids.argsort(kind="stable")
        again = np.flatnonzero(ids[by_id[1:]] == ids[by_id[:-1]])
        if not again.size:
            return None
        second = int(by_id[again + 1].min())
        return self._numbers[self._ids.index(ids[second])], self._numbers[second], self._ids[second]

    def dataset(self) -> Dataset:
        ids, created = np.array(self._ids, np.int64), np.array(self._created, np.int64)
        order = np.lexsort((ids, created))
        shown = self._extras.code_of.keys() - {""}
        return Dataset.of(
            ids=ids[order],
            created=created[order],
            origin_codes=np.array(self._origins.codes, np.int32)[order],
            origins=tuple(self._origins.code_of),
            time_spend=np.array(self._time_spend, np.int64)[order],
            read_status=Coded.of(np.array(self._read_status, np.int8)[order], _STATUSES),
            irregular=np.array(self._irregular, np.bool_)[order],
            addresses=Shown.of(
                np.array(self._addresses.codes, np.int32)[order], map(json_text, self._addresses.code_of)
            ),
            extras=Shown.of(np.array(self._extras.codes, np.int32)[order], self._extras.code_of)
            if shown
            else None,
        )


def _whole(column: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        _refuse(column, value)
    return value


def _instant(value: object) -> int:
    instant = timestamp.parse(value) if isinstance(value, str) else None
    if instant is None:
        _refuse("created_at", value)
    return instant


def _status(value: object) -> int:
    if value not in _STATUSES:
        _refuse("read_status", value)
    return _STATUSES.index(value)


def _flag(value: object) -> bool:
    if value is not None and not isinstance(value, bool):
        _refuse("irregular_traffic", value)
    return bool(value)


def _check_origin(origin: tuple[object, ...]) -> None:
    for column, value in zip(ORIGIN_COLUMNS, origin, strict=True):
        if value is not None:
            _check_text(column, value)


def _check_addresses(addresses: object) -> None:
    if not isinstance(addresses, tuple) or not all(isinstance(address, str) for address in addresses):
        _refuse("ip_addresses", addresses)
    _check_text("ip_addresses", " ".join(addresses))


def _fragment(name: str, value: object) -> str:
    """A further column as it is written behind the known ones."""
    try:
        return f",{json_text(name)}:{json_text(value)}"
    except ValueError:
        _refuse(name, value, "use a finite number")


def _check_extras(fragment: str) -> None:
    if "\\ud" in fragment:
        text = json.dumps(json.loads(f"{{{fragment[1:]}}}"), ensure_ascii=False)
        _check_text("one of the further columns", text)


def _check_text(column: str, value: object) -> None:
    if not isinstance(value, str):
        _refuse(column, value)
    try:
        value.encode()
    except UnicodeEncodeError:
        _refuse(column, value, "use both halves of a surrogate pair")
