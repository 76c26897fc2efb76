"""`python -m contract`."""

from __future__ import annotations

import sys

from contract.cli import main

if __name__ == "__main__":
    sys.exit(main())
