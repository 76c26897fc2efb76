"""What every admin route needs: the server's sandboxes, and the one that is meant."""

# Annotations are not deferred here, since FastAPI reads them.

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Annotated, cast

from fastapi import Depends, HTTPException, Query, Request

from mockserver import sandbox as tenants
from mockserver import sandboxes as houses
from mockserver.settings import Settings


def everyone(request: Request) -> houses.Sandboxes:
    """All sandboxes of this server."""
    return cast("houses.Sandboxes", request.app.state.sandboxes)


def settings(request: Request) -> Settings:
    """How this server was started."""
    return cast("Settings", request.app.state.settings)


Everyone = Annotated[houses.Sandboxes, Depends(everyone)]


def named(
    sandbox: Annotated[
        str, Query(description="The sandbox's id; it is made if there is none.")
    ] = houses.DEFAULT,
) -> str:
    """The id of the sandbox that a call means."""
    if not houses.NAME.fullmatch(sandbox):
        raise HTTPException(
            422,
            f"sandbox={sandbox!r} can't be an id; use up to 64 letters, digits, dots, dashes and underscores",
        )
    return sandbox


def tenant(
    request: Request, sandboxes: Everyone, name: Annotated[str, Depends(named)]
) -> Iterator[tenants.Sandbox]:
    """The sandbox that a call means; what a call sets in it is kept before the call is answered."""
    if request.method == "GET":
        yield sandboxes.named(name) or sandboxes.default
        return
    with sandboxes.changing(name) as sandbox:
        yield sandbox


def tenants_meant(
    sandboxes: Everyone,
    name: Annotated[str, Depends(named)],
    *,
    everything: Annotated[bool, Query(alias="all", description="Every sandbox.")] = False,
) -> Iterator[list[tenants.Sandbox]]:
    """The sandbox that a call means, or every one."""
    names = [sandbox.name for sandbox, _ in sandboxes.listed()] if everything else [name]
    with ExitStack() as stack:
        # In one order, so that two such calls don't wait for each other.
        yield [stack.enter_context(sandboxes.changing(name)) for name in sorted(names)]


Tenant = Annotated[tenants.Sandbox, Depends(tenant, scope="function")]
Tenants = Annotated[list[tenants.Sandbox], Depends(tenants_meant, scope="function")]
