"""Where sandboxes live: in this process, or in a Redis that workers and replicas share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver.errors import UsageError
from mockserver.sandbox import Sandbox
from mockserver.sandboxes import OwnSandboxes

if TYPE_CHECKING:
    from mockserver.clock import Clock
    from mockserver.log import Log
    from mockserver.sandbox import Terms
    from mockserver.sandboxes import Sandboxes

MEMORY = "memory"

_INSTALL = "--state needs the package redis; install it with: pip install 'wemasy-mock[redis]'"


def opened(url: str, terms: Terms, clock: Clock, log: Log) -> Sandboxes:
    """The sandboxes behind `memory` or a URL such as `redis://host:6379/0`.

    A Redis that does not answer yet is no error: requests get a 503 until it does. Raises UsageError for a
    URL that can't be read, and where the package is missing.
    """
    if url == MEMORY:
        return OwnSandboxes(lambda name: Sandbox(name, terms, clock), clock.machine)
    try:
        from mockserver.state.shared import SharedSandboxes  # noqa: PLC0415 - an extra brings it
        from mockserver.state.store import Store  # noqa: PLC0415
    except ModuleNotFoundError:
        raise UsageError(_INSTALL) from None
    return SharedSandboxes(Store(url, terms.fingerprint, log.trouble), terms, clock)
