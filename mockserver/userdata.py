"""A user's own rows, out of a file, into the same columns as generated ones."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from mockserver import timestamp
from mockserver.datafile import DataFile
from mockserver.dataset import NO_NUMBER, ORIGIN_COLUMNS, Coded, Dataset, Shown, json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
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
    rows = _Rows()
    for number, record in file.records(progress):
        try:
            rows.add(number, _typed(record) if file.has_cells else record)
        except (ValueError, RecursionError) as error:
            raise file.refusal(number, str(error)) from None
    repeated = rows.repeated_id()
    if repeated:
        first, second, row_id = repeated
        reason = f"id is {row_id}, as in {file.place(first)}: use each id once"
        raise file.refusal(second, reason)
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
        cells["ip_addresses"] = json.loads(addresses) if addresses.startswith("[") else addresses.split()
    return cells


def _refuse(column: str, value: object) -> NoReturn:
    shown = json_text(value)
    if len(shown) > _LONGEST_SHOWN:
        shown = shown[:_LONGEST_SHOWN] + "…"
    raise ValueError(f"{column} is {shown}: use {_ACCEPTED.get(column, 'a text or null')}")


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

    def add(self, number: int, record: dict[str, Any]) -> None:
        """Append a record, which is used up. Raises `ValueError` that says what is wrong with it."""
        take = record.pop
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
        self._extras.append("".join(f",{json_text(name)}:{json_text(record[name])}" for name in record))

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
    if not isinstance(addresses, tuple):
        _refuse("ip_addresses", addresses)
    for address in addresses:
        _check_text("ip_addresses", address)


def _check_extras(fragment: str) -> None:
    if "\\ud" in fragment:
        _check_text("a further column", json.dumps(json.loads(f"{{{fragment[1:]}}}"), ensure_ascii=False))


def _check_text(column: str, value: object) -> None:
    """Refuse what is no text, or has half a character in it, which UTF-8 cannot write."""
    try:
        if isinstance(value, str):
            value.encode()
            return
    except UnicodeEncodeError:
        pass
    _refuse(column, value)
