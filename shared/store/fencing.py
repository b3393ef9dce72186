"""Fencing roles by rows: a hall's programs see and change that hall's rows alone; a reporting role reads all halls.

Every table carries `hall_id`, so one policy a table does it. PostgreSQL alone: a SQLite file belongs to whoever may
open it.
"""

from __future__ import annotations

from typing import Any

from psycopg import sql
from sqlalchemy import Connection, text

from shared.store import tables
from shared.store.engine import make_engine, writing
from shared.store.plans import plan_version
from shared.store.schema import require_schema


class FencingRefused(Exception):
    """The role cannot be fenced; `code` is `not_postgres` or `unknown_role`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def fence(database_url: str, role: str, hall_id: str | None) -> None:
    """Let a role work on the rows of one hall, or, without a hall, read those of all; doing it again changes nothing.

    What the role was allowed before on these tables is taken from it.

    Raises:
        FencingRefused: `not_postgres`, `unknown_role`.
        Refused: `unknown_hall`.
        StoreUnavailable: the store cannot answer now; `read_only`, when the tables are somebody else's.
    """
    engine = make_engine(database_url)
    try:
        if engine.dialect.name != "postgresql":
            raise FencingRefused("not_postgres", "only PostgreSQL knows roles")
        require_schema(engine)
        if hall_id is not None:
            plan_version(engine, hall_id)
        with writing(engine) as connection:
            known = text("SELECT 1 FROM pg_roles WHERE rolname = :role")
            if connection.execute(known, {"role": role}).scalar() is None:
                raise FencingRefused("unknown_role", f"there is no role {role!r}; make it with CREATE ROLE")
            for table in tables.metadata.sorted_tables:
                _fence_table(connection, table.name, role, hall_id)
            _send(connection, "GRANT SELECT ON alembic_version TO {role}", role=sql.Identifier(role))
    finally:
        engine.dispose()


def _fence_table(connection: Connection, table: str, role: str, hall_id: str | None) -> None:
    names = {
        "table": sql.Identifier(table),
        "role": sql.Identifier(role),
        "policy": sql.Identifier(f"fence_{role}"),
    }
    _send(connection, "REVOKE ALL ON {table} FROM {role}", **names)
    _send(connection, "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", **names)
    _send(connection, "DROP POLICY IF EXISTS {policy} ON {table}", **names)
    if hall_id is None:
        _send(connection, "GRANT SELECT ON {table} TO {role}", **names)
        _send(connection, "CREATE POLICY {policy} ON {table} FOR SELECT TO {role} USING (true)", **names)
    else:
        _send(connection, "GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role}", **names)
        only = "CREATE POLICY {policy} ON {table} TO {role} USING (hall_id = {hall}) WITH CHECK (hall_id = {hall})"
        _send(connection, only, **names, hall=sql.Literal(hall_id))


def _send(connection: Connection, statement: str, **names: sql.Composable) -> None:
    driver: Any = connection.connection.driver_connection
    connection.exec_driver_sql(sql.SQL(statement).format(**names).as_string(driver))
