from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from shared.domain.clock import ManualClock
from shared.hall import Hall
from shared.store.engine import make_engine, writing


@pytest.fixture
def busy_hall(hall: Hall, clock: ManualClock) -> Hall:
    """Two tickets at counters, one waiting, over two days."""
    hall.issue("payment")
    clock.advance(timedelta(days=1))
    for _ in range(3):
        hall.issue("payment")
    hall.call_next(1)
    hall.start(1)
    hall.call_next(2)
    return hall


def tamper(database_url: str, statement: str) -> None:
    engine = make_engine(database_url)
    with writing(engine) as connection:
        assert connection.execute(text(statement)).rowcount == 1
    engine.dispose()


def test_a_hall_that_nobody_tampered_with(busy_hall: Hall) -> None:
    report = busy_hall.verify()
    assert report.clean
    assert (report.days, report.tickets) == (2, 4)


B1 = "day = '2026-11-24' AND number = 'B001'"
TAMPERING = {
    f"UPDATE ticket SET state = 'finished' WHERE {B1}": (
        "ticket B001: state is serving by the log, finished in the tables"
    ),
    f"UPDATE ticket SET service = 'enquiry' WHERE {B1}": (
        "ticket B001: service is payment by the log, enquiry in the tables"
    ),
    f"UPDATE ticket SET due_at = '2026-11-24 00:00:00' WHERE {B1}": "ticket B001: due_at is",
    f"UPDATE ticket SET number = 'B007' WHERE {B1}": "ticket B007 is in the tables but not in the log",
    "UPDATE counter SET status = 'paused' WHERE day = '2026-11-24' AND number = 1": (
        "counter 1: status is open by the log, paused in the tables"
    ),
    "UPDATE counter SET status = 'asleep' WHERE day = '2026-11-24' AND number = 1": "asleep",
    "UPDATE series SET last_ordinal = 9 WHERE day = '2026-11-24'": (
        "last ordinal of B: the log says 3, the tables 9"
    ),
    "UPDATE hall_day SET seq = 50 WHERE day = '2026-11-24'": "the day's row says seq 50",
    "DELETE FROM event WHERE day = '2026-11-24' AND seq = 3": "the log jumps from 2 to 4",
    "UPDATE event SET kind = 'asleep' WHERE day = '2026-11-24' AND seq = 3": "asleep",
    "UPDATE event SET detail = '[1]' WHERE day = '2026-11-24' AND seq = 3": "event 3 has a detail that is no object",
    "UPDATE event SET ticket = 'B003' WHERE day = '2026-11-24' AND kind = 'started'": (
        "does start while B003 is waiting"
    ),
}


@pytest.mark.parametrize(("statement", "difference"), TAMPERING.items(), ids=list(TAMPERING))
def test_tampering_is_named(busy_hall: Hall, database_url: str, statement: str, difference: str) -> None:
    tamper(database_url, statement)
    report = busy_hall.verify()
    assert not report.clean
    assert any(found.startswith("2026-11-24: ") and difference in found for found in report.differences)
