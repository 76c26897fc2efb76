"""All access to Redis (or Valkey): a method here is one round trip, and a lost Redis is one kind of error."""

from __future__ import annotations

import re
from contextlib import contextmanager
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.exceptions import LockError
from redis.retry import Retry

from mockserver import redact
from mockserver.errors import StateLostError, UsageError
from mockserver.journal import BODIES, CAPACITY
from mockserver.sandboxes import IDLE_SECONDS, MAX_SANDBOXES
from mockserver.state import scripts
from mockserver.throttle import Window
from mockserver.windows import EVERY_KEY, MAX_WINDOWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mockserver.throttle import Limit

_CONNECT_SECONDS = 1.0
_ANSWER_SECONDS = 2.0
#: A worker that dies with a lock in its hands stops the others for so long.
_LOCK_SECONDS = 10.0
_LOCK_PAUSE_SECONDS = 0.002


class Store:
    """What the workers share. Every method raises StateLostError where Redis can't be reached.

    All keys begin with `space`, which servers have in common that answer alike: others may use the same Redis.
    """

    def __init__(self, url: str, space: str, say: Callable[[str], None]) -> None:
        """`say` is told when Redis is lost and found again. Raises UsageError for an unusable URL."""
        self.shown_url = redact.url(url)
        self.space = f"{{wemasy-mock:{space}}}:"
        self._say = say
        self._is_lost = False
        try:
            self.client: Redis = Redis.from_url(
                re.sub("^valkey", "redis", url),
                socket_connect_timeout=_CONNECT_SECONDS,
                socket_timeout=_ANSWER_SECONDS,
                # A connection that broke while it was idle is opened anew; more patience would hold a request back.
                retry=Retry(NoBackoff(), 1),
            )
        except ValueError as reason:
            raise UsageError(f"--state: {self.shown_url!r} can't be used; {reason}") from None
        self._touch = self.client.register_script(scripts.TOUCH)
        self._spend = self.client.register_script(scripts.SPEND)
        self._record = self.client.register_script(scripts.RECORD)
        self._save = self.client.register_script(scripts.SAVE)

    @contextmanager
    def reaching(self) -> Iterator[None]:
        """What is done in here is done to Redis."""
        try:
            yield
        except RedisError as reason:
            text = f"the state at {self.shown_url} can't be reached: {reason}"
            if not self._is_lost:
                self._is_lost = True
                self._say(f"{text}; requests get a 503 until it can")
            raise StateLostError(text) from None
        if self._is_lost:
            self._is_lost = False
            self._say(f"the state at {self.shown_url} is there again")

    def ping(self) -> None:
        """Nothing, if Redis is there."""
        with self.reaching():
            self.client.ping()

    # sandboxes

    def touch(self, name: str, now: float) -> bytes:
        """A sandbox is used; its version, empty if nothing was ever set in it."""
        with self.reaching():
            arguments = (name, now, now - IDLE_SECONDS, MAX_SANDBOXES, scripts.LIFETIME_SECONDS)
            version: bytes | None = self._touch(keys=[self.space], args=arguments)
            return version or b""

    def load(self, name: str) -> tuple[bytes, bytes | None]:
        """A sandbox's version and what was set in it."""
        with self.reaching():
            found: Any = self.client.hmget(self._key("control", name), "version", "document")
            return found[0] or b"", found[1]

    def save(self, name: str, document: str) -> bytes:
        """Set it; the version that this is."""
        with self.reaching():
            version: bytes = self._save(keys=[self.space], args=(name, document, scripts.LIFETIME_SECONDS))
            return version

    def used(self) -> list[tuple[str, float]]:
        """Every sandbox but `default` with the time of its last use, the longest idle first."""
        with self.reaching():
            found: Any = self.client.zrange(f"{self.space}sandboxes", 0, -1, withscores=True)
            return [(name.decode(), used_at) for name, used_at in found]

    def drop(self, name: str) -> bool:
        """Forget a sandbox; False if there is none."""
        parts = ("control", "windows", "entries", "bodies")
        with self.reaching(), self.client.pipeline() as pipe:
            pipe.zrem(f"{self.space}sandboxes", name)
            pipe.delete(*(self._key(part, name) for part in parts))
            return bool(pipe.execute()[0])

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        """Only one worker at a time is in here for one sandbox."""
        lock = self.client.lock(
            self._key("lock", name),
            timeout=_LOCK_SECONDS,
            sleep=_LOCK_PAUSE_SECONDS,
            blocking_timeout=_LOCK_SECONDS,
            # The admin API enters and leaves in whichever thread is free.
            thread_local=False,
        )
        with self.reaching():
            if not lock.acquire():
                raise LockError(f"the sandbox {name} was locked for {_LOCK_SECONDS:g} s")
        try:
            yield
        finally:
            with self.reaching():
                lock.release()

    def save_rows(self, name: str, text: str) -> None:
        """Keep rows that were given to a sandbox, as JSON."""
        with self.reaching():
            self.client.hset(self._key("control", name), "rows", text)

    def rows(self, name: str) -> bytes:
        """The rows that were given to a sandbox, as JSON."""
        with self.reaching():
            text: Any = self.client.hget(self._key("control", name), "rows")
            return text or b"[]"

    # quota

    def digest(self, secret: str) -> str:
        """Tells tokens apart; no token itself is ever sent to Redis."""
        return blake2b(
            secret.encode(errors="replace"), digest_size=16, key=self.space.encode()[:64]
        ).hexdigest()

    def spend(self, name: str, key: str, shown: str, limit: Limit, now: float) -> tuple[Window, bool]:
        """`throttle.count` for one key of a sandbox, in one step."""
        arguments = (
            self.digest(key),
            shown,
            limit.requests,
            limit.window_seconds,
            int(limit.enforced),
            repr(now),
            MAX_WINDOWS,
            scripts.LIFETIME_SECONDS,
        )
        with self.reaching():
            opened_at, used, passes = self._spend(keys=[self._key("windows", name)], args=arguments)
            return Window(float(opened_at), int(used)), bool(passes)

    def window(self, name: str, key: str) -> Window | None:
        """The window of one key."""
        with self.reaching():
            found: Any = self.client.hmget(self._key("windows", name), self.digest(key), EVERY_KEY)
            kept = found[0] or found[1]
            return _window(kept)[1] if kept else None

    def windows(self, name: str) -> list[tuple[str, Window]]:
        """Every window by its key as people may see it."""
        with self.reaching():
            found: Any = self.client.hgetall(self._key("windows", name))
            return [_window(kept) for kept in found.values()]

    def set_windows(self, name: str, first: Window | None) -> None:
        """Every key has this window, or none has one."""
        key = self._key("windows", name)
        with self.reaching(), self.client.pipeline() as pipe:
            pipe.delete(key)
            if first is not None:
                pipe.hset(key, EVERY_KEY, f"{first.opened_at!r} {first.used} {EVERY_KEY}")
            pipe.execute()

    # journal

    def record(self, name: str, entry: bytes, body: bytes) -> int:
        """Keep an exchange and its answer's body; its number."""
        arguments = (name, entry, body, CAPACITY, BODIES, scripts.LIFETIME_SECONDS)
        with self.reaching():
            return int(self._record(keys=[self.space], args=arguments))

    def entries(self, name: str) -> list[tuple[int, bytes]]:
        """What is kept, each with its number, oldest first."""
        return self._numbered("entries", name)

    def bodies(self, name: str) -> list[tuple[int, bytes]]:
        """The same of the bodies."""
        return self._numbered("bodies", name)

    def count(self, name: str) -> int:
        """How many exchanges are kept."""
        with self.reaching():
            count: Any = self.client.llen(self._key("entries", name))
            return int(count)

    def clear(self, name: str) -> None:
        """Keep none of a sandbox's exchanges."""
        with self.reaching():
            self.client.delete(self._key("entries", name), self._key("bodies", name))

    def _numbered(self, part: str, name: str) -> list[tuple[int, bytes]]:
        with self.reaching():
            found: Any = self.client.lrange(self._key(part, name), 0, -1)
        split = (item.partition(b" ") for item in found)
        return [(int(number), text) for number, _, text in split]

    def _key(self, part: str, name: str) -> str:
        return f"{self.space}{part}:{name}"


def _window(kept: bytes) -> tuple[str, Window]:
    opened_at, used, shown = kept.split(b" ", 2)
    return shown.decode(errors="replace"), Window(float(opened_at), int(used))
