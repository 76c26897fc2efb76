"""Why was it answered so? Computed from a journal entry when somebody reads it; the wire stays the vendor's.

Pure: an entry holds the rows and the profile that answered it. Each remark names a ledger entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.credentials import Access
from mockserver.explain import emptiness, reading, refusals, validation
from mockserver.explain.mending import nearest_valid
from mockserver.explain.reading import Input
from mockserver.explain.remark import Explanation, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockserver.journal import Entry

__all__ = ["Explanation", "Remark", "explain"]

_OK, _INVALID = 200, 422
_ROUTE = (400, 404, 405, 413)


def explain(entry: Entry, earlier: Sequence[Entry] = ()) -> Explanation:
    """What there is to say of an exchange; `earlier` are the sandbox's entries, oldest first."""
    staged = tuple(refusals.staged(entry))
    if staged and entry.status not in (_OK, _INVALID):
        return Explanation((*staged, *reading.preferences(entry)))
    given = Input(entry)
    remarks = (*staged, *_remarks(given, earlier), *reading.preferences(entry))
    invalid = entry.status == _INVALID and given.is_whole
    return Explanation(remarks, nearest_valid(given, validation.moment(entry.at)) if invalid else None)


def _remarks(given: Input, earlier: Sequence[Entry]) -> Iterator[Remark]:
    entry = given.entry
    if entry.status in _ROUTE:
        yield from refusals.route_refused(entry)
        return
    if entry.access is not Access.GRANTED:
        yield from refusals.token_refused(entry)
    yield from refusals.over_quota(entry, earlier)
    if entry.status not in (_OK, _INVALID):
        return
    if not given.is_whole:
        yield Remark("the journal kept only the beginning of the body, too little to explain", "journal.kept")
        return
    yield from reading.undecoded(given)
    if entry.status == _INVALID:
        yield from validation.broken_rules(given)
    yield from reading.unknown(given)
    if entry.status == _OK and entry.method == "POST":
        yield from emptiness.reasons(given)
