"""Errors of our own API, RFC 9457: so that they can't pass for the vendor's."""

from __future__ import annotations

import json
from http import HTTPStatus

MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str) -> dict[str, object]:
    """What happened and what to do, as a document."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}


def written(status: int, detail: str) -> bytes:
    return json.dumps(problem(status, detail)).encode()
