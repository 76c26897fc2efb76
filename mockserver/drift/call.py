"""One request on its way to the endpoint, as a drift meets it."""

from __future__ import annotations

import json
from copy import copy
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeAlias

from mockserver.payload import decode, decode_query
from mockserver.rules.values import merge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockserver.credentials import Caller
    from mockserver.dataset import Dataset
    from mockserver.layers.vendor import Endpoint
    from mockserver.profile import Profile
    from mockserver.request import Request
    from mockserver.respond import Answer
    from mockserver.sandbox import Sandbox

    #: What a drift makes of a request: the whole of its violation.
    Step = Callable[["Call"], Answer]

#: A JSON value.
Json: TypeAlias = Any

#: A request's input as the rules see it: body over query string, cleaned.
Fields: TypeAlias = dict[str, Json]


@dataclass(slots=True)
class Memory:
    """What one drift of one app remembers from request to request."""

    requests: int = 0
    kept: dict[object, Json] = field(default_factory=dict)

    def once(self, change: Callable[[Json], Json], value: object) -> Json:
        """`change(value)`, made anew only when `value` is another object than the last time."""
        last = self.kept.get(change)
        if last is None or last[0] is not value:
            self.kept[change] = last = (value, change(value))
        return last[1]


@dataclass(frozen=True, slots=True)
class Call:
    """A request, its caller and sandbox, and the endpoint that would answer it correctly."""

    endpoint: Endpoint
    request: Request
    caller: Caller
    sandbox: Sandbox
    memory: Memory

    @property
    def fields(self) -> Fields:
        request = self.request
        body = decode(request.body or b"", request.headers.get("content-type", ""))
        return merge(body, decode_query(request.query))

    def answer(self) -> Answer:
        """The endpoint's answer to what this call now asks."""
        return self.endpoint(self.request, self.caller, self.sandbox)

    def answered(self, answer: Answer) -> Call:
        """The same call with its answer: asked again, it costs nothing."""
        return replace(self, endpoint=lambda *_: answer)

    def passed_on(self, request: Request, caller: Caller, sandbox: Sandbox) -> Call:
        """What reaches the endpoint of this call, as a call of its own."""
        return replace(self, request=request, caller=caller, sandbox=sandbox)

    def asking(self, fields: Mapping[str, Json]) -> Call:
        """The same call with this input; the very same one if that is what it asks already."""
        if fields == self.fields:
            return self
        headers = {**self.request.headers, "content-type": "application/json"}
        body = json.dumps(fields).encode()
        return replace(self, request=self.request._replace(headers=headers, query=b"", body=body))

    def aside(self, **changes: Json) -> dict[str, Json] | None:
        """`data` of the answer to the same call with other input, at no cost of quota; None if refused."""
        view = copy(self.sandbox)
        view.limit = replace(self.sandbox.limit, enforced=False)
        answer = replace(self, sandbox=view).asking({**self.fields, **changes}).answer()
        # OPTIONS is a 200 without a body.
        return json.loads(answer.body)["data"] if answer.status == HTTPStatus.OK and answer.body else None

    def over(self, change: Callable[[Dataset], Dataset]) -> Call:
        """The same call on changed rows, made once for each `change`."""
        # A shallow copy shares the quota's windows, so that requests count as they do otherwise.
        view = copy(self.sandbox)
        view.dataset = self.memory.once(change, self.sandbox.dataset)
        return replace(self, sandbox=view)

    def under(self, change: Callable[[Profile], Profile]) -> Call:
        """The same call under a changed profile."""
        view = copy(self.sandbox)
        view.profile = self.memory.once(change, self.sandbox.profile)
        return replace(self, sandbox=view)
