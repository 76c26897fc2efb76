"""Believable rows out of three numbers: the same seed, size and date give the same rows on every platform.

Only whole numbers are at work: raw words of a seeded bit generator pick from integer tables. Numpy's
distributions and floating point may differ between builds, these can't.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mockserver import vocabulary
from mockserver.dataset import ORIGIN_COLUMNS, Coded, Dataset, Shown
from mockserver.errors import UsageError
from mockserver.phpjson import json_text
from mockserver.progress import silent
from mockserver.timestamp import SECONDS_A_DAY, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from mockserver.dataset import Numbers
    from mockserver.vocabulary import Vocabulary

#: However many the sessions, they spread over this many days up to `as_of`: more of them means a busier site.
_DAYS = 90
_SLOTS = _DAYS * 24
_SECONDS_A_SLOT = 3600

#: The earliest `as_of`: 0001-04-01 00:00:00, whose ninety days start in the first year that has a date.
_EARLIEST = -62_127_820_800

#: Visits of people by local hour and by weekday from Monday, in per cent of the busiest.
_HOURS = (13, 8, 5, 4, 4, 8, 20, 43, 66, 84, 95, 98, 92, 93, 95, 94, 89, 81, 79, 89, 100, 93, 67, 34)
_WEEKDAYS = (96, 100, 98, 95, 84, 68, 79)

#: Amsterdam, to which the hours belong, is this far ahead of UTC in winter; the data has no summer time.
_LOCAL_AHEAD_SECONDS = 3600

#: Crawlers come at all hours alike: this often, where people come 100 x 100 often in their busiest hour.
_CRAWLER_VISITS = 400

#: The newest so many per mille are unread.
_UNREAD_PER_MILLE = 45

#: Seconds that a visit lasts, in per cent of the usual, by device; and those of a crawler, equally likely.
_STAY_PERCENT = {"desktop": 120, "mobile": 85, "tablet": 100}
_CRAWLER_SECONDS = (0, 0, 0, 0, 1, 1, 1, 2)

_WORD = 1 << 16
_ROWS_AT_A_TIME = 1 << 16


def generate(seed: int, sessions: int, as_of: int, progress: Callable[[int], None] = silent) -> Dataset:
    """`sessions` rows, ids from 1, of the ninety days that end with the second `as_of` (since 1970 UTC).

    `seed` and `sessions` are not negative; `progress` is told how many rows there are.
    Raises `UsageError` for an `as_of` before 0001-04-01.
    """
    if as_of < _EARLIEST:
        raise UsageError(
            f"the data cannot end at {as_of} seconds from 1970: use {plain(_EARLIEST)} or a later date"
        )
    words = np.random.PCG64(seed)
    begin = as_of + 1 - _DAYS * SECONDS_A_DAY
    people, crawlers = _visits(begin)
    elapsed = _times(words, sessions, people + crawlers)
    sources = vocabulary.load()
    crawler_share = crawlers * _WORD // (people + crawlers)
    irregular, visitor, time_spend = _rows(words, sources, elapsed, crawler_share, progress)
    visitors = (*sources.people, *sources.crawlers)
    read = np.ones(sessions, np.uint8)
    read[sessions - _unread(sessions) :] = 0
    return Dataset.of(
        ids=np.arange(1, sessions + 1, dtype=np.int32),
        created=elapsed.astype(np.int64) + begin,
        origin_codes=visitor,
        origins=[[getattr(someone, name) for name in ORIGIN_COLUMNS] for someone in visitors],
        time_spend=time_spend,
        read_status=Coded.of(read, ("unread", "read")),
        irregular=irregular,
        addresses=Shown.of(visitor, (json_text(someone.addresses) for someone in visitors)),
    )


def _unread(sessions: int) -> int:
    return (sessions * _UNREAD_PER_MILLE + 500) // 1000


def _visits(begin: int) -> tuple[Numbers, Numbers]:
    """How often people and crawlers come in each hour from `begin` on, against one another."""
    middle = begin + _LOCAL_AHEAD_SECONDS + _SECONDS_A_SLOT // 2 + _SECONDS_A_SLOT * np.arange(_SLOTS)
    days, seconds = np.divmod(middle, SECONDS_A_DAY)
    weekdays = (days + 3) % 7  # 1970-01-01 was a Thursday
    people = np.array(_HOURS)[seconds // 3600] * np.array(_WEEKDAYS)[weekdays]
    return people, np.full(_SLOTS, _CRAWLER_VISITS)


def _times(words: np.random.PCG64, count: int, visits: Numbers) -> Numbers:
    """`count` ascending times in seconds, as frequent in each hour as `visits` says."""
    shares = np.diff(np.cumsum(visits) * _WORD // visits.sum(), prepend=0)
    slot_of_word = np.repeat(np.arange(_SLOTS, dtype=np.int32) * _SECONDS_A_SLOT, shares)
    times = np.empty(count, np.int32)
    for start in range(0, count, _ROWS_AT_A_TIME):
        part = times[start : start + _ROWS_AT_A_TIME]
        picks = _words(words, part.size)
        part[:] = slot_of_word[picks[:, 0]] + _scaled(picks[:, 1], _SECONDS_A_SLOT)
    times.sort()
    return times


def _rows(
    words: np.random.PCG64,
    sources: Vocabulary,
    elapsed: Numbers,
    crawler_share: Numbers,
    progress: Callable[[int], None],
) -> tuple[Numbers, Numbers, Numbers]:
    """For each time: is it a crawler's, which visitor came, how many seconds did they stay."""
    people, crawlers = len(sources.people), len(sources.crawlers)
    quantiles = np.array(sources.time_spend, np.int32)
    percent = np.array([_STAY_PERCENT[someone.device] for someone in sources.people], np.int32)
    crawler_seconds = np.array(_CRAWLER_SECONDS, np.int32)
    irregular = np.empty(elapsed.size, np.bool_)
    visitor, time_spend = np.empty(elapsed.size, np.uint16), np.empty(elapsed.size, np.int16)
    for start in range(0, elapsed.size, _ROWS_AT_A_TIME):
        part = slice(start, start + _ROWS_AT_A_TIME)
        picks = _words(words, elapsed[part].size)
        crawls = picks[:, 0] < crawler_share[elapsed[part] // _SECONDS_A_SLOT]
        person = _scaled(picks[:, 1], people)
        stay = _between(quantiles, picks[:, 2]) * percent[person] // 100
        irregular[part] = crawls
        visitor[part] = np.where(crawls, people + _scaled(picks[:, 1], crawlers), person)
        time_spend[part] = np.where(crawls, crawler_seconds[_scaled(picks[:, 2], crawler_seconds.size)], stay)
        progress(start + picks.shape[0])
    return irregular, visitor, time_spend


def _words(words: np.random.PCG64, rows: int) -> Numbers:
    """Four independent words of 16 bits for each of `rows` rows, the lowest bits first on every platform."""
    return words.random_raw(rows).astype("<u8", copy=False).view("<u2").reshape(rows, 4)


def _scaled(picks: Numbers, below: int) -> Numbers:
    scaled: Numbers = (picks.astype(np.int32) * below) >> 16
    return scaled


def _between(quantiles: Numbers, picks: Numbers) -> Numbers:
    """The value at each pick's place among the quantiles, straight lines between them."""
    steps = _WORD // (quantiles.size - 1)
    index, rest = np.divmod(picks.astype(np.int32), steps)
    low = quantiles[index]
    between: Numbers = low + (quantiles[index + 1] - low) * rest // steps
    return between
