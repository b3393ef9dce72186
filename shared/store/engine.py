"""The engine of a store: SQLite or PostgreSQL, set so that a hall's changes are durable and never wait for long."""

from __future__ import annotations

import re
import select
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, NoReturn

import psycopg
from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from shared.domain.errors import StoreUnavailable
from shared.store.faults import faults_translated
from shared.store.patient_connection import PatientConnection
from shared.store.write_turn import write_turn

SQLITE_BUSY_SECONDS = 10
SQLITE_RETRY_SECONDS = 0.02
POSTGRES_CONNECT_SECONDS = 2
POSTGRES_OPTIONS = (
    "-c statement_timeout=10000 -c lock_timeout=8000 -c idle_in_transaction_session_timeout=5000"
    # The server, too, finds out soon that a machine is gone, and lets go of the hall that it had locked.
    " -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
)
PING_AFTER_SECONDS = 1.0
"""A connection that rested longer is tried before it is used; one in constant use is spared the round trip."""

_pause = time.sleep
"""Between two attempts at a file that another program has just begun."""

_KEEPALIVE = {
    "keepalives": 1,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    # Keep-alives watch a line that is silent; what was sent and never arrived is given up by this one.
    "tcp_user_timeout": 4_000,
}
_READ_ONLY_SQLSTATE = "25006"
_BEHIND_COMMIT = "jiaohao_behind_commit"


def make_engine(database_url: str) -> Engine:
    """The engine for `sqlite:///path` or `postgresql+psycopg://…`.

    An address may name several servers, `postgresql+psycopg://user@a:5432,b:5432/hall`: each new connection goes to the
    first that answers and takes writes (libpq's `target_session_attrs=read-write`, unless the address says otherwise).

    Raises:
        StoreUnavailable: `unreachable`, when the text is no address of a supported store.
    """
    try:
        url = make_url(_with_hosts_apart(database_url))
        if url.get_backend_name() == "sqlite":
            return _sqlite_engine(database_url)
        if url.get_backend_name() == "postgresql":
            return _postgres_engine(url.set(drivername="postgresql+psycopg"))
    except (ArgumentError, ValueError):
        pass
    raise StoreUnavailable("unreachable", _address_help(database_url)) from None


def make_archive_engine(file: Path) -> Engine:
    """The engine for a SQLite file that is only looked at: a backup stays as it is, to the byte."""
    address = f"{file.absolute().as_uri()}?mode=ro"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False),
        poolclass=NullPool,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: on SQLite it takes the write lock at once, so it never fails half-way for it.

    Raises:
        StoreUnavailable: the store cannot answer now; nothing was changed, or the answer to the commit was lost.
    """
    with faults_translated(), engine.connect() as connection:
        connection.execution_options(jiaohao_writes=True)
        connection.info.pop(_BEHIND_COMMIT, None)
        with _turn(engine), connection.begin():
            yield connection
            if _BEHIND_COMMIT in connection.info:
                with committed_together(connection):
                    pass


def _turn(engine: Engine) -> AbstractContextManager[None]:
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database:
        return nullcontext()
    return write_turn(database)


@contextmanager
def committed_together(connection: Connection) -> Iterator[None]:
    """Send statements whose results nobody reads, and the COMMIT after them, without waiting for each answer.

    PostgreSQL answers them all at the COMMIT, where the first fault is raised; SQLite has no way to go.
    """
    with pipeline(connection) as driver:
        yield
        if driver is not None:
            # The driver's own commit() would first wait for everything before it.
            driver.execute("COMMIT")
            for send in connection.info.pop(_BEHIND_COMMIT, ()):
                send()
    connection.commit()


def send_behind_commit(connection: Connection, send: Callable[[], None]) -> None:
    """Send something to PostgreSQL behind the COMMIT of a transaction that writes, in the same journey.

    It is a transaction of its own, and is not carried out where the COMMIT fails.
    """
    connection.info.setdefault(_BEHIND_COMMIT, []).append(send)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, and sees one moment of the store from beginning to end.

    Raises:
        StoreUnavailable: the store cannot answer now.
    """
    with faults_translated(), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


