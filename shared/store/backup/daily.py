"""One backup a day, whoever makes it: the store says whose turn it is, and remembers what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine, delete, select, update

from shared.store import tables
from shared.store.engine import writing
from shared.store.schema import require_schema_here, take_schema_lock
from shared.store.server_clock import server_now
from shared.store.upserts import upsert

EVERY: Final = timedelta(hours=20)
"""A hall opens at about the same time each day; a little less than a day lets no day slip."""

ENDED_BY_FORCE_AFTER: Final = timedelta(hours=2)
"""A program that began a backup and has said nothing since was ended; another one may make it."""

AGAIN_AFTER_FAILURE: Final = timedelta(hours=1)
KEPT: Final = timedelta(days=90)
DONE: Final = "done"

_run = tables.backup_run.c


def claim_backup(engine: Engine, hall_id: str, machine: str, now: datetime) -> datetime | None:
    """Take today's backup upon oneself: the moment it began by the store's clock, or None when it is not due.

    Of several programs that ask at once one is told yes, also when their halls differ: a backup is of all of them.

    Raises:
        StoreUnavailable: the store cannot answer now.
    """
    with writing(engine) as connection:
        take_schema_lock(connection)
        require_schema_here(connection)
        now = server_now(connection) or now
        # A row from the future was written by a clock that ran ahead, and says nothing about today.
        recent = select(_run.began_at, _run.outcome).where(
            _run.began_at.between(now - EVERY, now + EVERY / 20)
        )
        if any(_counts(row.began_at, row.outcome, now) for row in connection.execute(recent)):
            return None
        write = upsert(connection.dialect.name, tables.backup_run)
        unsettled = {"machine": machine, "ended_at": None, "outcome": None}
        connection.execute(write, {"hall_id": hall_id, "began_at": now, **unsettled})
        connection.execute(delete(tables.backup_run).where(_run.began_at < now - KEPT))
        return now


def settle_backup(engine: Engine, hall_id: str, began: datetime, now: datetime, outcome: str) -> None:
    """Note what came of a backup: `DONE`, or the cause of its failure."""
    with writing(engine) as connection:
        connection.execute(
            update(tables.backup_run)
            .where(_run.hall_id == hall_id, _run.began_at == began)
            .values(ended_at=server_now(connection) or now, outcome=outcome)
        )


def _counts(began: datetime, outcome: str | None, now: datetime) -> bool:
    if outcome == DONE:
        return True
    return began > now - (ENDED_BY_FORCE_AFTER if outcome is None else AGAIN_AFTER_FAILURE)
