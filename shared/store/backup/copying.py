"""Copying a store as it is at one moment into a SQLite file, while programs go on working with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select, text

from shared.store import tables
from shared.store.backup import Progress, Stage
from shared.store.engine import make_engine, reading, writing
from shared.store.schema import require_schema, upgrade

_PAGES_AT_ONCE = 500
_ROWS_AT_ONCE = 5000


def copy_store(engine: Engine, target: Path, progress: Progress) -> None:
    """Copy the whole store into an empty file, as it is at one moment; the file is complete without `-wal`.

    Raises:
        StoreUnavailable: the store cannot answer now, or the disk is full.
    """
    if engine.dialect.name == "sqlite":
        _copy_file(engine, target, progress)
    else:
        _copy_server(engine, target, progress)
    settle(target)


def settle(file: Path) -> None:
    """Make a SQLite file complete in itself: nothing of it is left in a `-wal` beside it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def copy_rows(source: Connection, target: Connection, progress: Progress, stage: Stage) -> None:
    """Copy every table of one store into the empty tables of another, parents first."""
    in_order = tables.metadata.sorted_tables
    counts = {table.name: _count(source, table) for table in in_order}
    total, done = sum(counts.values()), 0
    progress(stage, 0, total)
    for table in in_order:
        rows = source.execution_options(stream_results=True, yield_per=_ROWS_AT_ONCE).execute(select(table))
        for part in rows.partitions():
            _insert(target, table, part)
            done += len(part)
            progress(stage, done, total)


def empty(connection: Connection) -> None:
    """Delete every row of every table, children first."""
    for table in reversed(tables.metadata.sorted_tables):
        connection.execute(delete(table))


def unhurried(connection: Connection) -> None:
    """Let statements of this transaction take their time: a city's history is not copied in ten seconds."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        driver: Any = connection.connection.driver_connection
        driver.takes_its_time = True


def see_all_rows(connection: Connection) -> None:
    """Fail, rather than leave out what a fenced role may not see: half a store must not pass for the whole."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL row_security = off"))


def _copy_file(engine: Engine, target: Path, progress: Progress) -> None:
    def tell(_status: int, remaining: int, total: int) -> None:
        progress(Stage.COPY, total - remaining, total)

    with reading(engine) as connection, closing(sqlite3.connect(target)) as copy:
        # The first look fixes the moment that is copied; without it every commit would begin the copy anew.
        connection.exec_driver_sql("SELECT COUNT(*) FROM sqlite_master").scalar_one()
        source: Any = connection.connection.driver_connection
        source.backup(copy, pages=_PAGES_AT_ONCE, progress=tell)


def _copy_server(engine: Engine, target: Path, progress: Progress) -> None:
    require_schema(engine)
    into = make_engine(f"sqlite:///{target}")
    try:
        upgrade(into)
        with reading(engine) as source, writing(into) as copy:
            unhurried(source)
            see_all_rows(source)
            empty(copy)
            copy_rows(source, copy, progress, Stage.COPY)
    finally:
        into.dispose()


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _insert(connection: Connection, table: Table, rows: Sequence[Any]) -> None:
    if connection.dialect.name == "postgresql":
        _insert_by_copy(connection, table, rows)
    else:
        connection.execute(insert(table), [dict(row._mapping) for row in rows])


def _insert_by_copy(connection: Connection, table: Table, rows: Iterable[Any]) -> None:
    """PostgreSQL's own way to take many rows."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    dialect = connection.dialect
    processors = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns]
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(
                [
                    value if process is None else process(value)
                    for process, value in zip(processors, row, strict=True)
                ]
            )
