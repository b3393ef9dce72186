"""Bringing back never overwrites silently, keeps what was there, and leaves a store whole or as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from shared.domain.clock import ManualClock
from shared.domain.errors import StoreUnavailable
from shared.hall import create_hall, open_hall
from shared.store.backup import BackupRefused, no_progress
from shared.store.backup.bringing_back import bring_back
from shared.store.backup.files import backups_in
from shared.store.backup.making import make_backup
from shared.store.backup.proof import prove
from tools.testing.halls import NINE, small_plan


@pytest.fixture
def backup(database_url: str, clock: ManualClock, tmp_path: Path) -> Path:
    """A hall backed up with one ticket; since then it has issued a second one, and no program has it open."""
    with create_hall(database_url, small_plan(), clock=clock) as hall:
        hall.issue("payment")
        made = make_backup(database_url, tmp_path / "kept", NINE).path
        hall.issue("payment")
    return made


def tickets(database_url: str, clock: ManualClock) -> list[str]:
    with open_hall(database_url, clock=clock) as hall:
        assert hall.verify().differences == ()
        return [ticket.number for ticket in hall.waiting()]


def test_a_hall_is_not_overwritten_unasked(
    backup: Path, database_url: str, clock: ManualClock, tmp_path: Path
) -> None:
    with pytest.raises(BackupRefused) as refusal:
        bring_back(backup, database_url, NINE, replace=False, keep_in=tmp_path)
    assert refusal.value.code == "not_empty"
    assert tickets(database_url, clock) == ["B001", "B002"]


def test_what_was_there_is_kept_also_twice_in_one_second(
    backup: Path, database_url: str, clock: ManualClock, tmp_path: Path
) -> None:
    first = bring_back(backup, database_url, NINE, replace=True, keep_in=tmp_path / "aside")
    assert tickets(database_url, clock) == ["B001"]
    second = bring_back(backup, database_url, NINE, replace=True, keep_in=tmp_path / "aside")
    assert tickets(database_url, clock) == ["B001"]
    assert first.kept is not None
    assert second.kept is not None
    assert first.kept != second.kept
    assert backups_in(tmp_path / "aside") == [], "what was replaced is no backup to go back to by itself"
    assert [prove(kept, no_progress).tickets for kept in (first.kept, second.kept)] == [2, 1]
    assert [path.name for path in tmp_path.rglob(".jiaohao-*")] == [], (
        "nothing of the work is left lying about"
    )


def test_a_file_that_a_program_has_open_is_left_alone(
    sqlite_url: str, clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program would go on writing into the file put aside."""
    monkeypatch.setattr("shared.store.backup.bringing_back._PATIENCE_WITH_PROGRAMS_S", 0)
    with create_hall(sqlite_url, small_plan(), clock=clock) as hall:
        hall.issue("payment")
        made = make_backup(sqlite_url, tmp_path, NINE).path
        hall.issue("payment")
        with pytest.raises(BackupRefused) as refusal:
            bring_back(made, sqlite_url, NINE, replace=True, keep_in=tmp_path)
        assert refusal.value.code == "in_use"
        assert hall.issue("payment").number == "B003"
    assert tickets(sqlite_url, clock) == ["B001", "B002", "B003"]


def test_a_server_is_replaced_under_a_program_which_goes_on(
    postgres_url: str, clock: ManualClock, tmp_path: Path
) -> None:
    with create_hall(postgres_url, small_plan(), clock=clock) as hall:
        hall.issue("payment")
        made = make_backup(postgres_url, tmp_path, NINE).path
        hall.issue("payment")
        listener = hall.change_listener()
        restored = bring_back(made, postgres_url, NINE, replace=True, keep_in=tmp_path)
        assert listener.wait(0)
        listener.close()
        assert [ticket.number for ticket in hall.waiting()] == ["B001"]
        assert hall.issue("payment").number == "B002"
        assert restored.kept is not None
        assert prove(restored.kept, no_progress).tickets == 2


@pytest.mark.parametrize("damage", [b"\0" * 100, b"", b"SQLite format 3\0 and no more"])
def test_a_damaged_hall_is_replaced_and_kept(
    sqlite_url: str, clock: ManualClock, tmp_path: Path, damage: bytes
) -> None:
    with create_hall(sqlite_url, small_plan(), clock=clock) as hall:
        hall.issue("payment")
        made = make_backup(sqlite_url, tmp_path, NINE).path
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    file.write_bytes(damage)
    restored = bring_back(made, sqlite_url, NINE, replace=True, keep_in=tmp_path)
    assert tickets(sqlite_url, clock) == ["B001"]
    assert (restored.kept is None) is (damage == b"")
    if restored.kept is not None:
        assert restored.kept.read_bytes() == damage


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "no_backup"), (b"hello", "not_a_backup"), (b"", "not_a_backup")],
    ids=["nothing", "text", "empty"],
)
def test_what_is_no_backup_is_not_brought_back(
    backup: Path, database_url: str, clock: ManualClock, tmp_path: Path, content: bytes | None, code: str
) -> None:
    other = tmp_path / "other.db"
    if content is not None:
        other.write_bytes(content)
    with pytest.raises(BackupRefused) as refusal:
        bring_back(other, database_url, NINE, replace=True, keep_in=tmp_path)
    assert refusal.value.code == code
    assert tickets(database_url, clock) == ["B001", "B002"]


def spoil_log(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("DELETE FROM event WHERE seq = 2")
        connection.commit()


def spoil_pages(backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[4096 : 6 * 4096] = b"\xff" * (5 * 4096)
    backup.write_bytes(content)


def make_newer(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("spoil", "cause"), [(spoil_log, "damaged"), (spoil_pages, "damaged"), (make_newer, "newer_schema")]
)
def test_a_bad_backup_leaves_the_hall_as_it_is(
    backup: Path,
    database_url: str,
    clock: ManualClock,
    tmp_path: Path,
    spoil: Callable[[Path], None],
    cause: str,
) -> None:
    spoil(backup)
    with pytest.raises(StoreUnavailable) as fault:
        bring_back(backup, database_url, NINE, replace=True, keep_in=tmp_path)
    assert fault.value.cause == cause
    assert tickets(database_url, clock) == ["B001", "B002"]


@pytest.mark.parametrize("new_database", ["postgres"], indirect=True)
def test_a_bad_backup_leaves_a_server_as_it_is(
    backup: Path, database_url: str, clock: ManualClock, tmp_path: Path
) -> None:
    spoil_log(backup)
    with pytest.raises(StoreUnavailable) as fault:
        bring_back(backup, database_url, NINE, replace=True, keep_in=tmp_path)
    assert fault.value.cause == "damaged"
    assert tickets(database_url, clock) == ["B001", "B002"]


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_another_database_of_sqlite_is_no_backup(database_url: str, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE thing (name TEXT)")
    with pytest.raises(BackupRefused) as refusal:
        bring_back(other, database_url, NINE, replace=True, keep_in=tmp_path)
    assert refusal.value.code == "not_a_backup"


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_a_file_that_is_no_hall_is_not_overwritten_unasked(
    backup: Path, tmp_path: Path, clock: ManualClock
) -> None:
    other = tmp_path / "diary.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE diary (line TEXT)")
    before = other.read_bytes()
    with pytest.raises(BackupRefused) as refusal:
        bring_back(backup, f"sqlite:///{other}", NINE, replace=False, keep_in=tmp_path)
    assert refusal.value.code == "not_empty"
    assert other.read_bytes() == before
