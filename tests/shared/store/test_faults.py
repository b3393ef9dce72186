from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from shared.domain.errors import StoreUnavailable
from shared.hall import create_hall, open_hall
from shared.store import engine as engine_module
from shared.store.engine import make_engine, reading, writing
from shared.store.faults import environment_cause
from tools.testing.halls import small_plan
from tools.testing.patience import PATIENCE_S


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Engine]:
    engine = make_engine(postgres_url)
    yield engine
    engine.dispose()


def execute(engine: Engine, *statements: str) -> None:
    with writing(engine) as connection:
        for statement in statements:
            connection.execute(text(statement))


def cause_of(engine: Engine, *statements: str) -> str:
    with pytest.raises(StoreUnavailable) as fault:
        execute(engine, *statements)
    engine.dispose()
    assert fault.value.message
    assert "\n" not in fault.value.message
    return fault.value.cause


def test_missing_folder(tmp_path: Path) -> None:
    assert cause_of(make_engine(f"sqlite:///{tmp_path}/nowhere/hall.db")) == "unreachable"


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    assert cause_of(make_engine(f"sqlite:///{tmp_path}")) == "unreachable"


def test_garbage_file(tmp_path: Path) -> None:
    (tmp_path / "hall.db").write_bytes(b"This is a letter to my aunt. " * 100)
    assert cause_of(make_engine(f"sqlite:///{tmp_path}/hall.db")) == "damaged"


def test_damaged_pages(sqlite_url: str) -> None:
    create_hall(sqlite_url, small_plan()).close()
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    whole = bytearray(path.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)
    path.write_bytes(whole)
    assert cause_of(make_engine(sqlite_url), "SELECT * FROM hall") == "damaged"


def test_read_only_file(sqlite_url: str) -> None:
    create_hall(sqlite_url, small_plan()).close()
    path = sqlite_url.removeprefix("sqlite:///")
    # The file's own permission bits would not stop root, as whom containers run the tests.
    engine = make_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert cause_of(engine, "UPDATE hall SET plan_version = 2") == "read_only"


def test_full_disk(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    too_large = "CREATE TABLE large AS SELECT zeroblob(1000000) AS content"
    assert cause_of(engine, "PRAGMA max_page_count = 1", too_large) == "disk_full"


def test_locked_file(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    create_hall(sqlite_url, small_plan()).close()
    monkeypatch.setattr(engine_module, "SQLITE_BUSY_SECONDS", 0.05)
    other_program = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other_program.execute("BEGIN IMMEDIATE")
    assert cause_of(make_engine(sqlite_url)) == "locked"
    other_program.close()


def test_locked_row(postgres: Engine) -> None:
    with writing(postgres) as connection:
        connection.execute(text("CREATE TABLE thing AS SELECT 1 AS number"))
    with writing(postgres) as holder:
        holder.execute(text("UPDATE thing SET number = 2"))
        with pytest.raises(StoreUnavailable) as fault:
            execute(postgres, "SET LOCAL lock_timeout = 30", "UPDATE thing SET number = 3")
    assert fault.value.cause == "locked"


def test_statement_that_takes_too_long(postgres: Engine) -> None:
    assert cause_of(postgres, "SET LOCAL statement_timeout = 60", "SELECT pg_sleep(60)") == "locked"


def test_deadlock_and_serialization_may_be_tried_again(postgres: Engine) -> None:
    raised = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$"
    assert cause_of(postgres, raised) == "locked"


def test_read_only_server(postgres: Engine, postgres_url: str) -> None:
    name = postgres.url.database
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'.encode())
    assert cause_of(postgres, "CREATE TABLE thing (number INTEGER)") == "read_only"


def test_connection_killed_in_the_middle(postgres: Engine) -> None:
    assert cause_of(postgres, "SELECT pg_terminate_backend(pg_backend_pid())") == "unreachable"
    with reading(postgres) as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1


def test_connection_killed_while_it_lay_idle_is_not_noticed(postgres: Engine, postgres_url: str) -> None:
    with reading(postgres) as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 120000)", [pid])
    with reading(postgres) as connection:
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar_one() != pid


def test_transaction_left_alone_for_too_long(postgres: Engine) -> None:
    """A laptop that slept in the middle of a transaction: the server has hung up."""

    def fall_asleep() -> None:
        with writing(postgres) as connection:
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 1"))
            driver = connection.connection.driver_connection
            assert isinstance(driver, psycopg.Connection)
            # Ends as soon as the server says that it hangs up.
            with suppress(psycopg.Error):
                list(driver.notifies(timeout=PATIENCE_S))
            connection.execute(text("SELECT 1"))

    with pytest.raises(StoreUnavailable) as fault:
        fall_asleep()
    assert fault.value.cause == "unreachable"


@pytest.mark.parametrize(
    "address", ["postgresql://clerk@127.0.0.1:1/hall", "postgresql:///hall?host=/nowhere/at/all"]
)
def test_no_server_there(address: str) -> None:
    assert cause_of(make_engine(address)) == "unreachable"


def test_no_such_database(postgres_url: str) -> None:
    assert cause_of(make_engine(postgres_url.replace("/hall_", "/no_hall_"))) == "unreachable"


def test_no_such_user(postgres: Engine) -> None:
    stranger = postgres.url.set(username="nobody_here").render_as_string(hide_password=False)
    assert cause_of(make_engine(stranger)) == "unreachable"


def test_missing_table(empty_database_url: str) -> None:
    assert cause_of(make_engine(empty_database_url), "SELECT * FROM ticket") == "no_schema"


def test_a_hall_says_so_too(empty_database_url: str) -> None:
    with pytest.raises(StoreUnavailable) as fault:
        open_hall(empty_database_url)
    assert fault.value.cause == "no_schema"


@pytest.mark.parametrize("statement", ["SELEC 1", "SELECT nothing FROM (SELECT 1 AS something) AS thing"])
def test_a_bug_of_ours_is_let_through(database_url: str, statement: str) -> None:
    engine = make_engine(database_url)
    with pytest.raises(Exception, match=r"SELEC|nothing") as bug, writing(engine) as connection:
        connection.execute(text(statement))
    engine.dispose()
    assert not isinstance(bug.value, StoreUnavailable)


def test_a_server_that_does_not_answer_in_time_is_unreachable() -> None:
    late = OperationalError(None, None, psycopg.errors.ConnectionTimeout("connection timeout expired"))
    assert environment_cause(late) == "unreachable"


@pytest.mark.parametrize(
    "address", ["postgres://hall:secret@server/db", "postgresql://hall:se@cret@server:x/db"]
)
def test_no_password_stands_in_what_is_said_of_a_wrong_address(address: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        make_engine(address)
    assert "cret" not in caught.value.message
    assert "server" in caught.value.message
