"""What a store tells about itself: how it writes, how long a hall's log is, and whether its clock is this machine's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from shared.domain.clock import Clock
from shared.store import tables
from shared.store.engine import make_engine, reading
from shared.store.server_clock import server_now


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """`journal` is SQLite's journal mode, None on a server; `machine_ahead_s` is 0 for a file, which has no clock.

    `standbys` is None where a commit waits for no other server, or where this role may not see whether one follows.
    """

    events: int
    journal: str | None
    machine_ahead_s: float
    standbys: Standbys | None = None


@dataclass(frozen=True, slots=True)
class Standbys:
    """The servers that each commit of a PostgreSQL server waits for: as set, how many, and how many follow now."""

    names: str
    wanted: int
    in_sync: int


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
            ahead_s = _machine_ahead_s(connection, clock)
            return StoreHealth(events, None, ahead_s, _standbys(connection))
    finally:
        engine.dispose()


def standbys_wanted(names: str) -> int:
    """How many servers a commit waits for (PostgreSQL manual, `synchronous_standby_names`: `ANY 2 (a, b, c)`)."""
    number = re.match(r"\s*(?:FIRST\b|ANY\b)?\s*(\d+)\s*\(", names, re.IGNORECASE)
    return 1 if number is None else int(number[1])


def _standbys(connection: Connection) -> Standbys | None:
    names, commit = connection.execute(
        text("SELECT current_setting('synchronous_standby_names'), current_setting('synchronous_commit')")
    ).one()
    if not names.strip() or commit in ("off", "local"):
        return None
    states = connection.execute(text("SELECT sync_state FROM pg_stat_replication")).scalars().all()
    if None in states:
        # A role that is no monitor sees that there are followers, and nothing of them.
        return None
    in_sync = sum(state in ("sync", "quorum") for state in states)
    return Standbys(names, standbys_wanted(names), in_sync)


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
