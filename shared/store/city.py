"""The board of all halls of a database, for a head office: who waits where, and for how long. It reads what is waiting.

A hall's line is as old as its latest change: the line to it may be down.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, ScalarSelect, Select, func, select, text
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from shared.domain.counter import CounterStatus
from shared.store import tables
from shared.store.engine import make_engine, reading


@dataclass(frozen=True, slots=True)
class HallLine:
    """One hall on its open business day; `day` None: it has never worked, or its last day is closed.

    `overdue` wait longer than promised; `changed_at` is the moment of the hall's latest event.
    """

    hall_id: str
    name: dict[str, str]
    day: date | None
    issued: int
    waiting: int
    overdue: int
    waiting_since: datetime | None
    counters_open: int
    changed_at: datetime | None


def read_city(database_url: str, now: datetime) -> tuple[HallLine, ...]:
    """The lines of all halls, by their ids.

    Raises:
        StoreUnavailable: the store cannot answer now.
    """
    engine = make_engine(database_url)
    try:
        with reading(engine) as connection:
            return _lines(connection, now)
    finally:
        engine.dispose()


def _lines(connection: Connection, now: datetime) -> tuple[HallLine, ...]:
    days = _by_hall(connection, _open_days())
    waiting = _by_hall(connection, _waiting(now))
    counters = _by_hall(connection, _counters_open())
    issued = _by_hall(connection, _issued())
    named = (
        select(tables.hall.c.hall_id, tables.hall_plan.c.document)
        .join_from(
            tables.hall,
            tables.hall_plan,
            (tables.hall_plan.c.hall_id == tables.hall.c.hall_id)
            & (tables.hall_plan.c.version == tables.hall.c.plan_version),
        )
        .order_by(tables.hall.c.hall_id)
    )
    lines = []
    for hall in connection.execute(named):
        day, queue = days.get(hall.hall_id), waiting.get(hall.hall_id)
        lines.append(
            HallLine(
                hall_id=hall.hall_id,
                name=json.loads(hall.document)["name"],
                day=None if day is None else day.day,
                issued=issued[hall.hall_id].issued if hall.hall_id in issued else 0,
                waiting=0 if queue is None else queue.waiting,
                overdue=0 if queue is None else queue.overdue,
                waiting_since=None if queue is None else queue.since,
                counters_open=counters[hall.hall_id].open if hall.hall_id in counters else 0,
                changed_at=None if day is None else day.at,
            )
        )
    return tuple(lines)


def _by_hall(connection: Connection, statement: Select[Any]) -> dict[str, Row[Any]]:
    return {row.hall_id: row for row in connection.execute(statement)}


_day, _ticket, _event = tables.hall_day.c, tables.ticket.c, tables.event.c
_counter, _series = tables.counter.c, tables.series.c


def _open_days() -> Select[Any]:
    latest = (
        select(_day.hall_id, func.max(_day.day).label("day"))
        .where(text("hall_day.closed_at IS NULL"))
        .group_by(_day.hall_id)
        .subquery()
    )
    return (
        select(_day.hall_id, _day.day, _event.at)
        .join_from(latest, tables.hall_day, (_day.hall_id == latest.c.hall_id) & (_day.day == latest.c.day))
        .outerjoin(
            tables.event,
            (_event.hall_id == _day.hall_id) & (_event.day == _day.day) & (_event.seq == _day.seq),
        )
    )


def _waiting(now: datetime) -> Select[Any]:
    return (
        select(
            _ticket.hall_id,
            func.count().label("waiting"),
            func.count().filter(_ticket.due_at < now).label("overdue"),
            func.min(_ticket.issued_at).label("since"),
        )
        .join_from(tables.hall_day, tables.ticket, _same_day(_ticket))
        .where(_day.closed_at.is_(None), text(f"ticket.{tables.WAITING_SQL}"))
        .group_by(_ticket.hall_id)
    )


def _counters_open() -> Select[Any]:
    return (
        select(_counter.hall_id, func.count().label("open"))
        .join_from(tables.hall_day, tables.counter, _same_day(_counter))
        .where(_day.closed_at.is_(None), _counter.status == CounterStatus.OPEN.value)
        .group_by(_counter.hall_id)
    )


def _issued() -> Select[Any]:
    return (
        select(_series.hall_id, (func.sum(_series.last_ordinal) - _skipped()).label("issued"))
        .join_from(tables.hall_day, tables.series, _same_day(_series))
        .where(_day.closed_at.is_(None))
        .group_by(_series.hall_id)
    )


def _skipped() -> ScalarSelect[int]:
    """The numbers that a hall passed over on its open days, which nobody was issued."""
    day = tables.hall_day.alias()
    of_hall = (day.c.hall_id == _series.hall_id) & day.c.closed_at.is_(None)
    return select(func.sum(day.c.numbers_skipped)).where(of_hall).correlate(tables.series).scalar_subquery()


def _same_day(columns: ReadOnlyColumnCollection[str, Column[Any]]) -> ColumnElement[bool]:
    return (columns.hall_id == _day.hall_id) & (columns.day == _day.day)
