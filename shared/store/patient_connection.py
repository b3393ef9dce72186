"""A connection to PostgreSQL that waits for an answer, but not for ever.

The server ends a statement after its own time-out, and the network tells when a machine is gone. Neither helps when the
server stands still while its machine keeps the connection alive: stopped by a signal, or before a disk that hangs.
"""

from __future__ import annotations

from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

ANSWER_SECONDS = 15.0
"""Longer than any statement may take: the server would have ended it after ten seconds, and said so."""

_INTERVAL_SECONDS = 0.1
"""How often a wait looks whether the program was interrupted, as psycopg's own."""

_T = TypeVar("_T")


class PatientConnection(psycopg.Connection[Any]):
    """Gives itself up when the server has not answered for `ANSWER_SECONDS`, unless its work takes its time."""

    takes_its_time = False

    def wait(self, gen: PQGen[_T], interval: float = _INTERVAL_SECONDS, timeout: float | None = None) -> _T:
        """Wait for an answer, as psycopg does for each of its own calls.

        Raises:
            OperationalError: none has come, and the connection is closed.
        """
        if timeout is not None or self.takes_its_time:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, ANSWER_SECONDS)
        except psycopg.errors._WaitTimeout:  # noqa: SLF001 - psycopg says that `wait` raises it, and has no other name for it
            # An answer that comes now would be taken for that to the next question.
            self.pgconn.finish()
            message = f"the database server has not answered for {ANSWER_SECONDS:.0f} s"
            raise psycopg.OperationalError(message) from None
