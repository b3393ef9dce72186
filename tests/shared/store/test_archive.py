from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from shared.domain.clock import ManualClock
from shared.domain.errors import StoreUnavailable
from shared.hall import Hall, create_hall, open_hall
from shared.store import archive as archive_module
from shared.store import tables
from shared.store.archive import FORGOTTEN, DayGone, SameStore, archive_days, day_tables, destroy_days
from shared.store.engine import make_engine, reading, writing
from tools.testing.halls import small_plan

DAYS = 3
TODAY = date(2026, 11, 23) + timedelta(days=DAYS - 1)


@pytest.fixture
def hall(database_url: str, clock: ManualClock) -> Iterator[Hall]:
    """A hall that worked on three days, each with a ticket that was served, one that was missed and one left over."""
    with create_hall(database_url, small_plan(), clock=clock) as hall:
        for day in range(DAYS):
            if day:
                clock.advance(timedelta(days=1))
            for number in range(3):
                hall.issue("payment", print_at="kiosk-1", request_id=f"{day}-{number}")
            hall.call_next(1)
            hall.finish(1)
            hall.call_next(1)
            hall.no_show(1)
        yield hall


@pytest.fixture
def archive_url(new_database: Callable[[], str]) -> str:
    return new_database()


def nothing(_gone: DayGone) -> None:
    """Whoever wants no news of days."""


def move(hall: Hall, database_url: str, archive_url: str, before: date = TODAY) -> list[date]:
    return [gone.day for gone in archive_days(database_url, archive_url, hall.hall_id, before, nothing)]


def days_of(database_url: str) -> list[date]:
    engine = make_engine(database_url)
    with reading(engine) as connection:
        found = connection.execute(tables.hall_day.select().order_by(tables.hall_day.c.day)).all()
    engine.dispose()
    return [row.day for row in found]


def test_old_days_move_whole_and_both_stores_verify(hall: Hall, database_url: str, archive_url: str) -> None:
    before = hall.tickets(date(2026, 11, 23))
    heard: list[DayGone] = []
    moved = archive_days(database_url, archive_url, hall.hall_id, TODAY, heard.append)
    assert [gone.day for gone in moved] == [TODAY - timedelta(days=back) for back in (2, 1)]
    assert heard == list(moved)
    assert {gone.tickets for gone in moved} == {3}

    assert days_of(database_url) == [TODAY]
    assert (hall.verify().days, hall.verify().tickets, hall.verify().clean) == (1, 3, True)
    with open_hall(archive_url, clock=hall.clock) as old:
        report = old.verify()
        assert (report.days, report.tickets, report.clean) == (2, 6, True)
        assert old.tickets(date(2026, 11, 23)) == before
        assert old.plan == hall.plan
    assert hall.issue("payment", request_id="after").number == "B004"


def test_a_second_run_has_nothing_to_do_and_a_later_one_adds(
    hall: Hall, database_url: str, archive_url: str, clock: ManualClock
) -> None:
    assert len(move(hall, database_url, archive_url, TODAY - timedelta(days=1))) == 1
    assert move(hall, database_url, archive_url, TODAY - timedelta(days=1)) == []
    assert move(hall, database_url, archive_url) == [TODAY - timedelta(days=1)]
    assert len(days_of(archive_url)) == 2


