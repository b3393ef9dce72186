"""A head office's copy of many halls: PostgreSQL's logical replication, set up, watched and begun anew.

A hall's server publishes its halls and never waits for the head office: it works on while the line is down, and what
the head office missed is kept for it, up to a limit, so that a long cut cannot fill the hall's disk. Clerks' names and
PINs stay in the hall.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, Engine, delete, text

from shared.domain.errors import StoreUnavailable
from shared.store import tables
from shared.store.backup.copying import unhurried
from shared.store.engine import make_engine, writing
from shared.store.faults import faults_translated
from shared.store.plans import hall_ids
from shared.store.schema import require_schema, upgrade

PUBLICATION: Final = "jiaohao"
PUBLISHED: Final = (
    tables.hall,
    tables.hall_plan,
    tables.hall_day,
    tables.series,
    tables.ticket,
    tables.event,
    tables.counter,
)
"""What boards, reports and `verify` need; of clerks only the badge numbers that are part of a service."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class HeadOfficeRefused(Exception):
    """The replication cannot be set up so; `code` tells why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Subscription:
    """A hall server as the head office follows it; `tables_ready` of `tables` have their first copy."""

    name: str
    enabled: bool
    connected: bool
    tables: int
    tables_ready: int
    heard_at: datetime | None


@dataclass(frozen=True, slots=True)
class Slot:
    """What a hall's server keeps for a head office: `kept_bytes` of log; `lost` when that went over the limit."""

    name: str
    connected: bool
    kept_bytes: int | None
    lost: bool


def publish(database_url: str, keep_megabytes: int) -> tuple[str, ...]:
    """Let head offices follow the halls of this server, and limit what is kept for one that is away.

    Raises:
        HeadOfficeRefused: `not_postgres`, `wal_level`.
        StoreUnavailable: the store cannot answer now.
    """
    with _opened(database_url) as engine:
        require_schema(engine)
        with _commanding(engine) as connection:
            if connection.exec_driver_sql("SHOW wal_level").scalar_one() != "logical":
                message = "this server keeps no log that a head office can read: set wal_level = logical and restart it"
                raise HeadOfficeRefused("wal_level", message)
            named = ", ".join(f'"{table.name}"' for table in PUBLISHED)
            known = connection.execute(
                text("SELECT 1 FROM pg_publication WHERE pubname = :name"), {"name": PUBLICATION}
            ).scalar()
            how = "ALTER PUBLICATION {} SET TABLE " if known else "CREATE PUBLICATION {} FOR TABLE "
            connection.exec_driver_sql(how.format(PUBLICATION) + named)
            connection.exec_driver_sql(f"ALTER SYSTEM SET max_slot_wal_keep_size = '{keep_megabytes:d}MB'")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
        return hall_ids(engine)


def subscribe(database_url: str, name: str, source_url: str) -> tuple[str, ...]:
    """Follow a hall server from now on, beginning with a copy of all it has; returns its halls.

    Raises:
        HeadOfficeRefused: `not_postgres`, `name`, `same_server`, `not_published`, `known_hall`, `known_subscription`.
        StoreUnavailable: one of the two cannot answer now.
    """
    with _opened(database_url) as engine:
        upgrade(engine)
        halls = _published_halls(engine, source_url)
        if name in {one.name for one in subscriptions(database_url)}:
            raise HeadOfficeRefused("known_subscription", f"{name} is followed already")
        shared = sorted(set(halls) & set(hall_ids(engine)))
        if shared:
            message = f"this head office has rows of {', '.join(shared)} already; begin anew with rejoin"
            raise HeadOfficeRefused("known_hall", message)
        _create(engine, name, source_url)
    return halls


def rejoin(database_url: str, name: str, source_url: str) -> tuple[str, ...]:
    """Begin anew with a hall server whose log was not kept long enough: forget its halls here, and copy them again.

    Raises:
        HeadOfficeRefused: `not_postgres`, `same_server`, `not_published`, `unknown_subscription`.
        StoreUnavailable: one of the two cannot answer now.
    """
    with _opened(database_url) as engine:
        halls = _published_halls(engine, source_url)
        # Nothing is forgotten in a database that never followed anybody: it may be a hall's own.
        _require_followed(database_url, name)
        _drop(engine, name)
        with writing(engine) as connection:
            unhurried(connection)
            for table in reversed(tables.metadata.sorted_tables):
                connection.execute(delete(table).where(table.c.hall_id.in_(halls)))
        _create(engine, name, source_url)
    return halls


def leave(database_url: str, name: str) -> bool:
    """Follow a hall server no longer; its halls stay as they are now. False when its server still keeps log for us.

    Raises:
        HeadOfficeRefused: `not_postgres`, `unknown_subscription`.
        StoreUnavailable: the store cannot answer now.
    """
    with _opened(database_url) as engine:
        _require_followed(database_url, name)
        return _drop(engine, name)


