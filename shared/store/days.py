"""Opening a business day: the first command of a day does it; whatever is open from before expires."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Engine, bindparam, insert, select, text, update

from shared.domain.business_day import day_to_work_in
from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.domain.event import EventKind
from shared.domain.ticket import OPEN
from shared.store import tables
from shared.store.day_transaction import DayTransaction
from shared.store.engine import writing
from shared.store.prepared import Prepared
from shared.store.records import TICKET_COLUMNS, ticket_from_row
from shared.store.schema import require_schema_here
from shared.store.server_clock import server_now

OPEN_DAYS = Prepared(
    select(tables.hall_day.c.day)
    .where(tables.hall_day.c.hall_id == bindparam("of_hall"), text(tables.OPEN_DAY_SQL))
    .order_by(tables.hall_day.c.day)
)
"""The business days of a hall that are open, in order."""

CLOCK_TOLERANCE = timedelta(minutes=30)
"""How far a machine's clock may be from the database server's: any further, and it must not decide what day it is."""


def open_day(engine: Engine, hall_id: str, by_clock: date, now: datetime, *, real_time: bool) -> date:
    """Open the business day that a command at this moment belongs to, unless it is open, and return it.

    The hall's own row is taken first, so that of two programs that find a new day one opens it. `real_time` tells
    that `now` is meant to be the present: then a machine whose clock has died is told so by the database server's
    clock, before it closes everybody's day. A SQLite hall lives on one machine and has no other clock to ask.

    Raises:
        Refused: `unknown_hall`.
        StoreUnavailable: `clock`, `newer_schema`, or the store cannot answer now.
    """
    with writing(engine) as connection:
        require_schema_here(connection)
        if real_time:
            _require_right_clock(connection, now)
        plan_version = _take_hall(connection, hall_id)
        day = day_to_work_in(by_clock, latest_open_day(connection, hall_id))
        for earlier in _open_days(connection, hall_id):
            if earlier != day:
                _close_day(connection, hall_id, earlier, now)
        _open(connection, hall_id, day, now, plan_version)
        return day


def _require_right_clock(connection: Connection, now: datetime) -> None:
    by_server = server_now(connection)
    if by_server is not None and abs(by_server - now) > CLOCK_TOLERANCE:
        mine, theirs = f"{now:%Y-%m-%d %H:%M}", f"{by_server:%Y-%m-%d %H:%M}"
        raise StoreUnavailable(
            "clock", f"this machine's clock says {mine} UTC, the database's {theirs}: set it"
        )


def latest_open_day(connection: Connection, hall_id: str) -> date | None:
    """The latest business day that is open; None in a hall that has never worked."""
    return max(_open_days(connection, hall_id), default=None)


def _take_hall(connection: Connection, hall_id: str) -> int:
    taken = connection.execute(
        update(tables.hall)
        .where(tables.hall.c.hall_id == hall_id)
        .values(plan_version=tables.hall.c.plan_version)
        .returning(tables.hall.c.plan_version)
    ).scalar_one_or_none()
    if taken is None:
        message = f"this database holds no hall {hall_id!r}; load one with: jiaohao init HALL.toml"
        raise Refused(RefusalCode.UNKNOWN_HALL, message, hall=hall_id)
    return int(taken)


def _open_days(connection: Connection, hall_id: str) -> list[date]:
    return [row.day for row in OPEN_DAYS.rows(connection, {"of_hall": hall_id})]


def _open(connection: Connection, hall_id: str, day: date, now: datetime, plan_version: int) -> None:
    of_day = (tables.hall_day.c.hall_id == hall_id, tables.hall_day.c.day == day)
    row = connection.execute(
        select(tables.hall_day.c.seq, tables.hall_day.c.closed_at).where(*of_day)
    ).one_or_none()
    if row is not None and row.closed_at is None:
        return
    if row is None:
        first = {"hall_id": hall_id, "day": day, "seq": 0, "plan_version": plan_version, "opened_at": now}
        connection.execute(insert(tables.hall_day), first)
    else:
        connection.execute(
            update(tables.hall_day).where(*of_day).values(closed_at=None, plan_version=plan_version)
        )
    seq = 0 if row is None else row.seq
    opening = DayTransaction(connection, hall_id, day, now, seq, plan_version)
    opening.note(EventKind.DAY_OPENED, {"plan_version": plan_version})
    opening.write_log(taken=seq)


def _close_day(connection: Connection, hall_id: str, day: date, now: datetime) -> None:
    of_day = (tables.hall_day.c.hall_id == hall_id, tables.hall_day.c.day == day)
    row = connection.execute(
        update(tables.hall_day)
        .where(*of_day)
        .values(closed_at=now)
        .returning(tables.hall_day.c.seq, tables.hall_day.c.plan_version)
    ).one()
    closing = DayTransaction(connection, hall_id, day, now, row.seq, row.plan_version)
    left = connection.execute(
        select(*TICKET_COLUMNS)
        .where(
            tables.ticket.c.hall_id == hall_id,
            tables.ticket.c.day == day,
            tables.ticket.c.state.in_([state.value for state in OPEN]),
        )
        .order_by(tables.ticket.c.seq)
    ).all()
    for ticket in map(ticket_from_row, left):
        closing.change_ticket(ticket, EventKind.EXPIRED)
    closing.note(EventKind.DAY_CLOSED)
    closing.write_log(taken=row.seq)
