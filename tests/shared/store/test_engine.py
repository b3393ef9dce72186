from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Iterator
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from sqlalchemy import Engine, text

from shared.domain.errors import StoreUnavailable
from shared.store import engine as engine_module
from shared.store.engine import committed_together, make_engine, pipeline, reading, writing
from tools.testing.patience import PATIENCE_S


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE thing (name VARCHAR(20) PRIMARY KEY)"))
    yield engine
    engine.dispose()


def count(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.execute(text("SELECT COUNT(*) FROM thing")).scalar_one())


def test_sqlite_is_durable_and_checks_keys(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    with reading(engine) as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    full = 2
    assert pragmas == {"journal_mode": "wal", "synchronous": full, "foreign_keys": 1, "busy_timeout": 10_000}


def test_postgres_never_waits_for_long(postgres_url: str) -> None:
    engine = make_engine(postgres_url)
    with reading(engine) as connection:
        settings = {
            name: connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("statement_timeout", "lock_timeout", "application_name", "transaction_isolation")
        }
    engine.dispose()
    assert settings == {
        "statement_timeout": "10s",
        "lock_timeout": "8s",
        "application_name": "jiaohao",
        "transaction_isolation": "repeatable read",
    }


def test_a_transaction_that_fails_leaves_nothing(engine: Engine) -> None:
    def write_half() -> None:
        with writing(engine) as connection:
            connection.execute(text("INSERT INTO thing VALUES ('half')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()
    assert count(engine) == 0


def test_a_reader_sees_one_moment_and_is_not_kept_waiting(engine: Engine) -> None:
    with reading(engine) as connection:
        before = connection.execute(text("SELECT COUNT(*) FROM thing")).scalar_one()
        with writing(engine) as writer:
            writer.execute(text("INSERT INTO thing VALUES ('new')"))
        assert connection.execute(text("SELECT COUNT(*) FROM thing")).scalar_one() == before == 0
    assert count(engine) == 1


def test_a_sqlite_writer_has_the_lock_from_its_first_moment(sqlite_url: str) -> None:
    """A writer that begins by reading must not fail half-way because another one wrote meanwhile."""
    engine = make_engine(sqlite_url)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE thing (name TEXT PRIMARY KEY)"))
    second_began, second_done = Event(), Event()

    def write_second() -> None:
        second_began.set()
        with writing(engine) as connection:
            connection.execute(text("INSERT INTO thing VALUES ('second')"))
        second_done.set()

    second = Thread(target=write_second)
    with writing(engine) as first:
        assert first.execute(text("SELECT COUNT(*) FROM thing")).scalar_one() == 0
        second.start()
        assert second_began.wait(PATIENCE_S)
        assert not second_done.is_set()
        first.execute(text("INSERT INTO thing VALUES ('first')"))
    second.join(PATIENCE_S)
    assert count(engine) == 2
    engine.dispose()


def test_a_reader_on_postgres_cannot_write(postgres_url: str) -> None:
    engine = make_engine(postgres_url)
    with pytest.raises(StoreUnavailable) as fault, reading(engine) as connection:
        connection.execute(text("CREATE TABLE thing (name TEXT)"))
    assert fault.value.cause == "read_only"
    engine.dispose()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "hall.db",
        "/var/lib/hall.db",
        "mysql://host/hall",
        "postgres://",
        "postgresql://host:x/hall",
        "postgresql://a,b:x/hall",
    ],
)
def test_what_is_no_address_is_explained(address: str) -> None:
    with pytest.raises(StoreUnavailable, match=r"write sqlite:////path/hall\.db") as fault:
        make_engine(address)
    assert fault.value.cause == "unreachable"


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_both_ways_to_write_a_postgres_address_use_one_driver(scheme: str) -> None:
    engine = make_engine(f"{scheme}://clerk@db.example/hall")
    assert engine.driver == "psycopg"
    engine.dispose()


def test_a_file_that_another_program_is_just_beginning_is_waited_for(
    empty_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite's busy time-out does not cover the step into WAL: it answers "locked" at once."""
    other = sqlite3.connect(Path(empty_sqlite_url.removeprefix("sqlite:///")), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE thing (name TEXT PRIMARY KEY)")
    waits: list[float] = []

    def finish_the_other_meanwhile(seconds: float) -> None:
        waits.append(seconds)
        other.execute("COMMIT")

    monkeypatch.setattr(engine_module, "_pause", finish_the_other_meanwhile)
    engine = make_engine(empty_sqlite_url)
    assert count(engine) == 0
    assert len(waits) == 1
    engine.dispose()
    other.close()


def test_a_file_that_stays_locked_is_said_to_be_locked(
    empty_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "SQLITE_BUSY_SECONDS", 0)
    other = sqlite3.connect(Path(empty_sqlite_url.removeprefix("sqlite:///")), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE thing (name TEXT PRIMARY KEY)")
    engine = make_engine(empty_sqlite_url)
    with pytest.raises(StoreUnavailable) as fault:
        count(engine)
    assert fault.value.cause == "locked"
    engine.dispose()
    other.close()


def begin_files(folder: Path, files: int, together: Barrier) -> None:
    """One program of several that begin the same new files at the same moment."""
    for number in range(files):
        engine = make_engine(f"sqlite:///{folder / str(number)}.db")
        together.wait(PATIENCE_S)
        with writing(engine) as connection:
            connection.execute(text("CREATE TABLE IF NOT EXISTS thing (name TEXT)"))
            connection.execute(text("INSERT INTO thing VALUES ('begun')"))
        engine.dispose()


def test_programs_that_begin_one_new_file_together_all_get_it(tmp_path: Path) -> None:
    starters, files = 3, 15
    spawn = multiprocessing.get_context("spawn")
    together = spawn.Barrier(starters)
    programs = [spawn.Process(target=begin_files, args=(tmp_path, files, together)) for _ in range(starters)]
    for program in programs:
        program.start()
    for program in programs:
        program.join(PATIENCE_S)
    assert [program.exitcode for program in programs] == [0] * starters
    for number in range(files):
        engine = make_engine(f"sqlite:///{tmp_path / str(number)}.db")
        assert count(engine) == starters
        engine.dispose()


@pytest.mark.parametrize(
    ("address", "hosts", "ports", "goes_to"),
    [
        ("postgresql://clerk@a,b/hall", "a,b", None, "read-write"),
        (
            "postgresql+psycopg://clerk:word@a:5432,b:5433/hall?sslmode=require",
            "a,b",
            "5432,5433",
            "read-write",
        ),
        ("postgresql://clerk@/hall?host=/run/a&host=/run/b", "/run/a,/run/b", None, "read-write"),
        ("postgresql://clerk@/hall?host=a,b&port=5432,5433", "a,b", "5432,5433", "read-write"),
        ("postgresql://clerk@a,b/hall?target_session_attrs=any", "a,b", None, "any"),
        ("postgresql://clerk@a/hall", "a", None, None),
    ],
)
def test_an_address_of_several_servers(
    address: str, hosts: str, ports: str | None, goes_to: str | None
) -> None:
    engine = make_engine(address)
    _positional, options = engine.dialect.create_connect_args(engine.url)
    assert (options["host"], options.get("port", "").strip(",") or None) == (hosts, ports)
    assert (options["user"], options["dbname"]) == ("clerk", "hall")
    assert options.get("target_session_attrs") == goes_to
    engine.dispose()


def test_a_server_that_dies_while_writes_travel_together_is_out_of_reach(postgres_url: str) -> None:
    engine = make_engine(postgres_url)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE thing (name TEXT)"))

    def write_and_die() -> None:
        with writing(engine) as connection:
            pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with committed_together(connection):
                connection.execute(text("INSERT INTO thing VALUES ('lost')"))
                with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as other:
                    other.execute("SELECT pg_terminate_backend(%s, 120000)", [pid])

    with pytest.raises(StoreUnavailable) as fault:
        write_and_die()
    assert fault.value.cause == "unreachable"
    with writing(engine) as connection, committed_together(connection):
        connection.execute(text("INSERT INTO thing VALUES ('kept')"))
    assert count(engine) == 1
    engine.dispose()


def test_a_connection_that_became_read_only_is_left(postgres_url: str) -> None:
    """So it is when its server became a standby, or is kept from writing, without breaking the connection."""
    engine = make_engine(postgres_url)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE thing (name TEXT)"))
        connection.execute(text("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"))
    with pytest.raises(StoreUnavailable) as fault, writing(engine) as connection:
        connection.execute(text("INSERT INTO thing VALUES ('lost')"))
    assert fault.value.cause == "read_only"
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO thing VALUES ('kept')"))
    assert count(engine) == 1
    engine.dispose()


def test_a_pipeline_that_cannot_be_left_gives_its_connection_up(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that dies at that moment leaves the driver busy for good: "cannot exit pipeline mode while busy"."""
    engine = make_engine(postgres_url)

    def busy(self: psycopg.Pipeline, exc: BaseException | None) -> None:
        raise psycopg.OperationalError("cannot exit pipeline mode while busy")

    def ask_in_vain() -> None:
        with writing(engine) as connection, pipeline(connection) as driver:
            assert driver is not None
            driver.execute("SELECT 1")

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Pipeline, "_exit", busy)
        with pytest.raises(StoreUnavailable):
            ask_in_vain()
    with reading(engine) as connection:
        assert connection.execute(text("SELECT 2")).scalar_one() == 2
    engine.dispose()
