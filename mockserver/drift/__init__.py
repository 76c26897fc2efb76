"""Deliberate contract violations, `serve --drift NAME`: what `wemasy-contract selftest` must catch.

A drift is a step around the correct endpoint: it changes what is asked, on which rows, or what is
answered (`asking`, `columns`, `answering`), and remembers what it must in the call's memory. One
module an area holds a table of them; without `--drift` none of this is imported.
"""

from mockserver.drift.catalogue import CATALOGUE, drifted, layers
from mockserver.drift.violation import Drift

__all__ = ["CATALOGUE", "Drift", "drifted", "layers"]
