"""A backup holds the whole store as it was at one moment, and nothing half made is ever taken for one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from shared.domain.clock import ManualClock
from shared.domain.errors import StoreUnavailable
from shared.hall import Hall, create_hall, open_hall
from shared.store.backup import Stage, no_progress
from shared.store.backup.bringing_back import bring_back
from shared.store.backup.files import backups_in
from shared.store.backup.making import make_backup
from shared.store.backup.proof import prove
from tools.testing.halls import NINE, small_plan
from tools.testing.patience import PATIENCE_S


def work(hall: Hall, clock: ManualClock) -> None:
    """Two days with something in every table."""
    hall.add_clerk("1001", "王芳", "2468")
    hall.log_in(1, "1001", "2468")
    for _ in range(3):
        hall.issue("payment", print_at="kiosk-1", request_id=f"tap-{clock.now()}-{_}")
    hall.announcements("lobby-1")
    hall.call_next(1)
    clock.advance(timedelta(days=1))
    hall.issue("broadband", "senior", appointed_for=None)
    hall.call_next(2)
    hall.pause_counter(3, "午餐 lunch")


def told(hall: Hall) -> object:
    """Everything that the hall tells about itself."""
    days = [NINE.date(), NINE.date() + timedelta(days=1)]
    return (
        hall.snapshot(),
        [hall.tickets(day) for day in days],
        hall.clerks(),
        hall.print_jobs(),
        hall.verify(),
    )


@pytest.mark.parametrize("into", ["sqlite", "postgres"])
def test_a_store_comes_back_as_it_was_on_either_engine(
    hall: Hall,
    database_url: str,
    clock: ManualClock,
    into: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    work(hall, clock)
    with create_hall(database_url, small_plan("other"), clock=clock) as other:
        other.issue("enquiry")
    made = make_backup(database_url, tmp_path / "kept", NINE)
    assert (made.proof.halls, made.proof.tickets) == (("other", "small"), 5)
    elsewhere: str = request.getfixturevalue(f"new_{into}_database")()
    restored = bring_back(made.path, elsewhere, NINE, replace=False, keep_in=tmp_path / "aside")
    assert (restored.proof, restored.kept) == (made.proof, None)
    with open_hall(elsewhere, "small", clock=clock) as again:
        assert told(again) == told(hall)
        assert again.verify().differences == ()
        assert again.issue("payment").number == hall.issue("payment").number
    with open_hall(elsewhere, "other", clock=clock) as again:
        assert [ticket.number for ticket in again.waiting()] == ["A001"]


def test_a_hall_that_goes_on_working_is_backed_up_as_it_was_at_one_moment(
    hall: Hall, database_url: str, clock: ManualClock, tmp_path: Path
) -> None:
    """The copy would not verify if it held half of a command."""
    hall.issue("payment")
    stop, busy = Event(), Event()

    def go_on() -> None:
        with open_hall(database_url, clock=clock) as own:
            while not stop.is_set():
                own.issue("payment")
                own.call_next(1)
                busy.set()

    clerk = Thread(target=go_on)
    clerk.start()
    assert busy.wait(PATIENCE_S)
    try:
        made = [make_backup(database_url, tmp_path, NINE) for _ in range(3)]
    finally:
        stop.set()
        clerk.join(PATIENCE_S)
    counts = [one.proof.tickets for one in made]
    assert counts == sorted(counts)
    assert counts[0] >= 1
    assert hall.verify().tickets >= counts[-1]


def test_two_backups_of_one_second_do_not_overwrite_each_other(
    hall: Hall, database_url: str, tmp_path: Path
) -> None:
    hall.issue("payment")
    first = make_backup(database_url, tmp_path, NINE).path
    hall.issue("payment")
    second = make_backup(database_url, tmp_path, NINE).path
    assert [first.name, second.name] == ["jiaohao-20261123T010000Z.db", "jiaohao-20261123T010000Z-2.db"]
    assert [prove(path, no_progress).tickets for path in (first, second)] == [1, 2]
    assert [one.path for one in backups_in(tmp_path)] == [second, first]
    assert {path.name for path in tmp_path.glob(".*")} == set()


def test_long_work_tells_how_far_it_is(hall: Hall, database_url: str, tmp_path: Path) -> None:
    hall.issue("payment")
    heard: list[tuple[Stage, int, int]] = []
    make_backup(database_url, tmp_path, NINE, lambda *news: heard.append(news))
    assert {stage for stage, _done, _of in heard} == {Stage.COPY, Stage.CHECK}
    for stage in (Stage.COPY, Stage.CHECK):
        last = [news for news in heard if news[0] is stage][-1]
        assert last[1] == last[2] > 0


def test_a_damaged_store_makes_no_backup_and_loses_none(
    sqlite_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    with create_hall(sqlite_url, small_plan(), clock=clock) as hall:
        hall.issue("payment")
    folder = tmp_path / "kept"
    good = make_backup(sqlite_url, folder, NINE).path
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE ticket SET priority = 'vip'")
        connection.commit()
    with pytest.raises(StoreUnavailable, match="B001") as fault:
        make_backup(sqlite_url, folder, NINE)
    assert fault.value.cause == "damaged"
    assert list(folder.iterdir()) == [good]


def test_damaged_pages_are_found(sqlite_url: str, tmp_path: Path, clock: ManualClock) -> None:
    with create_hall(sqlite_url, small_plan(), clock=clock) as hall:
        for _ in range(200):
            hall.issue("payment")
    path = make_backup(sqlite_url, tmp_path / "kept", NINE).path
    content = bytearray(path.read_bytes())
    page = 4096
    content[5 * page : 6 * page] = b"\xff" * page
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable) as fault:
        prove(path, no_progress)
    assert fault.value.cause == "damaged"


class SmallDisk(sqlite3.Connection):
    """A connection whose file may have so few pages that SQLite itself says that the disk is full."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self.execute("PRAGMA max_page_count = 20")


def test_a_full_disk_is_said_and_earlier_backups_stay(
    sqlite_url: str, tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with create_hall(sqlite_url, small_plan(), clock=clock) as hall:
        hall.issue("payment")
        good = make_backup(sqlite_url, tmp_path / "kept", NINE).path
        connect: Callable[..., sqlite3.Connection] = sqlite3.connect
        monkeypatch.setattr(
            sqlite3,
            "connect",
            lambda *args, **named: connect(*args, factory=SmallDisk, **named),
        )
        with pytest.raises(StoreUnavailable) as fault:
            make_backup(sqlite_url, tmp_path / "kept", NINE)
        monkeypatch.undo()
        assert fault.value.cause == "disk_full"
        assert list((tmp_path / "kept").iterdir()) == [good]
        assert hall.issue("payment").number == "B002"
