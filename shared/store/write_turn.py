"""Taking turns at a SQLite file: who waits to write looks every few milliseconds whether it can.

SQLite lets one write at a time and has the others look again after pauses that grow to a tenth of a second. Eight
programs that write without a break then spend most of the time asleep, and one of them may wait for seconds. So they
first take a lock of the operating system on a file of its own, at which they look far more often. It is a queue at
the door and no more: SQLite's own lock still decides, so whoever cannot take a turn goes on without one.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

TURN_SUFFIX: Final = "-turn"
TURN_SECONDS: Final = 2.0
"""Longer than any sound transaction; after it the waiting is left to SQLite, and to its time-out."""

# Where many write without a break, each look costs the one who writes processor time, and whoever has just written goes
# on cheaply, with all it needs at hand. So looks become rare; those who wait longest look most rarely, it is no order.
_SHORTEST_PAUSE: Final = 0.0005
_LONGEST_PAUSE: Final = 0.008
_PAUSE_GROWS: Final = 2.0

_pause = time.sleep


@contextmanager
def write_turn(database: str | Path) -> Iterator[None]:
    """Hold the turn to write to a SQLite file, if it can be had. A program that dies gives its turn back.

    The lock is that of an open file, so threads of one program take turns as well. Without such locks (Windows), or
    in a folder where no file can be made, there are no turns.
    """
    file = _open(f"{database}{TURN_SUFFIX}")
    if file is None:
        yield
        return
    try:
        _take(file)
        yield
    finally:
        os.close(file)


if sys.platform == "win32":

    def _open(_name: str) -> int | None:
        return None

    def _take(_file: int) -> None:
        pass

else:
    import fcntl

    def _open(name: str) -> int | None:
        try:
            return os.open(name, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError:
            return None

    def _take(file: int) -> None:
        pause = _SHORTEST_PAUSE
        give_up = time.monotonic() + TURN_SECONDS
        while time.monotonic() < give_up:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                # Not all at the same moments: they would wake each other for nothing.
                _pause(pause * random.uniform(0.5, 1.5))  # noqa: S311 - nothing to guess here
                pause = min(pause * _PAUSE_GROWS, _LONGEST_PAUSE)
            except OSError:
                return
            else:
                return
