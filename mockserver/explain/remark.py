"""What an explanation is made of."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LONGEST_SHOWN = 60
_LEAST_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence, the ledger entry that it rests on, the field that it is about, what was probably meant."""

    text: str
    ledger: str
    field: str | None = None
    did_you_mean: str | None = None

    def __str__(self) -> str:
        meant = f"; did you mean {self.did_you_mean!r}?" if self.did_you_mean is not None else ""
        return f"{self.text}{meant} [{self.ledger}]"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an answer is what it is; empty where there is nothing to say.

    `nearest_valid` is the request's body with the fewest changes that make it valid, where it is not.
    """

    remarks: tuple[Remark, ...] = ()
    nearest_valid: Mapping[str, Any] | None = None


def near(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant: the same letters, a part or the beginning of it, or a few apart."""
    known = tuple(known)
    by_letters = {_letters(name): name for name in known}
    letters = _letters(word)
    if letters in by_letters:
        return by_letters[letters]
    parts = [name for name in known if letters in name.casefold().split("_")]
    if parts:
        return parts[0]
    within = [name for name in by_letters if _overlap(letters, name)]
    if within:
        return by_letters[max(within, key=lambda name: SequenceMatcher(None, letters, name).ratio())]
    close = get_close_matches(letters, by_letters, n=1)
    return by_letters[close[0]] if close else None


def _overlap(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    return len(short) >= _LEAST_PREFIX and long.startswith(short)


def _letters(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold()


def shown(value: object) -> str:
    """A value for a sentence, never longer than a line."""
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
