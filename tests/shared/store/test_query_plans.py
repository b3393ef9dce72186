"""What a command and a screen read must cost what is waiting, never what is past: each statement uses an index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text

from shared.domain.clock import ManualClock
from shared.hall import Hall, create_hall
from shared.store.engine import make_engine, writing
from tools.testing.halls import NINE, small_plan

Statement = tuple[str, Any]

# The tables that grow with the customers served; the others stay as small as the hall.
GROWING = "ticket|event|request|print_job|hall_day"


@pytest.fixture
def busy(database_url: str) -> Iterator[tuple[Hall, list[Statement]]]:
    """A hall, and the statements that it sends from now on."""
    with create_hall(database_url, small_plan(), clock=ManualClock(NINE)) as hall:
        hall.snapshot()
        sent: list[Statement] = []

        def note(
            _connection: Connection, _cursor: object, statement: str, parameters: Any, *_rest: object
        ) -> None:
            sent.append((statement, parameters))

        event.listen(hall._engine, "before_cursor_execute", note)
        yield hall, sent


def work_through(hall: Hall) -> None:
    """Every kind of command and every read that screens repeat."""
    tickets = [hall.issue("payment", print_at="kiosk-1", request_id=f"tap-{number}") for number in range(4)]
    hall.call_next(1, "next-1")
    hall.start(1)
    hall.call_next(1)
    hall.undo(1)
    hall.hold(1)
    hall.cancel(tickets[3].id)
    hall.call_next(2)
    hall.no_show(2)
    hall.return_ticket(hall.snapshot().no_shows[0].id)
    hall.announcements("lobby-1")
    hall.announcements("lobby-1")
    hall.print_jobs("kiosk-1")
    hall.print_jobs()
    hall.call_next(1)
    hall.finish(1)
    hall.rate(1, 5)
    hall.note_not_rated(1)
    hall.issue("payment", request_id="tap-0")
    hall.waiting()
    hall.board()


def plan_of(connection: Connection, statement: str, parameters: Any) -> str:
    """The engine's own account of how it would run the statement."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return "\n".join(str(row.detail) for row in rows)
    return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))


def whole_readings(engine: Engine, statements: list[Statement]) -> list[str]:
    """The statements that would read a growing table from end to end."""
    # SQLite also says by which columns it searches: by the hall alone is all of the hall's past.
    whole = re.compile(
        rf"(?:SCAN|Seq Scan on) (?:{GROWING})\b|"
        rf"SEARCH (?:{GROWING}) USING (?!.*ix_hall_day_open).*\(hall_id=\?\)"
    )
    found = []
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            # A test's tables are so small that reading them whole is the cheapest: make that dear.
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        for statement, parameters in statements:
            if statement.lstrip().upper().startswith(("SELECT", "UPDATE")):
                plan = plan_of(connection, statement, parameters)
                if whole.search(plan):
                    found.append(f"{statement}\n{plan}")
    return found


def test_nothing_reads_a_growing_table_whole(busy: tuple[Hall, list[Statement]], database_url: str) -> None:
    hall, sent = busy
    work_through(hall)
    engine = make_engine(database_url)
    assert len(sent) > 50
    assert whole_readings(engine, sent) == []
    engine.dispose()


def test_the_test_would_see_a_whole_reading(busy: tuple[Hall, list[Statement]], database_url: str) -> None:
    engine = make_engine(database_url)
    found = whole_readings(engine, [("SELECT number FROM ticket WHERE language = 'zh'", ())])
    engine.dispose()
    assert len(found) == 1
