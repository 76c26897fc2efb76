"""Is this request for the endpoint? 404, 405, OPTIONS and the other answers before the token.

Source: recorded exchanges (groups `routes`, `methods`, `host`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from mockserver import respond

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.profile import Profile
    from mockserver.request import Request
    from mockserver.respond import Answer, Headers

#: The path as it is called, and as the page's sample answer prints it.
ENDPOINT = "api/services/analytics/v1/project/sessions"
PRINTED = "services/analytics/v1/project/sessions"

_OVERRIDE = re.compile(r"[A-Z]+")
_ALLOW: Headers = ((b"allow", b"POST"),)


def refusal(
    request: Request, fields: Mapping[str, object], query: Mapping[str, object], envelope: str, cors: Headers
) -> Answer | None:
    """Answer what never reaches the endpoint; None for a POST to it.

    `fields` and `query` are the decoded body and query string, where a method may be overridden.
    """
    try:
        path = unquote_to_bytes(request.path).decode().strip("/")
    except UnicodeDecodeError:
        return respond.error(400, respond.MALFORMED_URL, envelope)
    cors = cors if path.startswith(("api/", "services/")) else ()
    if request.method == "OPTIONS" and cors and _is_preflight(request):
        return respond.empty(204, (*cors, *_preflight(request)))
    if request.body is None:
        return respond.error(413, respond.TOO_LARGE, envelope, (*cors, (b"connection", b"close")))
    method = _method(request, fields, query)
    if method is None or request.host is None:
        return respond.error(400, respond.BAD_REQUEST, envelope, cors)
    is_endpoint = path in (ENDPOINT, PRINTED)
    if is_endpoint and method == "POST":
        return None
    shown = request.path.decode(errors="replace").strip("/") or "/"
    if not is_endpoint:
        return respond.error(404, f"The route {shown} could not be found.", envelope, cors)
    if method == "OPTIONS":
        return respond.empty(200, (*cors, *_ALLOW))
    text = f"The {method} method is not supported for route {shown}. Supported methods: POST."
    return respond.error(405, text, envelope, (*cors, *_ALLOW))


def url(request: Request, profile: Profile) -> str:
    """The address as it was asked for, or with the path that the page prints."""
    printed = profile.pagination.urls == "documented"
    path = f"/{PRINTED}" if printed else request.path.decode(errors="replace").rstrip("/")
    return f"{request.scheme}://{request.host or 'localhost'}{path}"


def _method(request: Request, fields: Mapping[str, object], query: Mapping[str, object]) -> str | None:
    """The method after overrides, which only a POST may have; None for one that can't be."""
    if request.method != "POST":
        return request.method
    override = request.headers.get("x-http-method-override") or fields.get("_method", query.get("_method"))
    if override is None:
        return "POST"
    if not isinstance(override, str):
        return None if isinstance(override, (dict, list)) else "POST"
    method = override.upper()
    return method if _OVERRIDE.fullmatch(method) else None


def _is_preflight(request: Request) -> bool:
    return "origin" in request.headers and "access-control-request-method" in request.headers


def _preflight(request: Request) -> Headers:
    asked = request.headers.get("access-control-request-headers", "")
    return (
        (
            b"access-control-allow-methods",
            request.headers["access-control-request-method"].upper().encode("latin-1"),
        ),
        (b"access-control-allow-headers", asked.encode("latin-1")),
        (b"access-control-max-age", b"0"),
        (b"vary", b"Access-Control-Request-Method, Access-Control-Request-Headers"),
    )
