"""A request as a line to paste; the token stays in its variable."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from contract.model import Auth

if TYPE_CHECKING:
    from contract.model import Case

_BEARERS = {
    Auth.VALID: "$WEMASY_API_TOKEN",
    Auth.FORBIDDEN: "$WEMASY_API_FORBIDDEN_TOKEN",
    Auth.BAD: "expired-contract-kit",
}


def curl(url: str, case: Case) -> str:
    query = f"?{urlencode({'page': case.page})}" if case.page is not None else ""
    parts = ["curl -i -X", case.method, shlex.quote(url + query), "-H 'Accept: application/json'"]
    if case.auth in _BEARERS:
        parts.append(f'-H "Authorization: Bearer {_BEARERS[case.auth]}"')
    if case.method != "GET":
        parts.append(f"-H {shlex.quote(f'Content-Type: {case.content_type}')}")
        parts.append(f"--data-raw {shlex.quote(case.body.decode('utf-8', 'replace'))}")
    return " ".join(parts)
