"""A full disk, and one that can only be read: said plainly, nothing half done, and the same press works afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from shared.domain.clock import ManualClock
from shared.domain.errors import StoreUnavailable
from shared.hall import Hall, create_hall
from tools.testing.halls import small_plan


@pytest.fixture
def file_hall(sqlite_url: str, clock: ManualClock) -> Iterator[Hall]:
    """A hall in a file, with somebody at counter 1 and somebody waiting."""
    with create_hall(sqlite_url, small_plan(), clock=clock) as hall:
        hall.issue("payment", print_at="kiosk-1")
        hall.issue("payment")
        hall.call_next(1)
        yield hall


@contextmanager
def full_disk(hall: Hall) -> Iterator[None]:
    """SQLite's own quota: no page more than there are, so that SQLite itself finds the disk full."""
    with pragma_on_every_connection(hall, "PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000"):
        fill_free_pages(hall)
        yield


@contextmanager
def read_only_disk(hall: Hall) -> Iterator[None]:
    """SQLite refuses each write as it does where the file cannot be written."""
    with pragma_on_every_connection(hall, "PRAGMA query_only = ON", "PRAGMA query_only = OFF"):
        yield


@contextmanager
def pragma_on_every_connection(hall: Hall, begin: str, end: str) -> Iterator[None]:
    state = [begin]

    def set_pragma(driver: sqlite3.Connection, _entry: object, _fairy: object) -> None:
        driver.execute(state[0]).fetchall()

    event.listen(hall._engine, "checkout", set_pragma)
    yield
    state[0] = end


def fill_free_pages(hall: Hall) -> None:
    """Work until the last page that the file already has is full."""
    for _ in range(2000):
        try:
            hall.issue("broadband")
        except StoreUnavailable:
            return
    raise AssertionError("the disk did not get full")


TROUBLES = {"disk_full": full_disk, "read_only": read_only_disk}


@pytest.mark.parametrize("cause", TROUBLES)
def test_the_trouble_is_said_nothing_is_half_done_and_the_same_press_works_afterwards(
    file_hall: Hall, cause: str
) -> None:
    with TROUBLES[cause](file_hall):
        before = file_hall.snapshot(), file_hall.tickets()
        for _ in range(3):
            with pytest.raises(StoreUnavailable) as fault:
                file_hall.issue("payment", request_id="tap", print_at="kiosk-1")
            assert fault.value.cause == cause
        # Screens go on showing the hall.
        assert (file_hall.snapshot(), file_hall.tickets()) == before
        assert file_hall.verify().differences == ()
    ticket = file_hall.issue("payment", request_id="tap", print_at="kiosk-1")
    assert ticket == file_hall.issue("payment", request_id="tap", print_at="kiosk-1")
    assert ticket.number == "B003"
    called = file_hall.call_next(1)
    assert called is not None
    assert file_hall.verify().differences == ()


@pytest.mark.parametrize("cause", TROUBLES)
def test_a_service_in_progress_survives_the_trouble(file_hall: Hall, cause: str) -> None:
    with TROUBLES[cause](file_hall):
        if cause == "read_only":
            with pytest.raises(StoreUnavailable):
                file_hall.finish(1, "done")
        at_counter = file_hall.snapshot().counter(1).ticket
        assert at_counter is not None
        assert at_counter.number == "B001"
    assert file_hall.finish(1, "done").number == "B001"
    assert file_hall.verify().differences == ()
