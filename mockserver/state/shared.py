"""Sandboxes in a Redis, so that workers and replicas answer as one.

What a request changes is quota and journal, each one step in Redis. What can be set besides is a document under a
version (`snapshot`): a worker makes its sandbox of it, and makes it anew when the version is another. A
sandbox that something directs (faults, a scenario, latency) changes with every request; that happens under its lock.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from contextlib import contextmanager
from itertools import repeat
from typing import TYPE_CHECKING

from mockserver.credentials import Access
from mockserver.journal import Entry, Journal
from mockserver.recipe import Given
from mockserver.sandbox import Sandbox
from mockserver.sandboxes import DEFAULT, IDLE_SECONDS, MAX_SANDBOXES, NAME, Sandboxes
from mockserver.state import snapshot
from mockserver.state.news import News
from mockserver.throttle import verdict
from mockserver.windows import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mockserver.clock import Clock
    from mockserver.sandbox import Terms
    from mockserver.state.store import Store
    from mockserver.throttle import Limit, Verdict, Window


class SharedWindows:
    """The windows of one sandbox."""

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name

    def spend(self, key: str, limit: Limit, now: float) -> Verdict:
        window, passes = self._store.spend(self._name, key, shown(key), limit, now)
        return verdict(window, limit, now, passes=passes)

    def find(self, key: str) -> Window | None:
        return self._store.window(self._name, key)

    def listed(self) -> list[tuple[str, Window]]:
        return self._store.windows(self._name)

    def exhaust(self, window: Window) -> None:
        self._store.set_windows(self._name, window)

    def clear(self) -> None:
        self._store.set_windows(self._name, None)


class SharedJournal(Journal):
    """The exchanges of one sandbox, whichever worker answered.

    An entry is read back with the profile and rows that the sandbox has now, which explain it unless they were changed.
    """

    def __init__(self, store: Store, news: News, name: str) -> None:
        # The numbers are Redis's to give.
        super().__init__(repeat(0))
        self._store = store
        self._news = news
        self._name = name
        self.sandbox: Sandbox | None = None

    def _owner(self, secret: str | None) -> int | str:
        return self._store.digest(secret or "")

    def _keep(self, entry: Entry, body: bytes) -> Entry:
        number = self._store.record(self._name, _written(entry), body)
        return entry._replace(number=number)

    def entries(self) -> list[Entry]:
        sandbox = self.sandbox
        assert sandbox is not None  # noqa: S101 - set where both are made
        return [_read(number, text, sandbox) for number, text in self._store.entries(self._name)]

    def bodies(self) -> dict[int, bytes]:
        return dict(self._store.bodies(self._name))

    def __len__(self) -> int:
        return self._store.count(self._name)

    @property
    def is_followed(self) -> bool:
        return self._news.is_followed(self._name)

    def clear(self) -> None:
        self._store.clear(self._name)

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        return self._news.listen(self._name, listener)


def _written(entry: Entry) -> bytes:
    """All of an entry but its number, and the profile and rows, which each worker has."""
    facts = entry._asdict()
    del facts["number"], facts["profile"], facts["dataset"]
    for name in ("path", "query", "body"):
        facts[name] = facts[name].decode("latin-1")
    facts["access"] = entry.access.name
    facts["answer_headers"] = [
        (name.decode(), value.decode("latin-1")) for name, value in entry.answer_headers
    ]
    return json.dumps(facts).encode()


def _read(number: int, text: bytes, sandbox: Sandbox) -> Entry:
    facts = json.loads(text)
    for name in ("path", "query", "body"):
        facts[name] = facts[name].encode("latin-1")
    facts["access"] = Access[facts["access"]]
    facts["answer_headers"] = tuple(
        (name.encode(), value.encode("latin-1")) for name, value in facts["answer_headers"]
    )
    return Entry(number=number, profile=sandbox.profile, dataset=sandbox.dataset, **facts)


class SharedSandboxes(Sandboxes):
    """All tenants of all servers that share a Redis and answer alike."""

    is_remote = True

    def __init__(self, store: Store, terms: Terms, clock: Clock) -> None:
        self._store = store
        self._terms = terms
        self._clock = clock
        self._news = News(store)
        #: What this worker has made of the documents, by name, with their versions.
        self._made: OrderedDict[str, tuple[bytes, Sandbox]] = OrderedDict()
        self._lock = threading.Lock()

    def named(self, name: str) -> Sandbox | None:
        if not NAME.fullmatch(name):
            return None
        version = self._store.touch(name, self._clock.machine())
        if not version and self._terms.scenario is not None:
            # A scenario may set the clock: it begins once, for all workers.
            with self.changing(name) as sandbox:
                return sandbox
        return self._of_version(name, version)

    def keeps(self, sandbox: Sandbox) -> bool:
        # Its journal is found by name: one that was dropped is there again, and empty.
        self._store.touch(sandbox.name, self._clock.machine())
        return True

    def listed(self) -> list[tuple[Sandbox, float | None]]:
        now = self._clock.machine()
        used = [(name, used_at + IDLE_SECONDS - now) for name, used_at in self._store.used()]
        everyone = [(DEFAULT, None), *((name, seconds) for name, seconds in used if seconds > 0)]
        return [(self._of_version(name, self._store.load(name)[0]), seconds) for name, seconds in everyone]

    def drop(self, name: str) -> bool:
        with self._lock:
            self._made.pop(name, None)
        return self._store.drop(name)

    def check(self) -> None:
        self._store.ping()

    @contextmanager
    def changing(self, name: str) -> Iterator[Sandbox]:
        # A copy, since requests are being answered by the one that is there; it is in its place once all is well.
        with self._store.lock(name):
            self._store.touch(name, self._clock.machine())
            version, document = self._store.load(name)
            sandbox = self._make(name, document)
            with self._saving(sandbox, version):
                yield sandbox

    @contextmanager
    def directing(self, sandbox: Sandbox) -> Iterator[Sandbox]:
        with self._store.lock(sandbox.name):
            version, _ = self._store.load(sandbox.name)
            sandbox = self._of_version(sandbox.name, version)
            with self._saving(sandbox, version):
                yield sandbox

    @contextmanager
    def _saving(self, sandbox: Sandbox, version: bytes) -> Iterator[None]:
        before, recipe = snapshot.taken(sandbox), sandbox.recipe
        yield
        after = snapshot.taken(sandbox)
        if after == before and version:
            return
        if sandbox.recipe is not recipe and sandbox.recipe and isinstance(sandbox.recipe[0], Given):
            self._store.save_rows(sandbox.name, sandbox.recipe[0].text)
        self._keep(sandbox, self._store.save(sandbox.name, after))

    def _of_version(self, name: str, version: bytes) -> Sandbox:
        known = self._made.get(name)
        if known is not None and known[0] == version:
            return known[1]
        version, document = self._store.load(name)
        sandbox = self._make(name, document)
        self._keep(sandbox, version)
        return sandbox

    def _keep(self, sandbox: Sandbox, version: bytes) -> None:
        with self._lock:
            self._made[sandbox.name] = (version, sandbox)
            self._made.move_to_end(sandbox.name)
            if len(self._made) > MAX_SANDBOXES:
                self._made.popitem(last=False)

    def _make(self, name: str, document: bytes | None) -> Sandbox:
        journal = SharedJournal(self._store, self._news, name)
        sandbox = Sandbox(name, self._terms, self._clock, SharedWindows(self._store, name), journal)
        journal.sandbox = sandbox
        if document is not None:
            snapshot.restore(sandbox, document, lambda: self._store.rows(name))
        return sandbox
