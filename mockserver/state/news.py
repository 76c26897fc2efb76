"""Tells those who follow a sandbox that another worker has recorded something in it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from redis.client import PubSub, PubSubWorkerThread

    from mockserver.state.store import Store

_POLL_SECONDS = 1.0
_PAUSE_SECONDS = 0.5


class News:
    """One subscription a process, open while anybody listens; it comes back by itself after Redis was lost."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._listeners: dict[str, set[Callable[[], None]]] = {}
        self._thread: PubSubWorkerThread | None = None
        self._lock = threading.Lock()

    def listen(self, name: str, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after every exchange of a sandbox, until the function that is returned is called."""
        with self._lock:
            if self._thread is None:
                self._thread = self._follow()
            self._listeners.setdefault(name, set()).add(listener)

        def stop() -> None:
            with self._lock:
                self._listeners[name].discard(listener)
                if not self._listeners[name]:
                    del self._listeners[name]
                if not self._listeners and self._thread is not None:
                    self._thread.stop()
                    self._thread = None

        return stop

    def is_followed(self, name: str) -> bool:
        """Whether anybody in this process listens."""
        return name in self._listeners

    def _follow(self) -> PubSubWorkerThread:
        subscription: PubSub = self._store.client.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
        with self._store.reaching():
            subscription.subscribe(**{f"{self._store.space}news": self._tell})
        thread: PubSubWorkerThread = subscription.run_in_thread(
            _POLL_SECONDS, daemon=True, exception_handler=self._wait
        )
        return thread

    def _tell(self, message: dict[str, Any]) -> None:
        for listener in tuple(self._listeners.get(message["data"].decode(), ())):
            listener()

    @staticmethod
    def _wait(_reason: BaseException, _subscription: PubSub, _thread: PubSubWorkerThread) -> None:
        threading.Event().wait(_PAUSE_SECONDS)
