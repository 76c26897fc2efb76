"""The floor: one fixed answer, with as little Python as ASGI allows: `python benchmarks/floor.py LENGTH PORT`."""  # noqa: INP001 - commands, no package

from __future__ import annotations

import sys
from typing import Any

import uvicorn

_LENGTH, _PORT = int(sys.argv[1]), int(sys.argv[2])
_BODY = {"type": "http.response.body", "body": b"x" * _LENGTH}
_HEAD = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"application/json"), (b"content-length", str(_LENGTH).encode())],
}


async def app(_scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - as ASGI has it
    await receive()
    await send(_HEAD)
    await send(_BODY)


if __name__ == "__main__":
    uvicorn.run(app, port=_PORT, lifespan="off", access_log=False, log_level="critical")
