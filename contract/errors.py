"""Why a run could not judge. A broken contract is a finding, a value; these are not.

::

    ContractError
    ├── UsageError        a flag, a variable or a file cannot be used: exit 2
    └── TargetError       the target cannot be judged: exit 3
        ├── Unreachable   no connection, no answer, no API behind the address
        └── Refused       the credentials are missing or not accepted
"""

from __future__ import annotations


class ContractError(Exception):
    """Base of everything raised on purpose; its text is one sentence for people."""

    exit_code = 2


class UsageError(ContractError):
    """The text names the flag, variable or file, its value and what is accepted."""


class TargetError(ContractError):
    """The target cannot be judged."""

    exit_code = 3


class Unreachable(TargetError):  # noqa: N818 - a state of the target, as it reads in the report
    """The text names the address and what came instead of an answer."""


class Refused(TargetError):  # noqa: N818 - as above
    """The text names the variable that holds the token."""