def subscriptions(database_url: str) -> tuple[Subscription, ...]:
    """The hall servers that this head office follows.

    Raises:
        HeadOfficeRefused: `not_postgres`.
        StoreUnavailable: the store cannot answer now.
    """
    asked = text(
        "SELECT s.subname, s.subenabled, bool_or(w.pid IS NOT NULL) AS connected,"
        " max(w.last_msg_receipt_time) AS heard,"
        " (SELECT count(*) FROM pg_subscription_rel r WHERE r.srsubid = s.oid) AS tables,"
        " (SELECT count(*) FROM pg_subscription_rel r WHERE r.srsubid = s.oid AND r.srsubstate = 'r') AS ready"
        " FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid AND d.datname = current_database()"
        " LEFT JOIN pg_stat_subscription w ON w.subid = s.oid AND w.worker_type = 'apply'"
        " GROUP BY s.oid, s.subname, s.subenabled ORDER BY s.subname"
    )
    with _opened(database_url) as engine, _commanding(engine) as connection:
        return tuple(
            Subscription(
                row.subname.removeprefix(f"{PUBLICATION}_"),
                row.subenabled,
                row.connected,
                row.tables,
                row.ready,
                row.heard,
            )
            for row in connection.execute(asked)
            if row.subname.startswith(f"{PUBLICATION}_")
        )


def slots(database_url: str) -> tuple[Slot, ...]:
    """What this server keeps for head offices.

    Raises:
        HeadOfficeRefused: `not_postgres`.
        StoreUnavailable: the store cannot answer now.
    """
    asked = text(
        "SELECT slot_name, active, wal_status, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint AS kept"
        " FROM pg_replication_slots WHERE slot_type = 'logical' AND database = current_database()"
        " AND NOT temporary ORDER BY slot_name"
    )
    with _opened(database_url) as engine, _commanding(engine) as connection:
        return tuple(
            Slot(row.slot_name, row.active, row.kept, row.wal_status == "lost")
            for row in connection.execute(asked)
        )


@contextmanager
def _opened(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    try:
        if engine.dialect.name != "postgresql":
            raise HeadOfficeRefused("not_postgres", "a head office and its halls need PostgreSQL")
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _commanding(engine: Engine) -> Iterator[Connection]:
    """A connection without transactions: the server refuses some of these commands within one."""
    with faults_translated(), engine.connect() as connection:
        yield connection.execution_options(isolation_level="AUTOCOMMIT")


def _require_followed(database_url: str, name: str) -> None:
    if name not in {one.name for one in subscriptions(database_url)}:
        raise HeadOfficeRefused("unknown_subscription", f"{name} is not followed")


def _published_halls(office: Engine, source_url: str) -> tuple[str, ...]:
    started = text("SELECT pg_postmaster_start_time()")
    with _opened(source_url) as source:
        with _commanding(source) as connection, _commanding(office) as own:
            if connection.execute(started).scalar() == own.execute(started).scalar():
                raise HeadOfficeRefused("same_server", "a server cannot follow itself")
            asked = text("SELECT 1 FROM pg_publication WHERE pubname = :name")
            if connection.execute(asked, {"name": PUBLICATION}).scalar() is None:
                message = "that server publishes nothing; run there: jiaohao head-office publish"
                raise HeadOfficeRefused("not_published", message)
        require_schema(source)
        return hall_ids(source)


def _create(engine: Engine, name: str, source_url: str) -> None:
    if not _NAME.fullmatch(name):
        raise HeadOfficeRefused("name", f"{name!r}: a name is of small letters, digits and underscores")
    # Without synchronous_commit, the first copy of a table stayed unfinished for ever after a kill in 3 of 6 trials.
    create = sql.SQL(
        "CREATE SUBSCRIPTION {} CONNECTION {} PUBLICATION {} WITH (synchronous_commit = 'on', copy_data = true)"
    ).format(_identifier(name), sql.Literal(_conninfo(source_url)), sql.Identifier(PUBLICATION))
    _command(engine, create)


def _drop(engine: Engine, name: str) -> bool:
    _command(engine, sql.SQL("ALTER SUBSCRIPTION {} DISABLE").format(_identifier(name)))
    drop = sql.SQL("DROP SUBSCRIPTION {}").format(_identifier(name))
    try:
        _command(engine, drop)
    except StoreUnavailable:
        # The hall's server cannot be told: what it keeps for us is dropped there, by whoever looks after it.
        _command(engine, sql.SQL("ALTER SUBSCRIPTION {} SET (slot_name = NONE)").format(_identifier(name)))
        _command(engine, drop)
        return False
    return True


def _command(engine: Engine, statement: sql.Composed) -> None:
    with _commanding(engine) as connection:
        driver: Any = connection.connection.driver_connection
        connection.exec_driver_sql(statement.as_string(driver))


def _identifier(name: str) -> sql.Identifier:
    return sql.Identifier(f"{PUBLICATION}_{name}")


def _conninfo(source_url: str) -> str:
    """The address as PostgreSQL itself reads it, with the password in it: only superusers of the head office see it."""
    engine = make_engine(source_url)
    _positional, options = engine.dialect.create_connect_args(engine.url)
    engine.dispose()
    # SQLAlchemy's own word to psycopg, which the server would not understand.
    options.pop("context", None)
    return make_conninfo(**options)
