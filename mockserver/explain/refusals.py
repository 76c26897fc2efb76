"""Why a request never came to the point: its path, its token, its quota, or something that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockserver import route
from mockserver.credentials import Access
from mockserver.explain.remark import Remark, near
from mockserver.request import MAX_BODY_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockserver.journal import Entry

_RETRY_AFTER = b"retry-after"
_TOO_MANY = 429


def staged(entry: Entry) -> Iterator[Remark]:
    """What this sandbox or the request itself had asked for."""
    if entry.fault:
        yield Remark(f"the fault {entry.fault} of this sandbox befell this answer", "fault.injected")
    if entry.forced:
        yield Remark(f"the request asked for it: {entry.forced}", "force.preference")


def route_refused(entry: Entry) -> Iterator[Remark]:
    """404, 405, 413 and 400."""
    asked = entry.path.decode("latin-1").strip("/")
    if entry.status == 404:  # noqa: PLR2004
        meant = near(asked, (route.ENDPOINT, route.PRINTED)) or route.ENDPOINT
        yield Remark(f"there is nothing at /{asked}", "route.not-found", did_you_mean=f"/{meant}")
    elif entry.status == 405:  # noqa: PLR2004
        text = f"the endpoint takes POST and {entry.method} came"
        if entry.method == "POST":
            text = "the request overrides its method; leave out X-HTTP-Method-Override and _method"
        elif entry.method == "GET":
            text += "; a client that follows a redirect turns POST into GET, so check the base URL"
        yield Remark(text, "method.refused", did_you_mean="POST")
    elif entry.status == 413:  # noqa: PLR2004
        yield Remark(f"the body is larger than {MAX_BODY_BYTES} bytes", "route.body-limit")
    elif entry.status == 400:  # noqa: PLR2004
        yield Remark("the path, the Host header or the overridden method can't be read", "route.bad-host")


def token_refused(entry: Entry) -> Iterator[Remark]:
    """401 and 403."""
    if entry.access is Access.UNAUTHENTICATED and entry.flaw:
        missing = "authorization" not in entry.headers
        yield Remark(entry.flaw, "auth.missing-token" if missing else "auth.bad-token", "Authorization")
    elif entry.access is Access.FORBIDDEN:
        text = "tokens that start with `forbidden-` are reserved to be refused; use another one"
        yield Remark(text, "auth.forbidden", "Authorization")


def over_quota(entry: Entry, earlier: Sequence[Entry]) -> Iterator[Remark]:
    """429, and whether the client was told to wait."""
    if entry.status == _TOO_MANY:
        limit = next(
            (value for name, value in entry.answer_headers if name == b"x-ratelimit-limit"), b"?"
        ).decode()
        text = f"the token {entry.token} has spent its {limit} requests; the next window opens in {_wait(entry)} s"
        yield Remark(text, "throttle.refuses")
    refused = next((e for e in reversed(earlier) if _told_to_wait(e, entry)), None)
    if refused is not None:
        passed = entry.at - refused.at
        text = f"request {refused.number} was told to wait {_wait(refused)} s, and this one came after {passed:.1f} s"
        yield Remark(text, "throttle.retry-after")


def _told_to_wait(earlier: Entry, entry: Entry) -> bool:
    return (
        earlier.number < entry.number
        and earlier.owner == entry.owner
        and earlier.status == _TOO_MANY
        and earlier.forced is None
        and earlier.fault is None
        and entry.at < earlier.at + _wait(earlier)
    )


def _wait(entry: Entry) -> int:
    return next((int(value) for name, value in entry.answer_headers if name == _RETRY_AFTER), 0)
