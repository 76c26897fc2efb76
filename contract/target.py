"""Where the requests go: the fake mounted in-process, any ASGI app, or a URL.

The only module that knows tokens, and the only one that may import the fake.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

import requests
from schemathesis.python import asgi

from contract.errors import Refused, UsageError
from contract.model import Answer, Auth, Case, Target
from contract.redact import Redactor
from contract.schema import BARE_ENDPOINT, ENDPOINT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TOKEN_VARIABLE = "WEMASY_API_TOKEN"  # noqa: S105 - a name
FORBIDDEN_VARIABLE = "WEMASY_API_FORBIDDEN_TOKEN"
CONNECT_SECONDS = 5
#: Where `wemasy-mock serve` listens, so that the curl lines of an in-process run work at it.
_DEFAULT_BASE = "http://127.0.0.1:8420"
READ_SECONDS = 10
#: Nothing that this endpoint answers is anywhere near as large or as long in coming.
_MAX_BYTES, _MAX_SECONDS = 64 << 20, 30
_LOOPBACK = re.compile(r"localhost|.*\.localhost|127(\.\d+){3}|::1|0\.0\.0\.0")


class NoAnswerError(Exception):
    """One request got no whole answer; the text says what happened instead."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Tokens by the role that a case asks for. Never printed: `repr` shows none."""

    tokens: Mapping[Auth, str] = field(repr=False)
    #: What must appear in no output.
    secrets: tuple[str, ...] = field(default=(), repr=False)
    #: Whether the forbidden token must give 403, or is only tried.
    forbidden_is_sure: bool = False

    @classmethod
    def read(cls, environ: Mapping[str, str], *, live: bool, sure: bool = False) -> Credentials:
        """Tokens from the environment; a target that is not live gets made-up ones where none are set."""
        valid, forbidden = (environ.get(name, "").strip() for name in (TOKEN_VARIABLE, FORBIDDEN_VARIABLE))
        if live and not valid:
            raise Refused(f"no token: put the API token into the variable {TOKEN_VARIABLE}")
        for name, token in ((TOKEN_VARIABLE, valid), (FORBIDDEN_VARIABLE, forbidden)):
            if not token.isascii() or not token.isprintable():
                raise Refused(f"the token in {name} holds characters that no header can carry")
        tokens = {Auth.VALID: valid or "contract-kit", Auth.BAD: "expired-contract-kit"}
        if forbidden or not live:
            tokens[Auth.FORBIDDEN] = forbidden or "forbidden-contract-kit"
        return cls(tokens, tuple(filter(None, (valid, forbidden))), sure or bool(forbidden))


@dataclass(slots=True)
class Connection:
    """An open way to a target. Times are of `now`, so that tests need not wait."""

    target: Target
    session: requests.Session
    credentials: Credentials
    sleep: Callable[[float], object] = time.sleep
    now: Callable[[], float] = time.monotonic

    @property
    def redactor(self) -> Redactor:
        return Redactor(self.credentials.secrets)

    def send(self, case: Case, number: int) -> Answer:
        """One request, one answer; redirects are not followed. Raises NoAnswerError."""
        started = self.now()
        try:
            with self._request(case) as response:
                body = _whole(response, self.now, started)
        except requests.RequestException as error:
            raise NoAnswerError(self.redactor(_sentence(error))) from None
        except OSError as error:
            raise NoAnswerError(self.redactor(f"the connection broke: {error}")) from None
        except Exception as error:  # noqa: BLE001 - whatever an app in this process raises, it gave no answer
            raise NoAnswerError(self.redactor(f"the app raised {error!r}")) from None
        ended = self.now()
        return Answer.of(
            case,
            body=body,
            number=number,
            status=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
            elapsed_ms=(ended - started) * 1000,
            at_seconds=ended,
            url=self.target.url,
        )

    def _request(self, case: Case) -> requests.Response:
        headers = {"Accept": "application/json", "User-Agent": "wemasy-contract"}
        if case.method != "GET":
            headers["Content-Type"] = case.content_type
        token = self.credentials.tokens.get(case.auth)
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        return self.session.request(
            case.method,
            self.target.url,
            params={"page": case.page} if case.page is not None else None,
            data=None if case.method == "GET" else case.body,
            headers=headers,
            auth=_as_it_is,
            allow_redirects=False,
            stream=True,
            timeout=(CONNECT_SECONDS, READ_SECONDS),
        )

    def wait(self, seconds: float) -> None:
        """Let a rate-limit window pass."""
        self.sleep(seconds)


