"""Changed rows: a subset, another order, other values, always as columns."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from mockserver.dataset import ORIGIN_COLUMNS, Coded, Dataset, Order

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.dataset import Numbers
    from mockserver.drift.call import Json


def rebuilt(dataset: Dataset, rows: Numbers | slice = slice(None), **columns: Json) -> Dataset:
    """The dataset of these rows, with other columns for some; `columns` are arguments of `Dataset.of`.

    `rows` are positions that ascend; one that stands there twice is there twice.
    """
    extras, status = dataset.extras, dataset.text["read_status"]
    given = {
        "ids": dataset.ids[rows],
        "created": dataset.created[rows],
        "origin_codes": dataset.origins.codes[rows],
        "origins": origins(dataset),
        "time_spend": dataset.time_spend[rows],
        "read_status": Coded.of(status.codes[rows], status.values),
        "irregular": dataset.irregular[rows],
        "addresses": replace(dataset.addresses, codes=dataset.addresses.codes[rows]),
        "extras": extras and replace(extras, codes=extras.codes[rows]),
    }
    return Dataset.of(**{**given, **columns})


def origins(dataset: Dataset) -> list[list[str | None]]:
    """The combinations of origin that rows may have, values in the order of `ORIGIN_COLUMNS`."""
    shown = (json.loads(f"{{{text}}}") for text in dataset.origins.texts)
    return [[members[name] for name in ORIGIN_COLUMNS] for members in shown]


def with_texts(dataset: Dataset, name: str, edit: Callable[[str], str]) -> Dataset:
    """The rows with one text column edited as it is shown, sorted and filtered."""

    def edited(value: str | None) -> str | None:
        return None if value is None else edit(value)

    if name in ORIGIN_COLUMNS:
        place = ORIGIN_COLUMNS.index(name)
        changed = [
            [edited(value) if index == place else value for index, value in enumerate(origin)]
            for origin in origins(dataset)
        ]
        return rebuilt(dataset, origins=changed)
    status = dataset.text[name]
    return rebuilt(dataset, read_status=Coded.of(status.codes, [edited(value) for value in status.values]))


def sorted_by(sort_key: str, rank: Callable[[Dataset], Numbers]) -> Callable[[Dataset], Dataset]:
    """Rows that one sort key puts in the order of `rank`, one sortable value a row."""

    def change(dataset: Dataset) -> Dataset:
        codes = np.unique(rank(dataset), return_inverse=True)[1]
        return replace(dataset, orders={**dataset.orders, sort_key: Order.of(codes, dataset.by_id)})

    return change


def with_ties(dataset: Dataset, rank: Numbers) -> Dataset:
    """The rows with ties of every sort key but `created_at` in the order of `rank`."""
    ties = Order.of(rank, None)
    keys = {"id": dataset.ids, "time_spend": dataset.time_spend}
    keys |= {name: dataset.text[name].codes for name in ORIGIN_COLUMNS}
    return replace(dataset, orders={name: Order.of(key, ties) for name, key in keys.items()})
