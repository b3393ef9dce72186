from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from operations.doctor.finding import Finding, Status
from operations.doctor.hall_checks import check_zone
from operations.doctor.store_checks import (
    VERIFIED_EVENTS,
    check_backup,
    check_journal,
    check_log,
    check_server_clock,
    check_standbys,
    check_store,
    check_whole,
)
from operations.store_address import sqlite_file
from shared.domain.errors import StoreUnavailable
from shared.hall import create_hall, open_hall
from shared.settings import Settings
from shared.store.backup.making import make_backup
from shared.store.health import Standbys
from shared.words import Words
from tools.testing.halls import NINE, small_plan
from tools.testing.private_postgres import NewServer

if TYPE_CHECKING:
    from shared.hall import Hall

ENGLISH = Words("en")


def look(hall: Hall, database_url: str) -> dict[str, Finding]:
    return {found.check: found for found in check_store(database_url, hall, ENGLISH)}


def test_a_store_that_is_well(hall: Hall, database_url: str) -> None:
    hall.issue("enquiry")
    found = look(hall, database_url)
    assert {finding.status for finding in found.values()} == {Status.OK}
    on_file = database_url.startswith("sqlite")
    assert set(found) == ({"journal", "whole"} if on_file else {"server-clock"}) | {"verify"}
    assert found["verify"].message.startswith("Log and tables agree")


@pytest.mark.parametrize(
    ("seconds", "status"),
    [
        (0.0, Status.OK),
        (2.0, Status.OK),
        (-2.1, Status.WARN),
        (60.0, Status.WARN),
        (60.1, Status.FAULT),
        (-7200.0, Status.FAULT),
    ],
)
def test_a_clock_apart_from_the_databases_is_told_in_time(seconds: float, status: Status) -> None:
    finding = check_server_clock(ENGLISH, seconds)
    assert finding.status is status
    assert f"{abs(seconds):.1f} s" in finding.message
    assert bool(finding.advice) is (status is not Status.OK)


def test_a_file_that_is_not_written_as_wal_is_a_warning() -> None:
    finding = check_journal(ENGLISH, "delete")
    assert finding.status is Status.WARN
    assert finding.message.startswith("delete instead of WAL")
    assert "local disk" in finding.advice
    assert check_journal(ENGLISH, "WAL").status is Status.OK


def test_a_row_changed_behind_the_log_is_a_fault_that_names_it(sqlite_url: str) -> None:
    with create_hall(sqlite_url, small_plan()) as hall:
        hall.issue("enquiry")
        file = sqlite_file(sqlite_url)
        assert file is not None
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("UPDATE ticket SET state = 'finished'")
            connection.commit()
        finding = look(hall, sqlite_url)["verify"]
    assert finding.status is Status.FAULT
    assert "A001" in finding.message
    assert "jiaohao verify" in finding.advice


def test_a_long_log_is_left_to_verify(hall: Hall) -> None:
    finding = check_log(ENGLISH, hall, VERIFIED_EVENTS + 1)
    assert finding.status is Status.OK
    assert finding.message.startswith("Not checked")
    assert "jiaohao verify" in finding.advice


def test_a_time_zone_that_the_machine_does_not_know() -> None:
    finding = check_zone(ENGLISH, "Asia/Nowhere")
    assert finding.status is Status.FAULT
    assert "Asia/Nowhere" in finding.message
    assert "tzdata" in finding.advice
    assert check_zone(ENGLISH, "Asia/Shanghai").status is Status.OK


def test_the_last_backup_is_told_and_an_old_one_or_none_is_a_warning(
    hall: Hall, database_url: str, tmp_path: Path
) -> None:
    settings = Settings(backup_folder=str(tmp_path / "kept"))
    none = check_backup(settings, ENGLISH, NINE)
    make_backup(database_url, settings.backups, NINE)
    fresh = check_backup(settings, ENGLISH, NINE + timedelta(days=3))
    old = check_backup(settings, ENGLISH, NINE + timedelta(days=3, seconds=1))
    assert [one.status for one in (none, fresh, old)] == [Status.WARN, Status.OK, Status.WARN]
    assert "jiaohao backup" in none.advice
    assert "jiaohao backup" in old.advice
    assert not fresh.advice


def test_a_damaged_file_is_found(sqlite_url: str) -> None:
    with create_hall(sqlite_url, small_plan()) as hall:
        for _ in range(100):
            hall.issue("payment")
    assert check_whole(sqlite_url, ENGLISH).status is Status.OK
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    content = bytearray(file.read_bytes())
    content[6 * 4096 : 9 * 4096] = b"\xff" * (3 * 4096)
    file.write_bytes(content)
    with pytest.raises(StoreUnavailable) as fault:
        check_whole(sqlite_url, ENGLISH)
    assert fault.value.cause == "damaged"


def test_a_second_server_that_every_commit_waits_for_and_that_is_not_there_is_a_fault(
    new_postgres_server: NewServer,
) -> None:
    server = new_postgres_server()
    server.start()
    url = server.address("postgres")
    create_hall(url, small_plan()).close()
    server.execute("ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (second)'")
    server.stop()
    server.start()
    with open_hall(url) as hall:
        found = look(hall, url)
    assert found["standbys"].status is Status.FAULT
    assert "tickets and calls hang" in found["standbys"].message
    assert "synchronous_standby_names" in found["standbys"].advice


@pytest.mark.parametrize(("there", "status"), [(0, Status.FAULT), (1, Status.FAULT), (2, Status.OK)])
def test_enough_second_servers_in_step_are_well(there: int, status: Status) -> None:
    assert check_standbys(ENGLISH, Standbys("ANY 2 (a, b, c)", 2, there)).status is status
