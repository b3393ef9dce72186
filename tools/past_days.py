"""A hall with a long past, made quickly: copies of a day that was truly worked, for tests of plans and for benchmarks.

The past is sound: `jiaohao verify` finds each of its days in order.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Table, insert, literal, select

from shared.domain.clock import ManualClock
from shared.domain.plan import HallPlan
from shared.hall import create_hall
from shared.store.engine import make_engine, writing
from shared.store.tables import metadata

PRINTER = "kiosk-1"


def give_a_past(database_url: str, plan: HallPlan, clock: ManualClock, days: int, tickets_a_day: int) -> None:
    """Make the hall, with so many days behind the one that the clock stands on.

    The latest of them is worked by the hall itself, and closed by the opening of the clock's day; the earlier ones are
    its copies.
    """
    now = clock.now()
    clock.set(now - timedelta(days=1))
    with create_hall(database_url, plan, clock=clock) as hall:
        service, counter = plan.services[0].key, plan.counters_offering(plan.services[0].key)[0].number
        for _ticket in range(tickets_a_day):
            hall.issue(service, request_id=uuid4().hex, print_at=PRINTER)
            hall.call_next(counter, uuid4().hex)
        for job in hall.print_jobs():
            hall.claim_print(job)
            hall.print_succeeded(job)
        worked = hall.opened_day()
        clock.set(now)
        hall.open_counter(counter)
    if worked is not None:
        _copy(database_url, plan.id, worked, days - 1)


def _copy(database_url: str, hall_id: str, worked: date, times: int) -> None:
    engine = make_engine(database_url)
    for back in range(1, times + 1):
        with writing(engine) as connection:
            for table in metadata.sorted_tables:
                if "day" in table.primary_key.columns or table.name == "request":
                    _copy_rows(connection, table, hall_id, worked, worked - timedelta(days=back))
    engine.dispose()


def _copy_rows(connection: Connection, table: Table, hall_id: str, worked: date, day: date) -> None:
    changed: dict[str, ColumnElement[Any]] = {"day": literal(day, table.c.day.type)}
    if "request_id" in table.c:
        changed["request_id"] = table.c.request_id + f"-{day:%Y%m%d}"
    row = select(*(changed.get(column.name, column) for column in table.columns))
    of_day = row.where(table.c.hall_id == hall_id, table.c.day == worked)
    connection.execute(insert(table).from_select([column.name for column in table.columns], of_day))
