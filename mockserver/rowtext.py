r"""Rows as the text that is sent: exactly what PHP's `json_encode` writes (compact, `\/`, `\uXXXX`)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from mockserver.dataset import NO_NUMBER
from mockserver.timestamp import MINUTE_TEXTS, SECOND_TEXTS, SECONDS_A_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockserver.dataset import Dataset, Numbers, Shown

_IRREGULAR_TEXTS = (',"irregular_traffic":false', ',"irregular_traffic":true')
_ROWS_AT_A_TIME = 4096

#: So many pages of a dataset, of no more rows than that, are kept as text: tests and demos ask the same few questions
#: again and again, and to write a page is the dearest part of an answer.
_KEPT_PAGES, _KEPT_ROWS = 64, 100


def encode(
    dataset: Dataset, positions: Numbers, *, irregular_traffic: bool, ip_addresses: bool, iso8601: bool
) -> str:
    """A JSON array, in ASCII, of the rows at `positions`; the optional columns only where asked for."""
    kept, page = dataset.pages, (tuple(positions.tolist()), irregular_traffic, ip_addresses, iso8601)
    text = kept.get(page)
    if text is None:
        text = _array(
            dataset,
            positions,
            irregular_traffic=irregular_traffic,
            ip_addresses=ip_addresses,
            iso8601=iso8601,
        )
        if len(positions) <= _KEPT_ROWS:
            if len(kept) >= _KEPT_PAGES:
                kept.clear()
            kept[page] = text
    return text


def _array(
    dataset: Dataset, positions: Numbers, *, irregular_traffic: bool, ip_addresses: bool, iso8601: bool
) -> str:
    rows = _known_columns(dataset, positions, *(("T", '.000000Z"') if iso8601 else (" ", '"')))
    more = []
    if irregular_traffic:
        more.append([_IRREGULAR_TEXTS[yes] for yes in dataset.irregular[positions].tolist()])
    if ip_addresses:
        more.append([f',"ip_addresses":{text}' for text in _texts(dataset.addresses, positions)])
    if dataset.extras is not None:
        more.append(_texts(dataset.extras, positions))
    if more:
        rows = list(map("".join, zip(rows, *more, strict=True)))
    return f"[{'},'.join(rows)}}}]" if rows else "[]"


def _texts(column: Shown, positions: Numbers) -> list[str]:
    texts = column.texts
    return [texts[code] for code in column.codes[positions].tolist()]


def _known_columns(dataset: Dataset, positions: Numbers, before_time: str, after_time: str) -> list[str]:
    """The rows up to `created_at`, their braces still open."""
    origins, statuses, days = dataset.origins.texts, dataset.text["read_status"].texts, dataset.days
    return [
        f'{{"id":{number},{origins[origin]},"time_spend":{"null" if stay == NO_NUMBER else stay},'
        f'"read_status":{statuses[status]},"created_at":"{days[created // SECONDS_A_DAY]}{before_time}'
        f"{MINUTE_TEXTS[created % SECONDS_A_DAY // 60]}{SECOND_TEXTS[created % 60]}{after_time}"
        for number, origin, stay, status, created in zip(
            dataset.ids[positions].tolist(),
            dataset.origins.codes[positions].tolist(),
            dataset.time_spend[positions].tolist(),
            dataset.text["read_status"].codes[positions].tolist(),
            dataset.created[positions].tolist(),
            strict=True,
        )
    ]


def as_dicts(dataset: Dataset, *, iso8601: bool = False) -> Iterator[dict[str, Any]]:
    """Every row as it stands, with all of its columns, a few thousand decoded at a time."""
    for start in range(0, len(dataset), _ROWS_AT_A_TIME):
        positions = np.arange(start, min(start + _ROWS_AT_A_TIME, len(dataset)))
        text = _array(dataset, positions, irregular_traffic=True, ip_addresses=True, iso8601=iso8601)
        yield from json.loads(text)
