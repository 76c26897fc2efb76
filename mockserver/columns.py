"""A user's rows as columns: checked and coded a batch at a time, column by column."""

from __future__ import annotations

import json
from array import array
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from mockserver import timestamp
from mockserver.dataset import NO_NUMBER, ORIGIN_COLUMNS, Coded, Dataset, Shown
from mockserver.phpjson import json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mockserver.datafile import Record
    from mockserver.dataset import Numbers

LARGEST = 2**63 - 1
_LONGEST_SHOWN = 60

#: What each column accepts; those not named take a text or null.
_ACCEPTED = {
    "id": f"a whole number from 0 to {LARGEST}",
    "created_at": 'a time such as "2026-01-31 23:59:59" or "2026-01-31T23:59:59Z"',
    "time_spend": f"whole seconds from 0 to {LARGEST}, or null",
    "read_status": '"read", "unread" or null',
    "irregular_traffic": "true or false",
    "ip_addresses": "a list of texts",
}

#: A row that says nothing.
_ABSENT = dict.fromkeys((*_ACCEPTED, *ORIGIN_COLUMNS))
_known_values = itemgetter(*_ABSENT)


class Columns:
    """Columns that grow by batches of rows."""

    def __init__(self) -> None:
        self._places, self._ids, self._created, self._time_spend = (array("q") for _ in range(4))
        self._irregular = array("b")
        self._origins = _Interned(_check_origin)
        self._read_status = _Interned(_check_status)
        self._addresses = _Interned(_check_addresses)
        self._further = _Interned(_check_further)

    def extend(self, records: Sequence[Record]) -> None:
        """Append one record or more. Raises `ValueError` that says what is wrong with one of them."""
        try:
            rows = [{**_ABSENT, **row} for _, row in records]
        except TypeError:
            raise ValueError("use a JSON object with a row's columns") from None
        ids, created, stays, statuses, irregular, addresses, *origin = zip(
            *map(_known_values, rows), strict=True
        )
        self._ids.extend([_whole("id", value) for value in ids])
        self._created.extend([_instant(value) for value in created])
        self._origins.extend(list(zip(*origin, strict=True)))
        self._time_spend.extend([NO_NUMBER if stay is None else _whole("time_spend", stay) for stay in stays])
        self._read_status.extend(statuses)
        self._irregular.extend([_flag(value) for value in irregular])
        self._addresses.extend([_listed(value) for value in addresses])
        self._further.extend([_fragments(row) for row in rows])
        self._places.extend([place for place, _ in records])

    def repeated_id(self) -> tuple[int, int, int] | None:
        """The places of two rows with the same id, and the id; None if each has its own."""
        ids = np.asarray(self._ids)
        by_id = ids.argsort(kind="stable")
        again = np.flatnonzero(ids[by_id[1:]] == ids[by_id[:-1]])
        if not again.size:
            return None
        second = int(by_id[again + 1].min())
        row_id = self._ids[second]
        return self._places[self._ids.index(row_id)], self._places[second], row_id

    def dataset(self) -> Dataset:
        ids, created = np.asarray(self._ids), np.asarray(self._created)
        order = np.lexsort((ids, created))
        return Dataset.of(
            ids=ids[order],
            created=created[order],
            origin_codes=self._origins.codes(order),
            origins=tuple(self._origins),
            time_spend=np.asarray(self._time_spend)[order],
            read_status=Coded.of(self._read_status.codes(order), tuple(self._read_status)),
            irregular=np.asarray(self._irregular)[order].astype(np.bool_),
            addresses=Shown.of(self._addresses.codes(order), map(json_text, self._addresses)),
            extras=Shown.of(self._further.codes(order), self._further) if any(self._further) else None,
        )


class _Interned(dict[Any, int]):
    """A column of repeated values: a code for each, from 0 as they appear; each is checked when first met."""

    def __init__(self, check: Callable[[Any], None]) -> None:
        super().__init__()
        self._check = check
        self._codes = array("i")

    def __missing__(self, value: object) -> int:
        self._check(value)
        code = self[value] = len(self)
        return code

    def extend(self, values: Sequence[Any]) -> None:
        """Append values. Raises `ValueError` for one that does not pass the check."""
        try:
            self._codes.extend(map(self.__getitem__, values))
        except TypeError:  # a list or an object, where a text belongs
            for value in values:
                self._check(value)
            raise

    def codes(self, order: Numbers) -> Numbers:
        """The code of each row, in this order."""
        codes: Numbers = np.asarray(self._codes)[order]
        return codes


def _refuse(column: str, value: object, advice: str | None = None) -> NoReturn:
    shown = json.dumps(value)
    if len(shown) > _LONGEST_SHOWN:
        shown = shown[:_LONGEST_SHOWN] + "…"
    accepted = advice or f"use {_ACCEPTED.get(column, 'a text or null')}"
    raise ValueError(f"{column} is {shown}: {accepted}")


def _whole(column: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST:
        _refuse(column, value)
    return value


def _instant(value: object) -> int:
    instant = timestamp.parse(value) if isinstance(value, str) else None
    if instant is None:
        _refuse("created_at", value)
    return instant


def _flag(value: object) -> bool:
    if value is not None and not isinstance(value, bool):
        _refuse("irregular_traffic", value)
    return bool(value)


def _listed(addresses: object) -> object:
    """A list as something that can be coded."""
    if isinstance(addresses, list):
        return tuple(addresses)
    return () if addresses is None else addresses


def _fragments(row: dict[str, Any]) -> str:
    """The columns that are not known, as they are written behind the others."""
    if len(row) == len(_ABSENT):
        return ""
    return "".join(_fragment(name, value) for name, value in row.items() if name not in _ABSENT)


def _fragment(name: str, value: object) -> str:
    try:
        return f",{json_text(name)}:{json_text(value)}"
    except ValueError:
        _refuse(name, value, "use a finite number")


def _check_origin(origin: tuple[object, ...]) -> None:
    for column, value in zip(ORIGIN_COLUMNS, origin, strict=True):
        if value is not None:
            _check_text(column, value)


def _check_status(value: object) -> None:
    if value not in (None, "read", "unread"):
        _refuse("read_status", value)


def _check_addresses(addresses: object) -> None:
    if not isinstance(addresses, tuple) or not all(isinstance(address, str) for address in addresses):
        _refuse("ip_addresses", addresses)
    _check_text("ip_addresses", " ".join(addresses))


def _check_further(fragments: str) -> None:
    if "\\ud" in fragments:
        text = json.dumps(json.loads(f"{{{fragments[1:]}}}"), ensure_ascii=False)
        _check_text("one of the further columns", text)


def _check_text(column: str, value: object) -> None:
    if not isinstance(value, str):
        _refuse(column, value)
    try:
        value.encode()
    except UnicodeEncodeError:
        _refuse(column, value, "use both halves of a surrogate pair")
