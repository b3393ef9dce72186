"""Two machines whose clocks differ by minutes: the database's clock decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from shared.domain.clock import StoreClock, SystemClock
from shared.hall import create_hall, open_hall
from shared.store.engine import make_engine, reading
from tools.testing.sample_hall import make_plan

MINUTES = timedelta(minutes=7)


class Apart(SystemClock):
    """A machine's clock that somebody set wrong."""

    def __init__(self, by: timedelta) -> None:
        self._by = by

    def now(self) -> datetime:
        return datetime.now(UTC) + self._by


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


def test_a_file_has_no_clock_but_the_machines(sqlite_url: str) -> None:
    with create_hall(sqlite_url, make_plan(), clock=StoreClock(Apart(MINUTES))) as hall:
        before = datetime.now(UTC) + MINUTES
        assert hall.issue("payment").issued_at >= before
