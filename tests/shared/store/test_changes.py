from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time as clock_time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shared.domain.errors import StoreUnavailable
from shared.hall import Hall, create_hall, open_hall
from shared.store.changes import CHANNEL, ChangeListener, announce_change
from shared.store.engine import writing
from tools.testing.cuttable_line import CuttableLine
from tools.testing.halls import small_plan
from tools.testing.patience import PATIENCE_S
from tools.testing.statements import messages_of

AT_ONCE_S = 0.0


@pytest.fixture
def listener(hall: Hall) -> Iterator[ChangeListener]:
    # The first command of a day also opens it, which is a change of its own, and heard as one.
    hall.open_counter(2)
    listener = hall.change_listener()
    yield listener
    listener.close()


def test_silence_is_no_change(listener: ChangeListener) -> None:
    assert listener.wait(AT_ONCE_S) is False
    assert listener.wait(0.06) is False


def test_a_change_is_heard_once(hall: Hall, listener: ChangeListener) -> None:
    hall.issue("payment")
    assert listener.wait(PATIENCE_S) is True
    assert listener.wait(AT_ONCE_S) is False


def test_several_changes_are_one_hint(hall: Hall, listener: ChangeListener) -> None:
    for _ in range(3):
        hall.issue("payment")
    assert listener.wait(PATIENCE_S) is True
    assert listener.wait(AT_ONCE_S) is False


def test_a_change_before_the_listener_is_not_heard(hall: Hall) -> None:
    hall.issue("payment")
    listener = hall.change_listener()
    assert listener.wait(AT_ONCE_S) is False
    listener.close()


def test_a_command_that_changes_nothing_is_not_heard(hall: Hall, listener: ChangeListener) -> None:
    hall.open_counter(1)
    assert listener.wait(PATIENCE_S) is True
    assert hall.call_next(1) is None
    hall.snapshot()
    assert listener.wait(AT_ONCE_S) is False


def issue_elsewhere(database_url: str) -> None:
    with open_hall(database_url) as hall:
        hall.issue("payment")


def test_a_change_by_another_process_is_heard(database_url: str, listener: ChangeListener) -> None:
    other = multiprocessing.get_context("spawn").Process(target=issue_elsewhere, args=(database_url,))
    other.start()
    assert listener.wait(PATIENCE_S) is True
    other.join()
    assert other.exitcode == 0


@pytest.mark.parametrize("command", ["counter", "plan", "paper", "paper moved", "reprint"])
def test_what_else_is_heard(hall: Hall, database_url: str, command: str) -> None:
    ticket = hall.issue("payment", print_at="kiosk-1")
    listener = hall.change_listener()
    match command:
        case "counter":
            hall.pause_counter(1, "lunch")
        case "plan":
            create_hall(database_url, replace(small_plan(), rollover=clock_time(5))).close()
        case "paper":
            hall.issue("payment", print_at="kiosk-1")
        case "paper moved":
            assert hall.claim_print(hall.print_jobs()[0])
        case _:
            hall.reprint(ticket.id)
    assert listener.wait(PATIENCE_S) is True
    listener.close()


def test_another_hall_of_the_database_is_not_heard_on_postgres(postgres_url: str) -> None:
    with (
        create_hall(postgres_url, small_plan("east")) as east,
        create_hall(postgres_url, small_plan("west")) as west,
    ):
        listener = east.change_listener()
        west.issue("payment")
        assert listener.wait(0.05) is False
        east.issue("payment")
        assert listener.wait(PATIENCE_S) is True
        listener.close()


def test_screens_are_told_behind_the_commit(postgres_url: str, tmp_path: Path) -> None:
    """A notification within it would hold a lock of the whole server while the commit waits for the disk."""
    with create_hall(postgres_url, small_plan()) as hall:
        hall.open_counter(1)
        record = messages_of(hall, lambda: hall.issue("payment"), tmp_path / "record")
    # An issue may read the log first, in a transaction of its own that commits too.
    asked = [line for line in record.rpartition("READ WRITE")[2].splitlines() if "\tF\t" in line]
    (commit,) = [place for place, line in enumerate(asked) if '"COMMIT"' in line]
    (notify,) = [place for place, line in enumerate(asked) if "pg_notify" in line]
    assert commit < notify


def test_a_command_that_is_asked_for_again_is_told_again(postgres_url: str) -> None:
    """The connection may have died between the commit and the word of it."""
    with create_hall(postgres_url, small_plan()) as hall:
        listener = hall.change_listener()
        for _try in range(2):
            hall.issue("payment", request_id="tap")
            assert listener.wait(PATIENCE_S) is True
        listener.close()


