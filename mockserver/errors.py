"""What can go wrong before or beside an answer.

::

    MockError
    ├── UsageError          a flag, variable or file says something unusable: exit 2
    │   ├── ProfileError    in a profile; names the file and the key
    │   ├── DataError       in a data file; names the file and the line
    │   └── ScenarioError   in a scenario; names the file and the key
    ├── PortBusyError       nothing to listen on: exit 3
    └── StateLostError      the state that workers share can't be reached: a 503, and the next request tries again

A vendor-shaped answer (401, 422, 429) is a value, never an exception.
"""

from __future__ import annotations


class MockError(Exception):
    """Base of everything that this package raises on purpose; its text is for people."""

    exit_code = 1


class UsageError(MockError):
    """A setting cannot be used. The text names it, its value and what is accepted."""

    exit_code = 2


class ProfileError(UsageError):
    """A profile says something that does not exist. The text names the file and the key."""


class DataError(UsageError):
    """A data file holds something that is no row. The text names the file and the line."""


class ScenarioError(UsageError):
    """A scenario says something that does not exist. The text names the file and the key."""


class PortBusyError(MockError):
    """The address is taken. The text names it and the way out."""

    exit_code = 3


class StateLostError(MockError):
    """Redis can't be reached. The text names it and the reason."""