def open_url(base: str, environ: Mapping[str, str], *, live: bool) -> Connection:
    """A target by its base URL. Raises UsageError for one that is no base URL, Refused without a token."""
    url = endpoint(base)
    loopback = bool(_LOOPBACK.fullmatch(urlsplit(url).hostname or ""))
    if not loopback and not live:
        raise UsageError(f"{base} is not on this machine: add --live to send requests to it")
    target = Target(name=base, url=url, live=not loopback)
    return Connection(target, requests.Session(), Credentials.read(environ, live=target.live))


def open_app(app: Any, environ: Mapping[str, str], *, name: str = "app") -> Connection:  # noqa: ANN401 - any ASGI app
    """An ASGI app in this process. Only the fake, `mock`, is known to reserve tokens and to be ours alone."""
    fake = name == "mock"
    session = asgi.get_client(app)
    session.base_url = _DEFAULT_BASE
    target = Target(name=name, url=f"{_DEFAULT_BASE}{ENDPOINT}", exclusive=fake)
    return Connection(target, session, Credentials.read(environ, live=False, sure=fake))


def open_mock(environ: Mapping[str, str], **settings: Any) -> Connection:  # noqa: ANN401 - fields of its Settings
    """A fresh fake in this process; its own clock is moved instead of waited for."""
    from mockserver.app import create_app  # noqa: PLC0415 - the server's weight only when it is the target
    from mockserver.clock import Clock  # noqa: PLC0415
    from mockserver.settings import Settings  # noqa: PLC0415

    clock = Clock()

    def pass_time(seconds: float) -> None:
        clock.offset_seconds += seconds

    app = create_app(Settings(quiet=True, **settings), clock=clock)
    return replace(open_app(app, environ, name="mock"), sleep=pass_time)


def drifts() -> Mapping[str, str]:
    """The violations that the fake can serve, by name, with what each needs to be seen."""
    from mockserver.drift import CATALOGUE  # noqa: PLC0415

    return {drift.name: drift.needs for drift in CATALOGUE}


def endpoint(base: str) -> str:
    """The endpoint's URL below a base URL with or without `/api`."""
    parts = urlsplit(base)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        _no_base(base)
    if parts.username is not None:
        raise UsageError(
            f"the URL carries credentials: give the token in the variable {TOKEN_VARIABLE} instead"
        )
    root = base.rstrip("/").removesuffix(BARE_ENDPOINT)
    return root + (BARE_ENDPOINT if root.endswith("/api") else ENDPOINT)


def _no_base(base: str) -> NoReturn:
    raise UsageError(
        f"{base!r} is no target: use mock, or a base URL such as https://host or https://host/api"
    )


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps requests from adding what a .netrc file says about the host."""
    return request


def _whole(response: requests.Response, now: Callable[[], float], started: float) -> bytes:
    body = bytearray()
    try:
        chunks = response.iter_content(1 << 16)
        first = next(chunks, b"")
    except requests.exceptions.ContentDecodingError:
        return b"\0 not encoded as Content-Encoding says"  # an answer, and no JSON
    for chunk in chain([first], chunks):
        body += chunk
        if len(body) > _MAX_BYTES:
            raise requests.RequestException(f"the answer is larger than {_MAX_BYTES >> 20} MiB")
        if now() - started > _MAX_SECONDS:
            raise requests.Timeout
    return bytes(body)


def _sentence(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return f"no answer within {READ_SECONDS} s"
    if isinstance(error, requests.exceptions.SSLError):
        return f"TLS failed: {_cause(error)}"
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return f"the answer broke off or cannot be decoded: {_cause(error)}"
    if isinstance(error, requests.ConnectionError):
        return f"no connection: {_cause(error)}"
    return f"the request failed: {_cause(error)}"


def _cause(error: BaseException) -> str:
    """The innermost reason, without the object addresses that urllib3 prints."""
    reason: Any = error
    while inner := getattr(reason, "reason", None) or next(
        (a for a in reason.args if isinstance(a, BaseException)), None
    ):
        if not isinstance(inner, BaseException):
            break
        reason = inner
    return re.sub(r"<[^>]*>:? ?|\(?_ssl\.c:\d+\)?", "", str(reason)).strip() or type(reason).__name__
