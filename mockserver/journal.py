"""What was asked and how it was answered: a ring of raw facts a sandbox, formatted when read.

Secrets are masked on entry. Writing an entry must cost next to nothing, since every request pays.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from mockserver import redact
from mockserver.credentials import Access, flaw

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from mockserver.credentials import Caller
    from mockserver.dataset import Dataset
    from mockserver.delivery import Delivery
    from mockserver.profile import Profile
    from mockserver.request import Request
    from mockserver.respond import Headers
    from mockserver.sandbox import Sandbox

CAPACITY = 1000

#: Of so many newest answers the body is kept, too; a thousand of them would be most of the server's memory.
BODIES = 100
MAX_BODY_BYTES = 16 * 1024


class Entry(NamedTuple):
    """One exchange. `at` is the sandbox's time in seconds since 1970, `body` at most `MAX_BODY_BYTES`.

    `owner` is equal for entries of one token and tells nothing of it. `flaw` says what was wrong with
    the token; `dataset` and `profile` are those that answered, so that an answer can be explained later.
    """

    number: int
    at: float
    duration_ms: float
    method: str
    path: bytes
    query: bytes
    headers: dict[str, str]
    client: str
    body: bytes
    body_bytes: int | None
    token: str
    owner: int | str
    access: Access
    flaw: str | None
    status: int
    answer_headers: Headers
    answer_bytes: int
    delay_ms: float
    fault: str | None
    forced: str | None
    profile: Profile
    dataset: Dataset


class Journal:
    """The newest `CAPACITY` exchanges of a sandbox, ids ascending."""

    def __init__(self, numbers: Iterator[int]) -> None:
        self._numbers = numbers
        self._entries: deque[Entry] = deque(maxlen=CAPACITY)
        self._bodies: deque[tuple[int, bytes]] = deque(maxlen=BODIES)
        self._listeners: set[Callable[[], None]] = set()

    def add(  # noqa: PLR0913 - an exchange has many sides
        self,
        request: Request,
        caller: Caller,
        sandbox: Sandbox,
        delivery: Delivery,
        *,
        duration_ms: float,
        tokens: re.Pattern[str],
    ) -> Entry:
        """Record one exchange; returns its entry."""
        answer, body, secret = delivery.answer, request.body, caller.token
        refused = caller.access is Access.UNAUTHENTICATED
        return self._keep(
            Entry(
                next(self._numbers),
                sandbox.clock.now(),
                duration_ms,
                request.method,
                request.path,
                redact.content(request.query, secret) if request.query else b"",
                redact.headers(request.headers),
                request.client,
                redact.content(body[:MAX_BODY_BYTES], secret) if body else b"",
                None if body is None else len(body),
                redact.token(secret),
                self._owner(secret),
                caller.access,
                flaw(request.headers.get("authorization"), tokens) if refused else None,
                answer.status,
                answer.headers,
                len(answer.body),
                delivery.delay_ms,
                delivery.fault,
                delivery.forced,
                sandbox.profile,
                sandbox.dataset,
            ),
            answer.body,
        )

    def _owner(self, secret: str | None) -> int | str:
        return hash(secret)

    def _keep(self, entry: Entry, body: bytes) -> Entry:
        self._entries.append(entry)
        self._bodies.append((entry.number, body))
        if self._listeners:
            for listener in tuple(self._listeners):
                listener()
        return entry

    def entries(self) -> list[Entry]:
        """All that is kept, oldest first."""
        return list(self._entries)

    def bodies(self) -> dict[int, bytes]:
        """The answers' bodies of the newest `BODIES` exchanges, by their number."""
        return dict(tuple(self._bodies))

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def is_followed(self) -> bool:
        """Whether anybody waits for the next entry."""
        return bool(self._listeners)

    def clear(self) -> None:
        """Keep nothing; numbers go on."""
        self._entries.clear()
        self._bodies.clear()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after every new entry, until the function that is returned is called."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)
