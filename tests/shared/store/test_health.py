from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from shared.domain.clock import ManualClock, SystemClock
from shared.domain.errors import StoreUnavailable
from shared.store.health import standbys_wanted, store_health

if TYPE_CHECKING:
    from shared.hall import Hall


def test_the_log_is_as_long_as_verify_says(hall: Hall, clock: ManualClock, database_url: str) -> None:
    assert store_health(database_url, hall.hall_id, SystemClock()).events == 0
    hall.issue("enquiry")
    clock.set(clock.now() + timedelta(days=1))
    hall.issue("payment")
    events = store_health(database_url, hall.hall_id, SystemClock()).events
    assert events == hall.verify().events > 2
    assert store_health(database_url, "another", SystemClock()).events == 0


def test_a_file_is_written_as_wal_and_has_no_clock(hall: Hall, database_url: str) -> None:
    health = store_health(database_url, hall.hall_id, SystemClock())
    if database_url.startswith("sqlite"):
        assert (health.journal, health.machine_ahead_s) == ("wal", 0.0)
    else:
        assert health.journal is None


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(minutes=-5)])
def test_a_servers_clock_is_compared_with_the_machines(postgres_url: str, ahead: timedelta) -> None:
    from shared.hall import create_hall
    from tools.testing.halls import small_plan

    create_hall(postgres_url, small_plan()).close()
    machine = ManualClock(datetime.now(UTC) + ahead)
    told = store_health(postgres_url, "small", machine).machine_ahead_s
    assert told == pytest.approx(ahead.total_seconds(), abs=30)


def test_a_store_out_of_reach_says_so() -> None:
    with pytest.raises(StoreUnavailable):
        store_health("postgresql+psycopg://nobody@127.0.0.1:1/hall", "small", SystemClock())


@pytest.mark.parametrize(
    ("names", "wanted"),
    [("*", 1), ("a, b", 1), ("2 (a, b)", 2), ("FIRST 1 (a)", 1), ("any 3 (a,b,c,d)", 3), ("first, 2b", 1)],
)
def test_how_many_servers_a_commit_waits_for(names: str, wanted: int) -> None:
    assert standbys_wanted(names) == wanted
