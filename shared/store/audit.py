"""Reading a day whole: for the proof that log and tables agree, and for questions about the past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Select, select

from shared.domain.event import Event, EventKind
from shared.domain.replay import VerifyReport, compare, replay
from shared.domain.ticket import Ticket, TicketState
from shared.store import tables
from shared.store.day_picture import read_counters
from shared.store.day_reader import DayReader
from shared.store.engine import reading
from shared.store.records import EVENT_COLUMNS, TICKET_COLUMNS, event_from_row, ticket_from_row

_ROWS_AT_ONCE = 2000


def verify(engine: Engine, hall_id: str, latest_days: int | None = None) -> VerifyReport:
    """Replay a hall's log, all of it or its latest days, and compare with the tables, at one moment of the store."""
    differences: list[str] = []
    events = tickets = 0
    with reading(engine) as connection:
        all_days = select(tables.hall_day.c.day).where(tables.hall_day.c.hall_id == hall_id)
        latest = all_days.order_by(tables.hall_day.c.day.desc()).limit(latest_days)
        days = connection.execute(latest).scalars().all()
        for day in reversed(days):
            report = verify_day(connection, hall_id, day)
            differences.extend(report.differences)
            events += report.events
            tickets += report.tickets
    return VerifyReport(len(days), events, tickets, tuple(differences))


def verify_day(connection: Connection, hall_id: str, day: date) -> VerifyReport:
    """Replay one day that the hall has, and compare."""
    of_day = (tables.hall_day.c.hall_id == hall_id, tables.hall_day.c.day == day)
    row = connection.execute(
        select(tables.hall_day.c.seq, tables.hall_day.c.numbers_skipped).where(*of_day)
    ).one()
    try:
        state = replay(day, day_events(connection, hall_id, day))
        stored = {ticket.number: ticket for ticket in day_tickets(connection, hall_id, day)}
        counters = read_counters(connection, hall_id, day)
    except ValueError as error:
        return VerifyReport(1, 0, 0, (f"{day}: a row cannot be read: {error}",))
    differences = compare(
        state, row.seq, stored, counters, _ordinals(connection, hall_id, day), row.numbers_skipped
    )
    return VerifyReport(1, state.seq, len(stored), tuple(differences))


def day_tickets(connection: Connection, hall_id: str, day: date) -> tuple[Ticket, ...]:
    """All tickets of a day in the order of their issue."""
    rows = connection.execute(
        select(*TICKET_COLUMNS)
        .where(tables.ticket.c.hall_id == hall_id, tables.ticket.c.day == day)
        .order_by(tables.ticket.c.seq)
    )
    return tuple(map(ticket_from_row, rows))


def day_ratings(connection: Connection, hall_id: str, day: date) -> list[int | None]:
    """The ratings of the services finished on a day; None where nothing is known."""
    rows = connection.execute(
        select(tables.ticket.c.rating).where(
            tables.ticket.c.hall_id == hall_id,
            tables.ticket.c.day == day,
            tables.ticket.c.state == TicketState.FINISHED.value,
        )
    )
    return [row.rating for row in rows]


def served_at(
    connection: Connection, hall_id: str, day: date, counter: int
) -> list[tuple[EventKind, Ticket]]:
    """The finishes and no-shows at one counter on a day, with the tickets as they are now."""
    endings: Select[Any] = (
        select(*TICKET_COLUMNS, tables.event.c.kind.label("event_kind"))
        .join(
            tables.ticket,
            (tables.ticket.c.hall_id == tables.event.c.hall_id)
            & (tables.ticket.c.day == tables.event.c.day)
            & (tables.ticket.c.number == tables.event.c.ticket),
        )
        .where(
            tables.event.c.hall_id == hall_id,
            tables.event.c.day == day,
            tables.event.c.counter == counter,
            # A finish that was taken back may have been made good at another counter.
            tables.ticket.c.counter == counter,
            tables.event.c.kind.in_([EventKind.FINISHED.value, EventKind.NO_SHOW.value]),
        )
    )
    return [(EventKind(row.event_kind), ticket_from_row(row)) for row in connection.execute(endings)]


def calls_between(
    connection: Connection, hall_id: str, day: date, after: int, before: int | None
) -> list[tuple[Event, Ticket]]:
    """The calls of a part of the day's log (`before` None: up to now) that were not taken back, in order.

    Each comes with its ticket as it is now.
    """
    conditions = [
        tables.event.c.hall_id == hall_id,
        tables.event.c.day == day,
        tables.event.c.seq > after,
        tables.event.c.kind.in_([EventKind.CALLED.value, EventKind.UNDONE.value]),
    ]
    if before is not None:
        conditions.append(tables.event.c.seq < before)
    rows = connection.execute(select(*EVENT_COLUMNS).where(*conditions).order_by(tables.event.c.seq))
    calls: dict[tuple[str | None, object], Event] = {}
    for event in map(event_from_row, rows):
        if event.kind is EventKind.CALLED:
            calls[event.ticket, event.command] = event
        else:
            calls.pop((event.ticket, (event.detail or {}).get("command")), None)
    reader = DayReader(connection, hall_id, day)
    tickets = {number: reader.ticket(number) for number, _command in calls if number is not None}
    found = ((call, tickets.get(call.ticket or "")) for call in calls.values())
    return [(call, ticket) for call, ticket in found if ticket is not None]


def history(connection: Connection, hall_id: str, day: date, number: str) -> list[Event]:
    """The events of a ticket, in order."""
    rows = connection.execute(
        select(*EVENT_COLUMNS)
        .where(tables.event.c.hall_id == hall_id, tables.event.c.day == day, tables.event.c.ticket == number)
        .order_by(tables.event.c.seq)
    )
    return [event_from_row(row) for row in rows]


def day_events(connection: Connection, hall_id: str, day: date) -> Iterator[Event]:
    """The whole log of a day, read a piece at a time."""
    log = (
        select(*EVENT_COLUMNS)
        .where(tables.event.c.hall_id == hall_id, tables.event.c.day == day)
        .order_by(tables.event.c.seq)
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    with connection.execute(log) as rows:
        yield from map(event_from_row, rows)


def _ordinals(connection: Connection, hall_id: str, day: date) -> dict[str, int]:
    rows = connection.execute(
        select(tables.series.c.prefix, tables.series.c.last_ordinal).where(
            tables.series.c.hall_id == hall_id, tables.series.c.day == day
        )
    )
    return {row.prefix: row.last_ordinal for row in rows}
