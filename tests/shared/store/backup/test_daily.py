"""Once a day one program of the hall makes the backup, whatever dies, and whatever the clocks say."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, text

from shared.domain.clock import ManualClock
from shared.hall import Hall, create_hall
from shared.store.backup.daily import DONE, claim_backup, settle_backup
from shared.store.engine import writing
from tools.testing.halls import small_plan
from tools.testing.patience import PATIENCE_S

HOUR = timedelta(hours=1)


@pytest.fixture
def engine(hall: Hall) -> Engine:
    return hall._engine


def claim(engine: Engine, clock: ManualClock, hall_id: str = "small") -> datetime | None:
    return claim_backup(engine, hall_id, "kiosk", clock.now())


def let_pass(engine: Engine, clock: ManualClock, time: timedelta) -> None:
    """On a server, whose clock cannot be moved, the rows move into the past instead."""
    clock.advance(time)
    if engine.dialect.name == "postgresql":
        with writing(engine) as connection:
            shift = text("UPDATE backup_run SET began_at = began_at - make_interval(secs => :seconds)")
            connection.execute(shift, {"seconds": time.total_seconds()})


def test_of_many_programs_one_makes_it(hall: Hall, engine: Engine, clock: ManualClock) -> None:
    programs = 6
    together = Barrier(programs)

    def ask(_program: int) -> datetime | None:
        together.wait(PATIENCE_S)
        return claim(engine, clock)

    with ThreadPoolExecutor(programs) as pool:
        answers = list(pool.map(ask, range(programs)))
    assert sum(answer is not None for answer in answers) == 1


def test_it_is_made_once_a_day(engine: Engine, clock: ManualClock) -> None:
    began = claim(engine, clock)
    assert began is not None
    settle_backup(engine, "small", began, clock.now(), DONE)
    let_pass(engine, clock, 8 * HOUR)
    assert claim(engine, clock) is None
    let_pass(engine, clock, 16 * HOUR)
    assert claim(engine, clock) is not None


def test_one_that_was_ended_by_force_is_made_by_another(engine: Engine, clock: ManualClock) -> None:
    assert claim(engine, clock) is not None
    let_pass(engine, clock, HOUR)
    assert claim(engine, clock) is None
    let_pass(engine, clock, 2 * HOUR)
    assert claim(engine, clock) is not None


def test_one_that_failed_is_tried_again_later(engine: Engine, clock: ManualClock) -> None:
    began = claim(engine, clock)
    assert began is not None
    settle_backup(engine, "small", began, clock.now(), "disk_full")
    assert claim(engine, clock) is None
    let_pass(engine, clock, HOUR + timedelta(minutes=1))
    assert claim(engine, clock) is not None


def test_a_clock_that_ran_ahead_does_not_stop_backups(engine: Engine, clock: ManualClock) -> None:
    """The row of a day far ahead says nothing about today."""
    let_pass(engine, clock, timedelta(days=400))
    began = claim(engine, clock)
    assert began is not None
    settle_backup(engine, "small", began, clock.now(), DONE)
    let_pass(engine, clock, -timedelta(days=400))
    assert claim(engine, clock) is not None


def test_halls_of_one_database_share_its_backup(
    hall: Hall, engine: Engine, database_url: str, clock: ManualClock
) -> None:
    with create_hall(database_url, small_plan("other"), clock=clock):
        assert claim(engine, clock) is not None
        assert claim(engine, clock, "other") is None
