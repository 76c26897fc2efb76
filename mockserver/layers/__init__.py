"""Pure ASGI layers, outermost first in `app`."""
