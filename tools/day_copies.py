"""Copies of a business day, made inside the database: rows, moments and log are those that a hall would have written.

Nothing else may use the store meanwhile. Indexes that PostgreSQL would have to keep up are made anew at the end, and
it gathers its statistics as its own vacuum would; a SQLite file is written without regard to a failing machine, and is
left as the programs keep it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    cast,
    create_engine,
    func,
    insert,
    literal,
    select,
    text,
    true,
    type_coerce,
)

from shared.store.archive import day_tables
from shared.store.tables import UtcDateTime, request

SQLITE_CACHE_KILOBYTES: Final = 1_000_000
POSTGRES_SORT_MEMORY: Final = "512MB"
_TO_THE_SECOND: Final = len("2026-11-22 01:00:00")
_TEMPORARY = MetaData()

_DAYS = Table(
    "copied_day",
    _TEMPORARY,
    Column("day", Date),
    Column("days_before", Integer),
    Column("written", String(10)),
    Column("next_written", String(10)),
    prefixes=["TEMPORARY"],
)
"""The days to come, and how their date and the next one are written in the details of events."""


def copy_day_back(database_url: str, hall_id: str, worked: date, times: int) -> None:
    """Copy a closed day of a hall to as many days before it, the earliest first, as if they had been worked in turn.

    All moments of the day must lie on its own date in UTC, or on the one after.
    """
    if times < 1:
        return
    engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
    hurried = _hurried_sqlite if engine.dialect.name == "sqlite" else _hurried_postgres
    with engine.connect() as connection, hurried(connection):
        _list_days(connection, worked, times)
        for table in day_tables():
            pattern = _pattern(connection, table, hall_id, worked)
            if connection.execute(select(func.count()).select_from(pattern)).scalar_one():
                copies = _copies(connection, table, pattern, worked)
                connection.execute(insert(table).from_select(table.c.keys(), copies))
    engine.dispose()


def _list_days(connection: Connection, worked: date, times: int) -> None:
    _DAYS.create(connection)
    days = [(worked - timedelta(days=back), back) for back in range(times, 0, -1)]
    connection.execute(
        insert(_DAYS),
        [
            {
                "day": day,
                "days_before": back,
                "written": day.isoformat(),
                "next_written": (day + timedelta(days=1)).isoformat(),
            }
            for day, back in days
        ],
    )


def _pattern(connection: Connection, table: Table, hall_id: str, worked: date) -> Table:
    """The rows of the worked day in a table of their own, in the order of their key."""
    pattern = Table(
        f"worked_{table.name}",
        MetaData(),
        *(Column(column.name, column.type) for column in table.columns),
        prefixes=["TEMPORARY"],
    )
    pattern.create(connection)
    rows = select(table).where(table.c.hall_id == hall_id, table.c.day == worked)
    in_order = rows.order_by(*table.primary_key.columns)
    connection.execute(insert(pattern).from_select(table.c.keys(), in_order))
    return pattern


def _copies(connection: Connection, table: Table, pattern: Table, worked: date) -> Select[Any]:
    changed: dict[str, ColumnElement[Any]] = {"day": _DAYS.c.day}
    # An outer join is carried out in the order that is written here: whole days, one after the other.
    rows: FromClause = _DAYS.outerjoin(pattern, true())
    if table is request:
        # Their ids come in no order. SQLite fills an index in order many times faster.
        rows = pattern.outerjoin(_DAYS, true())
        changed["request_id"] = pattern.c.request_id + "-" + func.replace(_DAYS.c.written, "-", "")
    for column in pattern.columns:
        if isinstance(column.type, UtcDateTime):
            changed[column.name] = _earlier(connection, column)
        elif isinstance(column.type, JSON):
            changed[column.name] = _dated_anew(connection, column, worked)
    return select(*(changed.get(name, column) for name, column in pattern.columns.items())).select_from(rows)


def _earlier(connection: Connection, moment: ColumnElement[Any]) -> ColumnElement[Any]:
    if connection.dialect.name == "postgresql":
        return moment - func.make_interval(0, 0, 0, 0, _DAYS.c.days_before * 24)
    written = type_coerce(moment, String)
    before = literal("-") + cast(_DAYS.c.days_before, String) + " days"
    return func.datetime(written, before, type_=String) + func.substr(
        written, _TO_THE_SECOND + 1, type_=String
    )


def _dated_anew(connection: Connection, detail: ColumnElement[Any], worked: date) -> ColumnElement[Any]:
    written: ColumnElement[Any]
    written = cast(detail, String) if connection.dialect.name == "postgresql" else type_coerce(detail, String)
    for date_in_it, column in ((worked, _DAYS.c.written), (worked + timedelta(days=1), _DAYS.c.next_written)):
        written = func.replace(written, f'"{date_in_it.isoformat()}T', '"' + column + "T")
    return cast(written, JSON) if connection.dialect.name == "postgresql" else type_coerce(written, JSON)


@contextmanager
def _hurried_sqlite(connection: Connection) -> Iterator[None]:
    for setting in (
        "foreign_keys = OFF",
        "synchronous = OFF",
        "journal_mode = OFF",
        f"cache_size = -{SQLITE_CACHE_KILOBYTES}",
    ):
        connection.exec_driver_sql(f"PRAGMA {setting}").close()
    yield
    # The other settings end with the connection. Without a journal all is in the file already: there is no checkpoint.
    connection.exec_driver_sql("PRAGMA journal_mode = WAL").close()


@contextmanager
def _hurried_postgres(connection: Connection) -> Iterator[None]:
    for setting in (
        "session_replication_role = replica",
        "synchronous_commit = off",
        f"maintenance_work_mem = '{POSTGRES_SORT_MEMORY}'",
    ):
        connection.execute(text(f"SET {setting}"))
    with ExitStack() as made_anew:
        for table in day_tables():
            made_anew.enter_context(_without_indexes(connection, table.name))
        yield
    for table in day_tables():
        connection.execute(text(f"VACUUM (ANALYZE) {table.name}"))


@contextmanager
def _without_indexes(connection: Connection, table: str) -> Iterator[None]:
    """Drop what an index keeps up, except the key that other tables point to, and make it anew at the end."""
    indexes = connection.execute(
        text(
            "SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index"
            " WHERE indrelid = CAST(:name AS regclass) AND NOT indisprimary"
        ),
        {"name": table},
    ).all()
    for index in indexes:
        connection.execute(text(f"DROP INDEX {index.name}"))
    key = table == request.name
    if key:
        connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT pk_{table}"))
    yield
    if key:
        columns = ", ".join(column.name for column in request.primary_key.columns)
        connection.execute(text(f"ALTER TABLE {table} ADD CONSTRAINT pk_{table} PRIMARY KEY ({columns})"))
    for index in indexes:
        connection.execute(text(index.definition))
