from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, text

from shared.domain.errors import StoreUnavailable
from shared.store.engine import make_engine, reading, writing


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
        assert second_began.wait(5)
        assert not second_done.is_set()
        first.execute(text("INSERT INTO thing VALUES ('first')"))
    second.join(10)
    assert count(engine) == 2
    engine.dispose()


def test_a_reader_on_postgres_cannot_write(postgres_url: str) -> None:
    engine = make_engine(postgres_url)
    with pytest.raises(StoreUnavailable) as fault, reading(engine) as connection:
        connection.execute(text("CREATE TABLE thing (name TEXT)"))
    assert fault.value.cause == "read_only"
    engine.dispose()


@pytest.mark.parametrize("address", ["", "hall.db", "/var/lib/hall.db", "mysql://host/hall", "postgres://"])
def test_what_is_no_address_is_explained(address: str) -> None:
    with pytest.raises(StoreUnavailable, match=r"write sqlite:////path/hall\.db") as fault:
        make_engine(address)
    assert fault.value.cause == "unreachable"


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_both_ways_to_write_a_postgres_address_use_one_driver(scheme: str) -> None:
    engine = make_engine(f"{scheme}://clerk@db.example/hall")
    assert engine.driver == "psycopg"
    engine.dispose()
