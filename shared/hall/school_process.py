"""The nightly lesson in a process of its own and of low priority, so that no screen stutters meanwhile.

The database's address, which may hold a password, comes in on standard input:
`python -m shared.hall.school_process < {"database": URL, "hall": ID}`.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Final

from shared.domain.clock import machine_clock
from shared.domain.errors import Refused, StoreUnavailable
from shared.hall import open_hall

_NICENESS: Final = 10


def main() -> int:
    """Learn in this process; 1 when the hall cannot be read now."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    asked = json.load(sys.stdin)
    try:
        with open_hall(asked["database"], asked["hall"], clock=machine_clock()) as hall:
            hall.learn_waits()
    except (Refused, StoreUnavailable) as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
