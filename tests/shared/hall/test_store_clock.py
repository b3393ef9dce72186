"""Two machines whose clocks differ by minutes: the database's clock decides."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

from sqlalchemy import text

from shared.domain.clock import StoreClock, SystemClock
from shared.hall import create_hall, open_hall
from shared.store.engine import make_engine, reading
from tools.testing.patience import PATIENCE_S
from tools.testing.sample_hall import make_plan

MINUTES = timedelta(minutes=7)
MACHINES = 4
TICKETS_EACH = 6


class Apart(SystemClock):
    """A machine's clock that somebody set wrong."""

    def __init__(self, by: timedelta) -> None:
        self.by = by

    def now(self) -> datetime:
        return datetime.now(UTC) + self.by


def test_a_fast_and_a_slow_machine_write_the_servers_time(postgres_url: str) -> None:
    plan = replace(make_plan(), openings=())
    with (
        create_hall(postgres_url, plan, clock=StoreClock(Apart(MINUTES))) as fast,
        open_hall(postgres_url, clock=StoreClock(Apart(-MINUTES))) as slow,
    ):
        tickets = [hall.issue("payment") for hall in (fast, slow, fast, slow)]
        called = slow.call_next(1)
        snapshots = [fast.snapshot().at, slow.snapshot().at]
        assert fast.verify().clean
    engine = make_engine(postgres_url)
    with reading(engine) as connection:
        written = list(connection.execute(text("SELECT at FROM event ORDER BY day, seq")).scalars())
        server_now: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    engine.dispose()
    issued = [ticket.issued_at for ticket in tickets]
    assert issued == sorted(issued)
    assert written == sorted(written)
    assert called is not None
    assert called.called_at is not None
    assert issued[-1] <= called.called_at <= server_now
    assert abs(server_now - issued[0]) < MINUTES
    assert all(abs(at - server_now) < MINUTES for at in snapshots)


def test_whoever_issues_at_once_is_told_exactly_how_many_are_ahead(postgres_url: str) -> None:
    """People are counted by the moment at which the server gave the hall to a ticket, whatever the machines think."""
    together = Barrier(MACHINES)

    def issue(machine: int) -> list[int]:
        clock = StoreClock(Apart((-1) ** machine * MINUTES))
        with open_hall(postgres_url, clock=clock) as hall:
            together.wait(PATIENCE_S)
            return [hall.issue("payment").people_ahead for _ in range(TICKETS_EACH)]

    with create_hall(postgres_url, replace(make_plan(), openings=())), ThreadPoolExecutor(MACHINES) as pool:
        told = [ahead for those in pool.map(issue, range(MACHINES)) for ahead in those]
    assert sorted(told) == list(range(MACHINES * TICKETS_EACH))


def test_a_server_that_is_not_believed_counts_by_the_machines_clock(postgres_url: str) -> None:
    mine = Apart(timedelta(0))
    with create_hall(postgres_url, replace(make_plan(), openings=()), clock=StoreClock(mine)) as hall:
        hall.issue("payment")
        mine.by = -2 * StoreClock.BELIEVED
        second = hall.issue("payment")
    # By its own account it was due an hour before the first; by the server's, the first would be ahead.
    assert second.issued_at < datetime.now(UTC) - StoreClock.BELIEVED
    assert second.people_ahead == 0


def test_a_file_has_no_clock_but_the_machines(sqlite_url: str) -> None:
    with create_hall(sqlite_url, make_plan(), clock=StoreClock(Apart(MINUTES))) as hall:
        before = datetime.now(UTC) + MINUTES
        assert hall.issue("payment").issued_at >= before
