"""What a store tells about itself: how it writes, how long a hall's log is, and whether its clock is this machine's."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from shared.domain.clock import Clock
from shared.store import tables
from shared.store.engine import make_engine, reading
from shared.store.server_clock import server_now


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """`journal` is SQLite's journal mode, None on a server; `machine_ahead_s` is 0 for a file, which has no clock."""

    events: int
    journal: str | None
    machine_ahead_s: float


def store_health(database_url: str, hall_id: str, clock: Clock) -> StoreHealth:
    """Ask a store, at a cost that does not grow with a day's events.

    Raises:
        StoreUnavailable: the store cannot answer now.
    """
    engine = make_engine(database_url)
    try:
        with reading(engine) as connection:
            events = _events(connection, hall_id)
            if engine.dialect.name == "sqlite":
                journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
                return StoreHealth(events, str(journal), 0.0)
            return StoreHealth(events, None, _machine_ahead_s(connection, clock))
    finally:
        engine.dispose()


def _events(connection: Connection, hall_id: str) -> int:
    """A day's log has no gaps, so its last `seq` is its length."""
    lengths = select(func.coalesce(func.sum(tables.hall_day.c.seq), 0))
    return int(connection.execute(lengths.where(tables.hall_day.c.hall_id == hall_id)).scalar_one())


def _machine_ahead_s(connection: Connection, clock: Clock) -> float:
    asked = clock.now()
    servers = server_now(connection)
    answered = clock.now()
    if servers is None:
        return 0.0
    return (asked + (answered - asked) / 2 - servers).total_seconds()
