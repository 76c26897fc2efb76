"""`POST …/project/sessions`: from a request to an answer, one step a line.

route → token → throttle → validate → query → paginate → respond. Every refusal is a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver import inquiry, payload, respond, route
from mockserver.credentials import Access, Caller
from mockserver.paginate import envelope
from mockserver.query import search
from mockserver.rowtext import encode
from mockserver.rules.values import merge
from mockserver.windows import GUEST

if TYPE_CHECKING:
    from mockserver.request import Request
    from mockserver.respond import Answer, Headers
    from mockserver.sandbox import Sandbox


def answer(request: Request, caller: Caller, sandbox: Sandbox, cors: Headers) -> Answer:
    """The whole of the vendor's side, for one request of one tenant."""
    profile = sandbox.profile
    form = profile.errors.envelope
    query = payload.decode_query(request.query)
    fields = payload.decode(request.body or b"", request.headers.get("content-type", ""))
    refused = route.refusal(request, fields, query, form, cors)
    if refused:
        return refused
    if caller.access is Access.UNAUTHENTICATED:
        return respond.error(401, respond.UNAUTHENTICATED, form, (*cors, *_guest(request, sandbox)))
    verdict = sandbox.spend(caller.token or "")
    headers = (*cors, *respond.rate_headers(verdict))
    if verdict.retry_after_seconds is not None:
        return respond.error(429, respond.TOO_MANY, form, headers)
    if caller.access is Access.FORBIDDEN:
        return respond.error(403, respond.FORBIDDEN, form, headers)
    data = merge(fields, query)
    now = sandbox.clock.datetime()
    violations = profile.rules.violations(data, now)
    if violations:
        return respond.invalid(violations, cors if profile.throttle.invalid == "bare" else headers)
    return _found(request, inquiry.read(data, now, profile), sandbox, headers)


def _guest(request: Request, sandbox: Sandbox) -> Headers:
    """Under `counted` a refused token spends the quota of the address it came from."""
    if sandbox.profile.throttle.unauthenticated == "free":
        return ()
    verdict = sandbox.spend(f"{GUEST}{request.client}")
    return respond.rate_headers(verdict)[:2]


def _found(request: Request, asked: inquiry.Inquiry, sandbox: Sandbox, headers: Headers) -> Answer:
    profile = sandbox.profile
    found = search(sandbox.dataset, asked.query)
    rows = found.page(asked.page.offset, asked.page.size)
    text = encode(
        sandbox.dataset,
        rows,
        irregular_traffic=asked.irregular_traffic,
        ip_addresses=asked.ip_addresses,
        iso8601=profile.rows.created_at == "iso8601",
    )
    around = envelope(asked.page, found.total, len(rows))
    return respond.page(around, route.url(request, profile), profile.pagination.links, text, headers)
