"""A new day after many: PostgreSQL has no statistics of it, and must not read it whole for want of knowing better."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import Connection, Text, cast, func, insert, literal, select, text, true, update

from shared.domain.clock import ManualClock
from shared.domain.plan import HallPlan
from shared.domain.ticket import TicketState
from shared.hall import Hall, create_hall, open_hall
from shared.store import tables
from shared.store.engine import make_engine, writing
from shared.store.schema import _config, upgrade
from tools.past_days import give_a_past
from tools.testing.halls import NINE, small_plan
from tools.testing.statements import Statement, statements_of, work_through

MOST_ROWS = 60
"""No statement needs more than who waits here and the latest calls."""

OLD_DAYS, TICKETS_A_DAY, TICKETS_TODAY = 35, 30, MOST_ROWS + 20

# The tables that grow with the customers; the others are small enough to be read whole, a page at a time.
GROWING = ("ticket", "event", "request", "print_job")

# By hall and day alone SQLite may search where the index has a condition of its own, or where it stops at a LIMIT.
WHOLE_DAY = re.compile(
    rf"SCAN (?:{'|'.join(GROWING)})\b|"
    r"SEARCH (?:ticket|event) USING (?:COVERING )?INDEX (?!ix_ticket_|uq_ticket_open)\S+ \(hall_id=\? AND day=\?\)"
)


def many_services() -> HallPlan:
    """The small hall with ten services more, all at counter 1: the more are asked about, the dearer the right index."""
    plan = small_plan()
    more = tuple(
        replace(plan.services[0], key=f"more-{place}", prefix=prefix)
        for place, prefix in enumerate("GHJKLMNPQR")
    )
    first, *others = plan.counters
    first = replace(first, offers={**first.offers, **{service.key: timedelta() for service in more}})
    return replace(plan, services=plan.services + more, counters=(first, *others))


@pytest.fixture(params=[small_plan, many_services])
def plan(request: pytest.FixtureRequest) -> HallPlan:
    """A hall with few services, and one with many."""
    made: HallPlan = request.param()
    return made


@pytest.fixture(params=["after many days", "beside another hall"])
def statements(
    request: pytest.FixtureRequest, database_url: str, plan: HallPlan
) -> Iterator[list[Statement]]:
    """What a hall sends on a day that is already long, where all statistics are of past days, or of another hall."""
    clock = ManualClock(NINE)
    if request.param == "after many days":
        give_a_past(database_url, plan, clock, OLD_DAYS, TICKETS_A_DAY)
        learn_statistics(database_url)
        clock.advance(timedelta(days=1))
    else:
        give_a_past(database_url, replace(plan, id="other"), clock, OLD_DAYS, TICKETS_A_DAY)
        learn_statistics(database_url)
        with create_hall(database_url, plan, clock=clock) as hall:
            work(hall)
        lengthen(database_url)
    with open_hall(database_url, plan.id, clock=clock) as hall:
        work(hall)
        # The first look of a program reads the day's news, however many they are; each one later reads what is new.
        hall.snapshot()
        with statements_of(hall) as sent:
            work_through(hall)
        yield sent


def learn_statistics(database_url: str) -> None:
    """Let PostgreSQL learn all about the past days, and nothing about what comes."""
    engine = make_engine(database_url)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in GROWING:
                connection.execute(text(f"ALTER TABLE {table} SET (autovacuum_enabled = false)"))
            connection.execute(text("ANALYZE"))
    engine.dispose()


def lengthen(database_url: str) -> None:
    """Give PostgreSQL many times the day's tickets, which all waited and were served since.

    How dear it takes an index to be goes by its size, and that of those who wait stays as large as it has been.
    """
    engine = make_engine(database_url)
    if engine.dialect.name == "postgresql":
        rows = tables.ticket.c
        copies = func.generate_series(1, 25).table_valued("copy").render_derived()
        values = {column.name: column for column in rows} | {
            "number": rows.number + cast(copies.c.copy, Text),
            "ordinal": rows.ordinal + 1000 * copies.c.copy,
            "seq": rows.seq + 1000 * copies.c.copy,
            "state": literal(TicketState.WAITING.value),
        }
        here, copied = rows.hall_id == small_plan().id, rows.ordinal > 1000
        with writing(engine) as connection:
            waiting = select(*values.values()).join(copies, true()).where(here)
            connection.execute(insert(tables.ticket).from_select(list(values), waiting))
            connection.execute(update(tables.ticket).where(copied).values(state=TicketState.FINISHED.value))
    engine.dispose()


def work(hall: Hall) -> None:
    for _ticket in range(TICKETS_TODAY):
        # Nobody confirms these papers: such a printer leaves the whole day's like that.
        hall.issue("payment", request_id=uuid4().hex, print_at="kiosk-1")
        assert all(hall.claim_print(job) for job in hall.papers_to_print("kiosk-1"))
        hall.call_next(1, uuid4().hex)
    hall.finish(1)


def rows_touched(connection: Connection, statement: str, parameters: Any) -> int:
    """How many rows PostgreSQL looks at to find what it answers or changes."""
    # The day has gone on since, and its constraints would not let each change be tried once more.
    statement = re.sub(
        r"^UPDATE (\w+) SET .*?\bWHERE\b", r"SELECT * FROM \1 WHERE", statement, flags=re.DOTALL
    )
    statement = re.sub(r"\bRETURNING\b.*", "", statement) if statement.startswith("SELECT") else statement
    explained = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
    return _touched(explained.scalar_one()[0]["Plan"])


def _touched(node: dict[str, Any]) -> int:
    own = 0
    if node.get("Relation Name") in GROWING and "Scan" in node["Node Type"]:
        left_out = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
        rows = node["Actual Rows"] + sum(node.get(name, 0) for name in left_out)
        own = int(rows * node["Actual Loops"])
    return own + sum(map(_touched, node.get("Plans", [])))


def questions(statements: list[Statement]) -> list[Statement]:
    """The statements that look for rows, each once."""
    found: dict[str, Statement] = {}
    for statement, parameters in statements:
        if re.match(r"\s*\(?(SELECT|UPDATE|WITH)\b", statement) and "pg_notify" not in statement:
            found.setdefault(statement, (statement, parameters))
    return list(found.values())


def test_no_statement_reads_the_day(statements: list[Statement], database_url: str) -> None:
    asked = questions(statements)
    engine = make_engine(database_url)
    dear: list[str] = []
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            # The tables of a first day are still so small that reading them whole is the cheapest: make that dear.
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        for statement, parameters in asked:
            if engine.dialect.name == "postgresql":
                with connection.begin_nested() as trial:
                    rows = rows_touched(connection, statement, parameters)
                    trial.rollback()
                if rows > MOST_ROWS:
                    dear.append(f"{rows} rows: {statement}")
            else:
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                dear.extend(
                    f"{row.detail}: {statement}" for row in plan if WHOLE_DAY.search(row.detail) is not None
                )
    engine.dispose()
    assert len(asked) > 20
    assert dear == []


def test_the_past_is_sound(database_url: str) -> None:
    give_a_past(database_url, small_plan(), ManualClock(NINE), 3, 8)
    with open_hall(database_url, clock=ManualClock(NINE)) as hall:
        report = hall.verify()
        assert (report.days, report.tickets, report.differences) == (4, 24, ())
        yesterday, earliest = (hall.tickets(NINE.date() - timedelta(days=back)) for back in (1, 3))
        assert [ticket.number for ticket in earliest] == [ticket.number for ticket in yesterday]
        assert {ticket.state for ticket in earliest} == {TicketState.FINISHED, TicketState.EXPIRED}
        for before, after in zip(earliest, yesterday, strict=True):
            assert after.issued_at - before.issued_at == after.due_at - before.due_at == timedelta(days=2)
            assert (after.finished_at is None) == (before.finished_at is None)
            if after.finished_at is not None and before.finished_at is not None:
                assert after.finished_at - before.finished_at == timedelta(days=2)


def test_an_upgrade_forgets_what_was_gathered_about_days(
    new_empty_postgres_database: Callable[[], str],
) -> None:
    engine = make_engine(new_empty_postgres_database())
    with writing(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        day = {"hall_id": "small", "at": NINE, "day": NINE.date()}
        connection.execute(text("INSERT INTO hall VALUES (:hall_id, 1, :at)"), day)
        connection.execute(text("INSERT INTO hall_day VALUES (:hall_id, :day, 1, 1, :at)"), day)
        connection.execute(text("INSERT INTO event VALUES (:hall_id, :day, 1, 1, :at, 'day_opened')"), day)
        connection.execute(text("ANALYZE"))
        assert "event" in tables_with_statistics_of_days(connection)
    upgrade(engine)
    with writing(engine) as connection:
        connection.execute(text("ANALYZE"))
        assert not tables_with_statistics_of_days(connection) & set(GROWING)
        assert connection.execute(text("SELECT count(*) FROM event")).scalar_one() == 1
    engine.dispose()


def tables_with_statistics_of_days(connection: Connection) -> set[str]:
    return set(connection.execute(text("SELECT tablename FROM pg_stats WHERE attname = 'day'")).scalars())
