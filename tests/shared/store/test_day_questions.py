from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from shared.domain.clock import ManualClock
from shared.hall import create_hall
from shared.store.day_questions import DayQuestions
from shared.store.engine import make_engine, writing
from shared.store.prepared import ask
from tools.testing.halls import small_plan

TAKEN_AT = datetime(2026, 3, 29, 10, tzinfo=UTC)
"""On this day a day was an hour shorter in Berlin."""


def test_a_lead_is_so_many_seconds_in_every_time_zone(postgres_url: str) -> None:
    """Head starts make leads negative; PostgreSQL writes minus seven minutes as a day and hours."""
    with create_hall(postgres_url, small_plan(), clock=ManualClock(TAKEN_AT)) as hall:
        due = hall.issue("payment").due_at - TAKEN_AT
        asked = DayQuestions("small", hall.business_day())
    found = []
    engine = make_engine(postgres_url)
    with writing(engine) as connection:
        connection.execute(text("SET LOCAL TIME ZONE 'Europe/Berlin'"))
        taken = text("SELECT set_config('jiaohao.taken_at', :at, true)")
        connection.execute(taken, {"at": TAKEN_AT.isoformat()})
        for lead in (timedelta(minutes=-7), due - timedelta(seconds=1), due):
            [[outlook], _counters] = ask(connection, asked.outlook_on_taking(["payment"], lead, "B"))
            found.append((outlook.people_due, outlook.last_ordinal))
    engine.dispose()
    assert found == [(0, 1), (0, 1), (1, 1)]
