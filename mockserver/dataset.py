"""The rows of the fake as numpy columns, in `created_at` order: about 25 bytes a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from mockserver import bitmap
from mockserver.phpjson import json_text
from mockserver.timestamp import SECONDS_A_DAY, day_text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

Numbers: TypeAlias = npt.NDArray[Any]

#: The columns that say where a visit came from; rows repeat few combinations of them.
ORIGIN_COLUMNS = ("browser", "device", "platform_os", "country")

#: Stands for null in `time_spend`; sorts before every number, as null does.
NO_NUMBER = -1

#: A text column with no more values than this has a bitmap for each, which takes no more room than an order.
_FEW = 64

#: An order has so many bands.
_BANDS = 32


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column whose rows repeat values: row i has `values[codes[i]]`, written `texts[codes[i]]`.

    `bitmaps[code]` is the set of rows with that code (see `mockserver.bitmap`), unless the values are many.
    """

    codes: Numbers
    values: tuple[str | None, ...]
    texts: tuple[str, ...]
    code_of: Mapping[str | None, int]
    bitmaps: Numbers

    @classmethod
    def of(cls, codes: Numbers, values: Sequence[str | None]) -> Coded:
        """A column of strings and nulls; its codes ascend as its values do, null first."""
        ordered = sorted(set(values), key=lambda value: (value is not None, value or ""))
        code_of = {value: code for code, value in enumerate(ordered)}
        codes = np.array([code_of[value] for value in values], _code_type(ordered))[codes]
        bitmaps = _bitmaps(codes, len(ordered) if len(ordered) <= _FEW else 0)
        return cls(codes, tuple(ordered), tuple(map(json_text, ordered)), code_of, bitmaps)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A column, or several in one, that is only ever shown: row i as `texts[codes[i]]`."""

    codes: Numbers
    texts: tuple[str, ...]

    @classmethod
    def of(cls, codes: Numbers, texts: Iterable[str]) -> Shown:
        pieces = tuple(texts)
        return cls(codes.astype(_code_type(pieces), copy=False), pieces)


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """All rows sorted by one key, ties by id: `positions[r]` is the row of rank r, `ranks` the inverse.

    `bands` are the bitmaps of the rows of the lowest ranks, of the next ones, and so on.
    """

    positions: Numbers
    ranks: Numbers
    bands: Numbers

    @classmethod
    def of(cls, key: Numbers, by_id: Order | None) -> Order:
        """`by_id` is needed where rows do not stand by ascending id already."""
        # On keys of up to 16 bits this sort is a radix sort, five times as fast as on wider ones.
        if by_id is None:
            positions = key.argsort(kind="stable").astype(np.int32)
        else:
            positions = by_id.positions[key[by_id.positions].argsort(kind="stable")]
        ranks = np.empty_like(positions)
        ranks[positions] = np.arange(positions.size, dtype=np.int32)
        band_of_row = (ranks // (positions.size // _BANDS + 1)).astype(np.uint8)
        return cls(positions, ranks, _bitmaps(band_of_row, _BANDS))


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Rows by ascending `created` (seconds since 1970 UTC), ties by ascending id.

    `text` has the columns of `ORIGIN_COLUMNS` and `read_status`; `origins` shows the former in one
    piece, `days` the date of each day (counted from 1970-01-01) that has rows, `extras` columns of a
    user's own. `by_id` is None where ids ascend as the rows stand; `orders` has an order for each sort
    key that is neither `created_at` nor a text column with few values. `pages` are those that `rowtext`
    wrote lately.
    """

    ids: Numbers
    created: Numbers
    time_spend: Numbers
    text: Mapping[str, Coded]
    origins: Shown
    irregular: Numbers
    addresses: Shown
    extras: Shown | None
    days: Mapping[int, str]
    by_id: Order | None
    orders: Mapping[str, Order]
    pages: dict[Hashable, str] = field(default_factory=dict)

    @classmethod
    def of(  # noqa: PLR0913 - one argument a column
        cls,
        *,
        ids: Numbers,
        created: Numbers,
        origin_codes: Numbers,
        origins: Sequence[Sequence[str | None]],
        time_spend: Numbers,
        read_status: Coded,
        irregular: Numbers,
        addresses: Shown,
        extras: Shown | None = None,
    ) -> Dataset:
        """The dataset of these columns, whose rows stand by `created`, ties by id.

        Row i came from `origins[origin_codes[i]]`, values in the order of `ORIGIN_COLUMNS`.
        """
        values = zip(*origins, strict=True) if origins else ((),) * len(ORIGIN_COLUMNS)
        text = {
            name: Coded.of(origin_codes, column) for name, column in zip(ORIGIN_COLUMNS, values, strict=True)
        }
        ids, time_spend = _narrow(ids), _narrow(time_spend)
        by_id = None if bool((ids[1:] > ids[:-1]).all()) else Order.of(ids, None)
        wide = {name: column.codes for name, column in text.items() if not column.bitmaps.size}
        orders = {name: Order.of(key, by_id) for name, key in {**wide, "time_spend": time_spend}.items()}
        return cls(
            ids=ids,
            created=_narrow(created),
            time_spend=time_spend,
            text={**text, "read_status": read_status},
            origins=Shown.of(origin_codes, _origin_texts(origins, text)),
            irregular=irregular,
            addresses=addresses,
            extras=extras,
            days=_days(created),
            by_id=by_id,
            orders=orders if by_id is None else {**orders, "id": by_id},
        )

    def __len__(self) -> int:
        return int(self.ids.size)


def _origin_texts(origins: Sequence[Sequence[str | None]], text: Mapping[str, Coded]) -> Iterator[str]:
    columns = [text[name] for name in ORIGIN_COLUMNS]
    for origin in origins:
        texts = (column.texts[column.code_of[value]] for column, value in zip(columns, origin, strict=True))
        yield ",".join(f'"{name}":{shown}' for name, shown in zip(ORIGIN_COLUMNS, texts, strict=True))


def _days(created: Numbers) -> dict[int, str]:
    days, row = {}, 0
    while row < created.size:
        day = int(created[row]) // SECONDS_A_DAY
        days[day] = day_text(day)
        row = int(created.searchsorted(created.dtype.type((day + 1) * SECONDS_A_DAY)))
    return days


def _bitmaps(codes: Numbers, count: int) -> Numbers:
    """For each code below `count` the set of rows that have it."""
    return np.array([bitmap.pack(codes == code) for code in range(count)])


def _code_type(values: Sequence[object]) -> np.dtype[Any]:
    return np.min_scalar_type(max(len(values) - 1, 0))


def _narrow(numbers: Numbers) -> Numbers:
    """The same numbers in the narrowest type that holds them all: 16, 32 or 64 bits."""
    low, high = (int(numbers.min()), int(numbers.max())) if numbers.size else (0, 0)
    for kind in (np.int16, np.int32):
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return numbers.astype(kind, copy=False)
    return numbers
