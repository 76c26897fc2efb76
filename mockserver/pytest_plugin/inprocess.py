"""The fake in this process, without a socket: an httpx transport, for sync and async clients alike."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import httpx

from mockserver.app import create_app
from mockserver.pytest_plugin.admin import Admin
from mockserver.pytest_plugin.sandbox import Sandbox
from mockserver.settings import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockserver.pytest_plugin.admin import Send

#: Nothing listens there; only the transport knows it.
URL = "http://wemasy-mock.localhost"


class Transport(httpx.ASGITransport, httpx.BaseTransport):
    """httpx's own ASGI transport, which `httpx.Client` can use, too.

    A fault that ends the connection is a `httpx.ReadError`, as on the wire.
    """

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await super().handle_async_request(request)
        except ConnectionResetError as reason:
            raise httpx.ReadError(str(reason), request=request) from None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        # In a thread, since this one may run a loop already.
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, self._whole(request)).result()

    async def _whole(self, request: httpx.Request) -> httpx.Response:
        response = await self.handle_async_request(request)
        content = await response.aread()
        return httpx.Response(response.status_code, headers=response.headers, content=content)


class AsgiSandbox(Sandbox):
    """A sandbox of an app in this process; `transport` reaches it, its `url` means nothing elsewhere."""

    def __init__(self, server: Admin, url: str, transport: Transport) -> None:
        super().__init__(server, url)
        self.transport = transport

    def client(self, **options: Any) -> httpx.Client:  # noqa: ANN401 - httpx's own
        """A client that goes here and carries the token; `options` are those of httpx.Client."""
        return httpx.Client(**self._options(options))

    def async_client(self, **options: Any) -> httpx.AsyncClient:  # noqa: ANN401 - httpx's own
        """The same as `client` for async tests."""
        return httpx.AsyncClient(**self._options(options))

    def _options(self, options: dict[str, Any]) -> dict[str, Any]:
        headers = httpx.Headers({"Authorization": f"Bearer {self.token}", "Accept": "application/json"})
        headers.update(options.get("headers"))
        return {"base_url": self.url, "transport": self.transport, **options, "headers": headers}


@dataclass(frozen=True, slots=True)
class AsgiServer:
    """An app in this process."""

    admin: Admin
    transport: Transport

    def sandbox(self) -> AsgiSandbox:
        """A fresh sandbox; a `with` block drops it."""
        return AsgiSandbox(self.admin, URL, self.transport)


def served(environ: Mapping[str, str]) -> AsgiServer:
    """An app with the settings of `environ` and `wemasy-mock.toml`. Raises MockError for unusable ones."""
    settings, _ = resolve({"host": "127.0.0.1", "quiet": "true"}, environ)
    app = create_app(replace(settings, no_admin=False, admin_token=None))
    transport = Transport(app)
    return AsgiServer(Admin(_carried(transport)), transport)


def _carried(transport: Transport) -> Send:
    def send(method: str, path: str, content: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        request = httpx.Request(method, URL + path, content=content, headers=dict(headers))
        response = transport.handle_request(request)
        return response.status_code, response.read()

    return send
