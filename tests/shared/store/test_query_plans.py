"""What a command and a screen read must cost what is waiting, never what is past: each statement uses an index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from shared.domain.clock import ManualClock, StoreClock
from shared.hall import Hall, create_hall
from shared.store.engine import make_engine, writing
from tools.testing.halls import NINE, small_plan
from tools.testing.statements import Statement, statements_of, work_through

# The tables that grow with the customers served; the others stay as small as the hall.
GROWING = "ticket|event|request|print_job|hall_day"


@pytest.fixture
def busy(database_url: str) -> Iterator[tuple[Hall, list[Statement]]]:
    """A hall, and the statements that it sends from now on."""
    with create_hall(database_url, small_plan(), clock=ManualClock(NINE)) as hall:
        hall.snapshot()
        with statements_of(hall) as sent:
            yield hall, sent


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


def test_counting_by_the_servers_moment_reads_no_table_whole(postgres_url: str) -> None:
    with create_hall(postgres_url, small_plan(), clock=StoreClock()) as hall:
        hall.issue("payment")
        with statements_of(hall) as sent:
            hall.issue("payment")
    by_moment = [statement for statement in sent if "current_setting" in statement[0]]
    engine = make_engine(postgres_url)
    assert len(by_moment) == 1
    assert whole_readings(engine, by_moment) == []
    engine.dispose()


def test_the_test_would_see_a_whole_reading(busy: tuple[Hall, list[Statement]], database_url: str) -> None:
    engine = make_engine(database_url)
    found = whole_readings(engine, [("SELECT number FROM ticket WHERE language = 'zh'", ())])
    engine.dispose()
    assert len(found) == 1
