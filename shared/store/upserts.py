"""An INSERT that knows `ON CONFLICT`, which the two engines spell alike and SQLAlchemy keeps apart."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert


def insert_into(connection: Connection, table: Table) -> PostgresInsert | SqliteInsert:
    """An INSERT for this connection's engine, with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return postgres_insert(table) if connection.dialect.name == "postgresql" else sqlite_insert(table)


@cache
def upsert(dialect: str, table: Table) -> PostgresInsert | SqliteInsert:
    """An INSERT of whole rows that replaces the row with the same primary key."""
    insert = postgres_insert(table) if dialect == "postgresql" else sqlite_insert(table)
    keys = list(table.primary_key.columns)
    return insert.on_conflict_do_update(
        index_elements=keys,
        set_={column.name: insert.excluded[column.name] for column in table.c if not column.primary_key},
    )
