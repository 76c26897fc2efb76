"""A fresh sandbox of a running server, as variables for a shell: the command behind `env`."""

from __future__ import annotations

import json
import shlex
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, TextIO

from mockserver.errors import MockError
from mockserver.probe import address

if TYPE_CHECKING:
    from mockserver.settings import Settings

_TIMEOUT_SECONDS = 10
_CREATED = 201


def write_environment(settings: Settings, out: TextIO) -> None:
    """Print `export` lines for `eval`. Raises MockError, saying why, if no sandbox can be had."""
    made = _sandbox(address(settings.host), settings.port, settings.admin_token)
    out.write(
        f"export WEMASY_API_URL={shlex.quote(made['url'])} WEMASY_API_TOKEN={shlex.quote(made['token'])}\n"
    )


def _sandbox(host: str, port: int, token: str | None) -> dict[str, str]:
    connection = HTTPConnection(host, port, timeout=_TIMEOUT_SECONDS)
    headers = {"Content-Type": "application/json"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    try:
        connection.request("POST", "/__admin/sandboxes", b"{}", headers)
        reply = connection.getresponse()
        body = reply.read()
    except (OSError, HTTPException) as reason:
        raise MockError(
            f"nothing answers at {host} port {port} ({reason}); start it: wemasy-mock serve"
        ) from None
    finally:
        connection.close()
    try:
        found = json.loads(body)
        if reply.status == _CREATED:
            return {"url": found["url"], "token": found["token"]}
        detail = found["detail"]
    except (ValueError, KeyError, TypeError):
        detail = "its body is none of ours"
    raise MockError(f"{host} port {port} gave no sandbox, but answered {reply.status}: {detail}")
