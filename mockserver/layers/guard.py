"""Who may use the admin API: the user of this machine, never a web page that the user happens to look at."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from hmac import compare_digest
from typing import TYPE_CHECKING

from mockserver import problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from mockserver.settings import Settings

#: Always served, so that whoever starts the server can ask whether it is there.
PROBES = ("/__admin/livez", "/__admin/readyz", "/__admin/health")

#: The page and its files hold no secret: they come without the token, and a link anywhere may lead to them.
_PAGE = ("/__admin", "/__admin/", "/__admin/docs")
_PAGE_FILES = "/__admin/page/"

_READS = ("GET", "HEAD", "OPTIONS")
_OWN_SITES = (None, "same-origin", "none")
_JSON = "application/json"


def is_loopback(name: str) -> bool:
    """Whether a host name or address is this machine itself."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Policy:
    """What is asked of a request. `closed` says why the API is off; `notice` is for the log."""

    hosts: frozenset[str]
    token: str | None = None
    closed: str | None = None
    notice: str | None = None

    @classmethod
    def of(cls, settings: Settings) -> Policy:
        """The policy that the settings mean."""
        hosts = frozenset({settings.host.lower(), *(name.lower() for name in settings.admin_host)})
        if settings.no_admin:
            return cls(hosts, closed="the admin API is off; start the server without --no-admin")
        if settings.admin_token is None and not is_loopback(settings.host):
            text = f"the admin API is off, because {settings.host} is no loopback address; set --admin-token"
            return cls(hosts, closed=text, notice=text)
        return cls(hosts, settings.admin_token)

    def refusal(self, method: str, path: str, headers: dict[str, str]) -> tuple[int, str] | None:
        """Status and reason, or None for a request that may pass."""
        if self.closed:
            return 403, self.closed
        has_token = self.token is not None and _is_same(
            headers.get("authorization", ""), f"Bearer {self.token}"
        )
        host = headers.get("host", "")
        if not has_token and not self._is_known(_name(host)):
            return (
                403,
                f"the admin API does not answer to the host {host!r}; start the server with --admin-host",
            )
        origin = headers.get("origin")
        if origin is not None and origin.partition("://")[2] != host:
            return 403, f"the admin API takes no requests from pages of {origin!r}"
        is_page = method in _READS and (path in _PAGE or path.startswith(_PAGE_FILES))
        follows_link = is_page and headers.get("sec-fetch-mode") == "navigate"
        if headers.get("sec-fetch-site") not in _OWN_SITES and not follows_link:
            return 403, "the admin API takes no requests from other sites"
        if self.token is not None and not (has_token or is_page):
            return 401, "send the server's --admin-token as `Authorization: Bearer TOKEN`"
        if method not in _READS and not _is_json(headers):
            sent = headers.get("content-type")
            return 415, f"the body has the content type {sent!r}; send `Content-Type: {_JSON}`"
        return None

    def _is_known(self, name: str) -> bool:
        return is_loopback(name) or name in self.hosts


class Guard:
    """Lets probes pass, and what the policy has nothing against."""

    def __init__(self, app: ASGIApp, policy: Policy) -> None:
        self.app = app
        self.policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in PROBES:
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refused = self.policy.refusal(scope["method"], scope["path"], headers)
        if refused is None:
            await self.app(scope, receive, send)
        else:
            await _refuse(*refused, send)


async def _refuse(status: int, detail: str, send: Send) -> None:
    body = problem.written(status, detail)
    headers = [(b"content-type", problem.MEDIA_TYPE.encode()), (b"content-length", b"%d" % len(body))]
    if status == 401:  # noqa: PLR2004
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _is_same(given: str, wanted: str) -> bool:
    return compare_digest(given.encode("latin-1", "replace"), wanted.encode("utf-8"))


def _is_json(headers: dict[str, str]) -> bool:
    """A request without a body need not say what it is."""
    if "content-type" not in headers:
        return headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
    return headers["content-type"].partition(";")[0].strip().lower() == _JSON


def _name(host: str) -> str:
    """A Host header without its port and brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()
