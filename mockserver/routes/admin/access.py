"""What every admin route needs: the server's sandboxes, and the one that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

from fastapi import Depends, HTTPException, Query, Request

from mockserver import sandbox as tenants
from mockserver import sandboxes as houses

if TYPE_CHECKING:
    from mockserver.settings import Settings


def everyone(request: Request) -> houses.Sandboxes:
    """All sandboxes of this server."""
    return cast("houses.Sandboxes", request.app.state.sandboxes)


def settings(request: Request) -> Settings:
    """How this server was started."""
    return cast("Settings", request.app.state.settings)


def tenant(
    request: Request,
    sandbox: Annotated[
        str, Query(description="The sandbox's id; it is made if there is none.")
    ] = houses.DEFAULT,
) -> tenants.Sandbox:
    """The sandbox that a call means."""
    found = everyone(request).named(sandbox)
    if found is None:
        raise HTTPException(
            422,
            f"sandbox={sandbox!r} can't be an id; use up to 64 letters, digits, dots, dashes and underscores",
        )
    return found


Everyone = Annotated[houses.Sandboxes, Depends(everyone)]
Tenant = Annotated[tenants.Sandbox, Depends(tenant)]