def _postgres_engine(url: URL) -> Engine:
    if len(_hosts(url)) > 1 and "target_session_attrs" not in url.query:
        url = url.update_query_dict({"target_session_attrs": "read-write"})
    # SQLAlchemy looks at a list of servers when it first connects; a misspelt one is better told now.
    url.get_dialect()().create_connect_args(url)
    engine = create_engine(
        url,
        pool_size=4,
        connect_args={
            "connect_timeout": POSTGRES_CONNECT_SECONDS,
            "options": POSTGRES_OPTIONS,
            "application_name": "jiaohao",
            **_KEEPALIVE,
        },
    )

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _entry: object, where: list[Any], how: dict[str, Any]) -> PatientConnection:
        return PatientConnection.connect(*where, **how)

    @event.listens_for(engine, "checkin")
    def note_rest(driver: PatientConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info["rests_since"] = time.monotonic()
        if driver is not None:
            driver.takes_its_time = False

    @event.listens_for(engine, "checkout")
    def try_doubtful(driver: Any, entry: ConnectionPoolEntry, _fairy: object) -> None:  # noqa: ANN401
        now = time.monotonic()
        rested = now - entry.info.get("rests_since", now)
        if rested < PING_AFTER_SECONDS and not _spoke_unasked(driver):
            return
        try:
            engine.dialect.do_ping(driver)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    @event.listens_for(engine, "handle_error")
    def leave_standby(context: ExceptionContext) -> None:
        # The server at the other end became a standby, or was set read-only, under this connection: every connection
        # to it is as useless, and a new one finds the server that takes writes.
        if getattr(context.original_exception, "sqlstate", None) == _READ_ONLY_SQLSTATE:
            context.is_disconnect = True

    return engine


def _hosts(url: URL) -> tuple[str, ...]:
    named = url.query.get("host", ())
    return tuple(named.split(",")) if isinstance(named, str) else named


def _with_hosts_apart(database_url: str) -> str:
    """Write `user@a:1,b:2/hall` as SQLAlchemy reads it: `user@/hall?host=a:1&host=b:2`."""
    scheme, separator, rest = database_url.partition("://")
    authority, _slash, path = rest.partition("/")
    user, at, hosts = authority.rpartition("@")
    if "," not in hosts:
        return database_url
    listed = "&".join(f"host={host}" for host in hosts.split(","))
    return f"{scheme}{separator}{user}{at}/{path}{'&' if '?' in path else '?'}{listed}"


@contextmanager
def pipeline(connection: Connection) -> Iterator[psycopg.Connection[Any] | None]:
    """Send all statements of this block before waiting for the first answer; gives PostgreSQL's driver, or None.

    The first fault is raised at the end. SQLite has no way to go, and answers each statement at once.
    """
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        yield None
        return
    fault: DBAPIError | psycopg.Error | None = None
    try:
        with driver.pipeline():
            try:
                yield driver
            except (DBAPIError, psycopg.Error) as error:
                # Kept back: psycopg would log as a warning of its own what follows from it.
                fault = error
    except psycopg.Error as error:
        fault = fault or error
    if fault is not None and driver.pgconn.pipeline_status != psycopg.pq.PipelineStatus.OFF:
        # The server died in the midst of it, and what it still sent cannot be read: nothing can be asked here any more,
        # not even a ROLLBACK. Closed, the connection is known to be lost.
        driver.close()
        fault = (
            fault.orig if isinstance(fault, DBAPIError) and isinstance(fault.orig, psycopg.Error) else fault
        )
    if isinstance(fault, psycopg.Error):
        raise_as_sqlalchemy(connection, fault)
    if fault is not None:
        raise fault


def raise_as_sqlalchemy(connection: Connection, error: Exception) -> NoReturn:
    """Raise a driver's error as SQLAlchemy does; a connection that is lost is given up, and who listens hears of it."""
    try:
        raise error
    except Exception as again:  # noqa: BLE001 - SQLAlchemy looks for the error that is being handled
        connection._handle_dbapi_exception(again, None, None, None, None)  # noqa: SLF001 - there is no public way in
    raise AssertionError("SQLAlchemy has raised the error")


def _spoke_unasked(driver: psycopg.Connection[Any]) -> bool:
    """Whether the server sent something between two commands: most likely a farewell."""
    return driver.closed or bool(select.select([driver.fileno()], [], [], 0)[0])


def _sqlite_engine(database_url: str) -> Engine:
    engine = create_engine(
        database_url, connect_args={"timeout": SQLITE_BUSY_SECONDS, "check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def set_pragmas(dbapi_connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
        # The driver's own transaction control would begin late and deferred; `begin` below begins ours.
        dbapi_connection.isolation_level = None
        _write_ahead(dbapi_connection)
        cursor = dbapi_connection.cursor()
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("jiaohao_writes", False)
        driver: Any = connection.connection.driver_connection
        try:
            # Not by `exec_driver_sql`: it takes ten times as long, and other writers wait.
            driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
        except sqlite3.Error as error:
            raise_as_sqlalchemy(connection, error)

    return engine


def _write_ahead(driver: sqlite3.Connection) -> None:
    """Let readers and the writer work at the same time (WAL).

    On a file that is not so yet this needs the whole file for a moment. SQLite does not wait for that, whatever its
    busy time-out: of two programs that begin one new file together, the second would be told "locked" at once.
    """
    give_up = time.monotonic() + SQLITE_BUSY_SECONDS
    while True:
        try:
            driver.execute("PRAGMA journal_mode = WAL").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            _pause(SQLITE_RETRY_SECONDS)
        else:
            return


def _address_help(database_url: str) -> str:
    # It goes into logs and onto screens, where no password may stand.
    shown = re.sub(r"://.*@", "://…@", database_url)
    return (
        f"{shown!r} is no database address; "
        "write sqlite:////path/hall.db or postgresql+psycopg://user@host/database"
    )