@pytest.mark.parametrize("ends", ["before the commit", "at the commit"])
def test_what_was_not_committed_is_not_told(postgres_url: str, ends: str) -> None:
    with create_hall(postgres_url, small_plan()) as hall:
        hall.open_counter(1)
        with writing(hall._engine) as connection:
            connection.execute(text("CREATE TABLE thing (name TEXT UNIQUE DEFERRABLE INITIALLY DEFERRED)"))
        with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as listening:
            listening.execute(f"LISTEN {CHANNEL}".encode())
            with pytest.raises(IntegrityError if ends == "at the commit" else ZeroDivisionError):
                announce_and_fail(hall, ends)
            with writing(hall._engine) as connection:
                connection.execute(text("INSERT INTO thing VALUES ('kept')"))
            listening.execute("SELECT pg_notify(%s, 'the end')", [CHANNEL])
            heard = next(listening.notifies(timeout=PATIENCE_S))
        assert heard.payload == "the end"


def announce_and_fail(hall: Hall, ends: str) -> None:
    with writing(hall._engine) as connection:
        announce_change(connection, hall.hall_id)
        connection.execute(text("INSERT INTO thing VALUES ('twice'), ('twice')"))
        if ends == "before the commit":
            raise ZeroDivisionError


def test_a_listener_whose_connection_is_killed_says_so(postgres_url: str) -> None:
    with create_hall(postgres_url, small_plan()) as hall:
        listener = hall.change_listener()
        with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            )
        with pytest.raises(StoreUnavailable) as fault:
            listener.wait(PATIENCE_S)
        assert fault.value.cause == "unreachable"
        listener.close()
        again = hall.change_listener()
        hall.issue("payment")
        assert again.wait(PATIENCE_S) is True
        again.close()


def test_a_closed_sqlite_listener_says_so(sqlite_url: str) -> None:
    with create_hall(sqlite_url, small_plan()) as hall:
        listener = hall.change_listener()
        listener.close()
        with pytest.raises(StoreUnavailable):
            listener.wait(AT_ONCE_S)


def test_a_listener_may_be_closed_twice(listener: ChangeListener, hall: Hall) -> None:
    listener.close()
    listener.close()
    assert hall.issue("payment").number == "B001"


def test_listeners_of_a_store_out_of_reach(postgres_url: str) -> None:
    hall = create_hall(postgres_url, small_plan())
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as other:
        name = other.info.dbname
    hall.close()
    with psycopg.connect(
        postgres_url.replace("+psycopg", "").replace(name, "postgres"), autocommit=True
    ) as admin:
        admin.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false'.encode())
        with pytest.raises(StoreUnavailable):
            hall.change_listener()
        admin.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true'.encode())
    hall.close()


def test_a_server_that_hangs_is_found_out_in_silence(
    line: CuttableLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.store.changes.PONG_SECONDS", 0.2)
    with create_hall(line.url, small_plan()) as hall:
        listener = hall.change_listener()
        line.freeze()
        with pytest.raises(StoreUnavailable) as fault:
            wait_until_it_fails(listener)
        assert fault.value.cause == "unreachable"
        listener.close()
        line.mend()


def test_a_line_that_is_cut_is_found_out(line: CuttableLine) -> None:
    with create_hall(line.url, small_plan()) as hall:
        listener = hall.change_listener()
        line.cut()
        with pytest.raises(StoreUnavailable):
            wait_until_it_fails(listener)
        listener.close()
        line.mend()
        assert hall.plan == small_plan()


def test_a_change_that_comes_with_the_answer_to_a_ping_is_heard(
    line: CuttableLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.store.changes.PING_SECONDS", 0.0)
    monkeypatch.setattr("shared.store.changes.PONG_SECONDS", PATIENCE_S)
    with create_hall(line.url, small_plan()) as hall:
        hall.open_counter(1)
        listener = hall.change_listener()
        pinged = threading.Event()

        def issue_meanwhile() -> None:
            pinged.wait()
            hall.issue("payment")

        with ThreadPoolExecutor(1) as pool:
            issued = pool.submit(issue_meanwhile)
            heard = False
            while not (heard and issued.done()):
                heard = listener.wait(AT_ONCE_S) or heard
                pinged.set()
        listener.close()


def wait_until_it_fails(listener: ChangeListener) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        listener.wait(0.1)
