from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from operations.doctor.finding import Finding, Status
from operations.doctor.hall_checks import check_hall
from operations.store_address import sqlite_file
from shared.domain.device_health import DeviceKind, DeviceReport, DeviceState
from shared.hall import create_hall, open_hall
from shared.settings import Settings
from shared.store.backup.making import make_backup
from shared.words import Words
from tools.testing.halls import NINE, small_plan

if TYPE_CHECKING:
    from pathlib import Path

    from shared.domain.clock import ManualClock

ENGLISH = Words("en")


@pytest.fixture
def loaded_url(database_url: str, clock: ManualClock) -> str:
    """A store with the small hall, one clerk and one call at nine o'clock."""
    with create_hall(database_url, small_plan(), clock=clock) as hall:
        hall.add_clerk("1001", "Li", "4821")
        hall.open_counter(1)
        hall.issue("enquiry")
        hall.call_next(1)
    return database_url


def look(clock: ManualClock, **settings: object) -> dict[str, Finding]:
    return {
        found.check: found for found in check_hall(Settings.model_validate(settings), ENGLISH, clock=clock)
    }


def statuses(found: dict[str, Finding]) -> dict[str, str]:
    return {check: finding.status.value for check, finding in found.items()}


def test_a_hall_that_is_well(loaded_url: str, clock: ManualClock, tmp_path: Path) -> None:
    make_backup(loaded_url, tmp_path / "kept", clock.now())
    found = look(clock, database=loaded_url, counter=1, backup_folder=str(tmp_path / "kept"))
    of_engine = ["whole", "journal"] if loaded_url.startswith("sqlite") else ["server-clock"]
    before = ["store", "schema", "hall", "zone", "clerks", "clock"]
    checks = [*before, *of_engine, "verify", "backup", "devices"]
    assert list(found) == checks
    assert statuses(found) == dict.fromkeys(checks, "ok")
    assert "Small Hall (small), version 1, 3 services, 3 counters" in found["hall"].message
    assert not any(finding.advice for finding in found.values())


def test_devices_that_need_somebody_are_named_with_what_to_do(loaded_url: str, clock: ManualClock) -> None:
    printer = DeviceReport("kiosk-1", "printer", DeviceKind.PRINTER, "sim://printer/1", DeviceState.OK)
    with open_hall(loaded_url, clock=clock) as hall:
        hall.report_devices([printer])
    assert look(clock, database=loaded_url)["devices"].message == "One device, well"
    with open_hall(loaded_url, clock=clock) as hall:
        hall.report_devices([replace(printer, state=DeviceState.DOWN, cause="cover_open")])
    found = look(clock, database=loaded_url)["devices"]
    assert (found.status, found.message) == (Status.WARN, "kiosk-1 printer: the cover is open")
    assert found.advice
    clock.advance(timedelta(minutes=5))
    assert "Not heard of since 09:00" in look(clock, database=loaded_url)["devices"].message


def test_a_store_that_was_never_made_is_not_made_by_looking(tmp_path: Path, clock: ManualClock) -> None:
    file = tmp_path / "hall.db"
    found = look(clock, database=f"sqlite:///{file}")
    assert statuses(found) == {"store": "fault"}
    assert "jiaohao init" in found["store"].advice
    assert not file.exists()


def test_a_server_that_does_not_answer(clock: ManualClock) -> None:
    found = look(clock, database="postgresql+psycopg://clerk:secret@127.0.0.1:1/hall")
    assert statuses(found) == {"store": "fault"}
    assert "server" in found["store"].advice


def test_a_store_without_schema_is_reached_but_not_ready(empty_database_url: str, clock: ManualClock) -> None:
    if (file := sqlite_file(empty_database_url)) is not None:
        file.touch()
    found = look(clock, database=empty_database_url)
    assert statuses(found) == {"store": "ok", "schema": "fault"}
    assert found["schema"].advice == "Run jiaohao init"


def test_a_hall_that_the_store_does_not_hold(loaded_url: str, clock: ManualClock) -> None:
    found = look(clock, database=loaded_url, hall="another")
    assert statuses(found) == {"store": "ok", "hall": "fault"}


def test_a_counter_that_the_hall_does_not_have(loaded_url: str, clock: ManualClock) -> None:
    finding = look(clock, database=loaded_url, counter=12)["hall"]
    assert finding.status is Status.FAULT
    assert finding.advice.endswith("1, 2, 3")


def test_a_hall_without_clerks_is_a_warning(database_url: str, clock: ManualClock) -> None:
    create_hall(database_url, small_plan(), clock=clock).close()
    finding = look(clock, database=database_url)["clerks"]
    assert finding.status is Status.WARN
    assert "jiaohao clerk add" in finding.advice


@pytest.mark.parametrize("back", [timedelta(minutes=5), timedelta(days=2), timedelta(days=9000)])
def test_a_clock_behind_the_log_is_a_fault(loaded_url: str, clock: ManualClock, back: timedelta) -> None:
    clock.set(NINE - back)
    finding = look(clock, database=loaded_url)["clock"]
    assert finding.status is Status.FAULT
    assert finding.advice


def test_a_password_is_not_shown(loaded_url: str, clock: ManualClock) -> None:
    if loaded_url.startswith("sqlite"):
        assert loaded_url in look(clock, database=loaded_url)["store"].message
        return
    with_password = loaded_url.replace("postgres:@", "postgres:hidden@", 1)
    assert "hidden" in with_password
    message = look(clock, database=with_password)["store"].message
    assert "hidden" not in message
    assert "postgres@" in message


@pytest.mark.parametrize(
    "cause",
    ["unreachable", "locked", "disk_full", "read_only", "damaged", "newer_schema", "no_schema", "clock"],
)
def test_there_is_advice_for_every_cause(cause: str) -> None:
    assert all(Words(language).has(f"doctor-store-{cause}-do") for language in ("zh", "en"))
