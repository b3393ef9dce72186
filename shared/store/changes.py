"""Hearing that something changed, within some ten milliseconds and at almost no cost.

A notification is only a hint: whoever hears it re-reads a snapshot. PostgreSQL says so by `LISTEN` on a connection of
its own; SQLite by `PRAGMA data_version` on a connection that never writes, which another connection's commit moves.
"""

from __future__ import annotations

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import psycopg
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from shared.domain.errors import StoreUnavailable
from shared.store.engine import send_behind_commit, writing
from shared.store.faults import faults_translated
from shared.store.prepared import Prepared

CHANNEL = "jiaohao"
"""The name Postgres' notifications go by; the payload is the hall's id."""

SQLITE_POLL_SECONDS = 0.05

GATHER_SECONDS = 0.02
"""Changes that follow each other so closely are told as one; whoever made the first shows its own answer meanwhile."""

PING_SECONDS = 1.0
"""A silent server is asked whether it is there this often: a cut line is silent too."""

PONG_SECONDS = 5.0
"""Without an answer for so long the connection is given up: the server hangs, or the line swallows everything."""

# Its own commit does not wait for the disk, while it keeps all others' waiting. A hint may be lost with the server or
# with the connection: whoever asks again tells again, and screens look every few seconds without any.
_NOTIFY = Prepared(
    text("SELECT set_config('synchronous_commit', 'off', true), pg_notify(:channel, :hall_id)")
)


class ChangeListener(Protocol):
    """Waits for changes of one hall. Belongs to one thread."""

    def wait(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds; True when something may have changed since the last call.

        Raises:
            StoreUnavailable: the connection is gone; close this listener and open a new one.
        """
        ...

    def close(self) -> None:
        """Give the connection back. May be called twice."""
        ...


def announce_change(connection: Connection, hall_id: str) -> None:
    """Tell the hall's screens of this transaction when it has committed; SQLite's file tells by itself.

    Not within it: whoever notifies holds, from the beginning of its commit to the end, a lock that PostgreSQL has once
    for all databases of the server (`PreCommit_Notify` in its `async.c`). All halls of a city would wait in one line
    for the disk, one commit after the other.
    """
    if connection.dialect.name == "postgresql":
        told = {"channel": CHANNEL, "hall_id": hall_id}
        send_behind_commit(connection, lambda: _NOTIFY.send(connection, told))


def announce_again(engine: Engine, hall_id: str) -> None:
    """Tell the hall's screens of a change that was committed before: its own word may be lost with its connection.

    Raises:
        StoreUnavailable: the store cannot answer now.
    """
    if engine.dialect.name == "postgresql":
        with writing(engine) as connection:
            announce_change(connection, hall_id)


def change_listener(engine: Engine, hall_id: str) -> ChangeListener:
    """A listener for one hall.

    Raises:
        StoreUnavailable: the store cannot answer now.
    """
    if engine.dialect.name == "postgresql":
        return PostgresListener(engine, hall_id)
    return SqliteListener(engine)


class SqliteListener:
    """Polls `PRAGMA data_version`; it tells that the file changed, not which hall."""

    def __init__(self, engine: Engine) -> None:
        with faults_translated():
            self._connection = engine.raw_connection()
        self._version = self._read()

    def wait(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds; True when another connection has committed since the last call."""
        deadline = time.monotonic() + timeout
        while (version := self._read()) == self._version:
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(SQLITE_POLL_SECONDS, left))
        self._version = version
        return True

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _read(self) -> int:
        try:
            cursor = self._connection.cursor()
            cursor.execute("PRAGMA data_version")
            row: Any = cursor.fetchone()
            cursor.close()
        except Exception as error:
            raise StoreUnavailable("unreachable", str(error)) from error
        return int(row[0])


class PostgresListener:
    """Listens on a connection of its own, outside any transaction."""

    def __init__(self, engine: Engine, hall_id: str) -> None:
        self._hall_id = hall_id
        with faults_translated():
            connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql(f"LISTEN {CHANNEL}")
        self._connection = connection
        driver: Any = connection.connection.driver_connection
        self._driver: psycopg.Connection[Any] = driver
        self._answered_at = time.monotonic()

    def wait(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds; True when this hall was notified since the last call."""
        changed = heard = False
        with _psycopg_translated():
            for notification in self._driver.notifies(timeout=timeout, stop_after=1):
                heard, changed = True, changed or notification.payload == self._hall_id
            for notification in self._driver.notifies(timeout=GATHER_SECONDS if changed else 0):
                changed = changed or notification.payload == self._hall_id
            now = time.monotonic()
            if heard:
                self._answered_at = now
            elif now - self._answered_at >= PING_SECONDS:
                changed = self._ping() or changed
                self._answered_at = time.monotonic()
        return changed

    def _ping(self) -> bool:
        """Ask the server for nothing at all, and wait for its answer; True when this hall was notified meanwhile.

        Below psycopg's own cursor, which would wait for ever for a server that hangs.
        """
        raw, deadline = self._driver.pgconn, time.monotonic() + PONG_SECONDS
        raw.send_query(b"")
        raw.flush()
        while True:
            while raw.is_busy():
                left = deadline - time.monotonic()
                if left <= 0 or not select.select([raw.socket], [], [], left)[0]:
                    raise StoreUnavailable("unreachable", "the database server does not answer")
                raw.consume_input()
            if raw.get_result() is None:
                break
        changed = False
        while (notification := raw.notifies()) is not None:
            changed = changed or notification.extra == self._hall_id.encode()
        return changed

    def close(self) -> None:
        """Close the connection for good: one that listens must not go back to the pool."""
        if not self._connection.closed:
            self._connection.invalidate()
            self._connection.close()


@contextmanager
def _psycopg_translated() -> Iterator[None]:
    try:
        yield
    except (psycopg.OperationalError, psycopg.InterfaceError, DBAPIError) as error:
        raise StoreUnavailable("unreachable", str(error).strip().partition("\n")[0]) from error
