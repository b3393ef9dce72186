"""What a machine kept and has not delivered is named, with where it is and what to do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from operations.doctor.finding import Status
from operations.doctor.standby_checks import check_standby
from shared.hall.standby.keeper import Keeper
from shared.store.engine import writing
from shared.words import Words
from tools.testing.halls import NINE

if TYPE_CHECKING:
    from pathlib import Path

    from shared.domain.clock import ManualClock
    from shared.hall import Hall

ENGLISH = Words("en")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "standby" / "0123456789ab" / "kiosk-1.db"


def kept(hall: Hall, file: Path, clock: ManualClock) -> Keeper:
    """A kiosk that was cut off for two tickets, ten minutes apart."""
    keeper = Keeper(file, "kiosk-1", clock)
    keeper.prepare(hall)
    for number in range(2):
        keeper.issue("payment", "ordinary", f"tap-{number}")
        clock.advance(timedelta(minutes=10))
    return keeper


def test_entries_that_wait_are_counted_with_their_age(hall: Hall, file: Path, clock: ManualClock) -> None:
    keeper = kept(hall, file, clock)
    folder = file.parent.parent
    (found,) = check_standby(ENGLISH, folder)
    assert (found.check, found.status) == ("standby", Status.WARN)
    assert found.message.startswith("2 entries wait for the database since ")
    assert f"{NINE.astimezone():%Y-%m-%d %H:%M}" in found.message
    assert str(file) in found.message
    assert "Do not delete" in found.advice
    keeper.deliver(hall)
    assert list(check_standby(ENGLISH, folder)) == []
    keeper.close()


@pytest.mark.expects_log("BX002 cannot be delivered")
def test_what_was_set_aside_is_named(hall: Hall, file: Path, clock: ManualClock) -> None:
    keeper = kept(hall, file, clock)
    with writing(keeper._store.engine) as connection:
        connection.execute(text("UPDATE event SET detail = '{}' WHERE ticket = 'BX002'"))
    keeper.deliver(hall)
    keeper.close()
    (found,) = check_standby(ENGLISH, file.parent.parent)
    assert found.status is Status.WARN
    assert found.message == f"BX002 could not be delivered and stay in {file}"


@pytest.mark.parametrize(
    "damage_row",
    [
        "UPDATE event SET detail = 'garbage{' WHERE ticket = 'BX001'",
        "DELETE FROM request WHERE request_id = 'tap-0'",
    ],
    ids=["no json", "no request"],
)
def test_an_entry_that_cannot_be_read_is_counted_with_the_others(
    hall: Hall, file: Path, clock: ManualClock, damage_row: str
) -> None:
    keeper = kept(hall, file, clock)
    with writing(keeper._store.engine) as connection:
        connection.execute(text(damage_row))
    keeper.close()
    (found,) = check_standby(ENGLISH, file.parent.parent)
    assert (found.status, found.message.split(" since ")[0]) == (
        Status.WARN,
        "2 entries wait for the database",
    )


def test_a_file_that_cannot_be_read_is_a_fault_and_an_empty_one_is_not(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.with_name("begun.db").touch()
    file.write_bytes(b"SQLite format 3" + bytes(4096))
    (found,) = check_standby(ENGLISH, file.parent.parent)
    assert (found.status, str(file) in found.message) == (Status.FAULT, True)


def test_a_machine_that_never_kept_anything_has_nothing_to_tell(tmp_path: Path) -> None:
    assert list(check_standby(ENGLISH, tmp_path / "none")) == []
