"""Calls of the admin API, over whatever carries them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mockserver.errors import MockError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    #: Method, path from the root, body and headers of one call; returns the answer's status and body.
    Send = Callable[[str, str, bytes | None, Mapping[str, str]], tuple[int, bytes]]

#: Longer than the longest call takes: GET /requests/wait holds its answer back for up to 60 s.
_TIMEOUT_SECONDS = 90
_FIRST_ERROR = 300
_FORBIDDEN = (401, 403)


class ControlError(MockError):
    """The fake did not do what a test asked of it. The text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Admin:
    """The admin API of a server, or of one `sandbox` of it. `token` is the server's `--admin-token`."""

    send: Send
    token: str | None = field(default=None, repr=False)
    sandbox: str | None = None

    def call(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """Call `/__admin/{path}`; returns the decoded answer, None for an empty one. Raises ControlError."""
        __tracebackhide__ = True  # a failing test shows its own line
        headers = {} if body is None else {"Content-Type": "application/json"}
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        content = None if body is None else json.dumps(body, default=_moment).encode()
        status, answer = self.send(method, f"/__admin/{path}{self._query(path)}", content, headers)
        if status >= _FIRST_ERROR:
            raise ControlError(f"{method} /__admin/{path}: {_reason(status, answer)}")
        return json.loads(answer) if answer else None

    def _query(self, path: str) -> str:
        if self.sandbox is None:
            return ""
        return f"{'&' if '?' in path else '?'}sandbox={self.sandbox}"


def over_http(url: str) -> Send:
    """Calls to the server at a base URL. Raises ControlError for what is no base URL."""
    from http.client import HTTPConnection, HTTPException, HTTPSConnection  # noqa: PLC0415 - slow to import

    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ControlError(f"{url!r} is no base URL; use one such as http://127.0.0.1:8420")
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection

    def send(method: str, path: str, content: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        __tracebackhide__ = True
        connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT_SECONDS)
        try:
            connection.request(method, parts.path.rstrip("/") + path, content, dict(headers))
            reply = connection.getresponse()
            return reply.status, reply.read()
        except (OSError, HTTPException) as reason:
            raise ControlError(
                f"no wemasy-mock answers at {url} ({reason}); start one with `wemasy-mock serve`, "
                "or unset WEMASY_MOCK_URL and the plugin starts its own"
            ) from None
        finally:
            connection.close()

    return send


def _reason(status: int, answer: bytes) -> str:
    try:
        detail = json.loads(answer)["detail"]
    except (ValueError, KeyError, TypeError):
        return f"answered {status} with a body that is none of ours; is that URL a wemasy-mock?"
    hint = "; the plugin sends what stands in WEMASY_MOCK_ADMIN_TOKEN" if status in _FORBIDDEN else ""
    return f"{detail}{hint}"


def _moment(value: object) -> str:
    """A moment as the admin API reads it; without an offset it is UTC."""
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} can't be sent as JSON; use texts, numbers, lists, dicts or datetimes")
