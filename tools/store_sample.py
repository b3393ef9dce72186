"""Writes a store's rows as SQL text that both engines take: a sample of what a revision's programs left behind.

    python -m tools.store_sample hall.db > tests/data/stores/0001.sql

Make one with the programs of the revision whenever a later revision changes rows and not only tables: `make test` fills
every revision from the newest sample up to it, brings it to the newest, and looks for what is lost.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, inspect


def statements(file: Path) -> Iterator[str]:
    """One INSERT a row, parents before children."""
    engine = create_engine(f"sqlite:///{file}")
    inspector = inspect(engine)
    in_order = [name for name, _keys in inspector.get_sorted_table_and_fkc_names() if name]
    truths = {
        name: {column["name"] for column in inspector.get_columns(name) if str(column["type"]) == "BOOLEAN"}
        for name in in_order
    }
    engine.dispose()
    with closing(sqlite3.connect(file)) as connection:
        for name in in_order:
            if name == "alembic_version":
                continue
            cursor = connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid')  # noqa: S608 - a table of ours
            columns = [described[0] for described in cursor.description]
            for row in cursor:
                values = ", ".join(
                    _literal(bool(value) if column in truths[name] else value)
                    for column, value in zip(columns, row, strict=True)
                )
                yield f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({values});"  # noqa: S608 - text for a person's file


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    text = str(value).replace("'", "''")
    return f"'{text}'"


if __name__ == "__main__":
    for line in statements(Path(sys.argv[1])):
        print(line)