def test_the_first_archive_is_made(hall: Hall, database_url: str, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    assert len(move(hall, database_url, f"sqlite:///{archive}")) == DAYS - 1
    assert len(days_of(f"sqlite:///{archive}")) == DAYS - 1


def test_the_open_day_stays_however_old_it_is(hall: Hall, database_url: str, archive_url: str) -> None:
    assert len(move(hall, database_url, archive_url, TODAY + timedelta(days=400))) == 2
    assert days_of(database_url) == [TODAY]


def test_a_hall_is_not_archived_into_itself(hall: Hall, database_url: str) -> None:
    """Everything would be there already, the same to the row, and would be deleted."""
    other_spelling = database_url.replace("sqlite:///", "sqlite:////.").replace("+psycopg", "")
    with pytest.raises(SameStore):
        move(hall, database_url, other_spelling)
    assert len(days_of(database_url)) == DAYS


class Killed(BaseException):
    """Stands for an end by force: whatever transaction is open then, the database takes back."""


@pytest.mark.parametrize(
    ("step", "at_its_end"),
    [("_copy_rows", True), ("_require_same", False), ("_delete_day", False), ("_delete_day", True)],
)
def test_an_end_by_force_loses_nothing_and_the_next_run_completes_it(
    hall: Hall,
    database_url: str,
    archive_url: str,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    at_its_end: bool,
) -> None:
    original = getattr(archive_module, step)

    def die(*arguments: object) -> None:
        if at_its_end:
            original(*arguments)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(archive_module, step, die)
        with pytest.raises(Killed):
            move(hall, database_url, archive_url)
    assert hall.verify().clean
    gone_already = DAYS - len(days_of(database_url))
    assert len(move(hall, database_url, archive_url)) == DAYS - 1 - gone_already
    assert len(days_of(archive_url)) == DAYS - 1
    with open_hall(archive_url) as old:
        assert (old.verify().tickets, old.verify().clean) == (6, True)
    assert hall.verify().clean


@pytest.mark.parametrize("spoilt", ["changed", "missing"])
def test_a_day_that_is_not_the_same_in_the_archive_is_not_deleted(
    hall: Hall, database_url: str, archive_url: str, monkeypatch: pytest.MonkeyPatch, spoilt: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(archive_module, "_delete_day", lambda *_arguments: None)
        move(hall, database_url, archive_url)
    engine = make_engine(archive_url)
    with writing(engine) as connection:
        if spoilt == "changed":
            connection.execute(update(tables.ticket).values(language="en"))
        else:
            connection.execute(delete(tables.print_job))
    engine.dispose()
    with pytest.raises(StoreUnavailable, match="nothing was deleted") as fault:
        move(hall, database_url, archive_url)
    assert fault.value.cause == "damaged"
    assert len(days_of(database_url)) == DAYS
    assert hall.verify().clean


def test_a_day_that_differs_from_its_log_is_not_deleted(
    hall: Hall, database_url: str, archive_url: str
) -> None:
    engine = make_engine(database_url)
    with writing(engine) as connection:
        connection.execute(update(tables.ticket).where(tables.ticket.c.state == "finished").values(calls=7))
    engine.dispose()
    with pytest.raises(StoreUnavailable, match="nothing was deleted"):
        move(hall, database_url, archive_url)
    assert len(days_of(database_url)) == DAYS


def test_halls_share_an_archive(database_url: str, archive_url: str, clock: ManualClock) -> None:
    with (
        create_hall(database_url, small_plan("east"), clock=clock) as east,
        create_hall(database_url, small_plan("west"), clock=clock) as west,
    ):
        for hall in (east, west):
            hall.issue("payment")
        clock.advance(timedelta(days=1))
        for hall in (east, west):
            hall.issue("payment")
        for hall in (east, west):
            assert len(move(hall, database_url, archive_url)) == 1
            assert hall.verify().clean
        for hall_id in ("east", "west"):
            with open_hall(archive_url, hall_id) as old:
                assert (old.verify().tickets, old.verify().clean) == (1, True)


def test_what_is_destroyed_is_gone(hall: Hall, database_url: str) -> None:
    destroyed = destroy_days(database_url, hall.hall_id, TODAY - timedelta(days=1), nothing)
    assert [gone.day for gone in destroyed] == [TODAY - timedelta(days=2)]
    assert len(days_of(database_url)) == 2
    assert hall.verify().clean
    assert destroy_days(database_url, hall.hall_id, TODAY - timedelta(days=1), nothing) == ()


def test_what_is_destroyed_cannot_be_read_from_the_file(sqlite_url: str, clock: ManualClock) -> None:
    trace = "a-customer-who-wants-to-be-forgotten"
    with create_hall(sqlite_url, small_plan(), clock=clock) as hall:
        hall.issue("payment", request_id=trace)
        clock.advance(timedelta(days=1))
        hall.issue("payment")
    path = sqlite_url.removeprefix("sqlite:///")

    def traces() -> int:
        with open(path, "rb") as file:  # noqa: PTH123 - the raw bytes, as somebody would read a found disk
            return file.read().count(trace.encode())

    assert traces() > 0
    destroy_days(sqlite_url, "small", TODAY, nothing)
    assert traces() == 0
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_every_table_that_knows_days_goes_with_its_day_or_has_a_reason_to_stay() -> None:
    stays = {"screen_cursor"}  # where a lobby screen is now
    knows_days = {name for name, table in tables.metadata.tables.items() if "day" in table.c}
    assert knows_days == {table.name for table in (*day_tables(), *FORGOTTEN)} | stays
    for table in (*day_tables(), *FORGOTTEN):
        assert {"hall_id", "day"} <= set(table.c.keys()), table.name
