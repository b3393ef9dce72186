"""What the screens read: one frozen picture of a hall. The cost is that of who is waiting, never of who was served."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, TextClause, select, text

from shared.domain.counter import CounterState, CounterStatus
from shared.domain.dispatch import order
from shared.domain.plan import HallPlan
from shared.domain.quote import QueueAhead, WaitPredictor
from shared.domain.snapshot import Call, CounterLine, HallSnapshot, PrintJob, ServiceLine
from shared.domain.ticket import MOST_RETURNS, Ticket, TicketState
from shared.domain.waits.day_log import counters_for
from shared.store import tables
from shared.store.day_reader import DayReader
from shared.store.records import (
    PRINT_JOB_COLUMNS,
    TICKET_COLUMNS,
    counter_from_row,
    print_job_from_row,
    ticket_from_row,
)

CALLS_SHOWN = 12


def read_snapshot(
    connection: Connection,
    hall_id: str,
    day: date,
    plan: HallPlan,
    plan_version: int,
    predictor: WaitPredictor,
    now: datetime,
) -> HallSnapshot:
    """The hall as it stands on a business day; a day that nobody has opened yet is empty, with `seq` 0.

    `now` dates the picture and the quotes in it.
    """
    reader = DayReader(connection, hall_id, day)
    seq = reader.last_seq()
    waiting = tuple(sorted(_tickets(connection, hall_id, day, text(tables.WAITING_SQL)), key=order))
    aside = _tickets(connection, hall_id, day, text(tables.ASIDE_SQL))
    at_counter = {
        ticket.counter: ticket for ticket in _tickets(connection, hall_id, day, text(tables.AT_COUNTER_SQL))
    }
    states = read_counters(connection, hall_id, day)
    open_now = {number for number, state in states.items() if state.status is CounterStatus.OPEN}
    predictor.follow(day, seq, reader.events_after)
    return HallSnapshot(
        plan=plan,
        plan_version=plan_version,
        day=day,
        seq=seq,
        at=now,
        services=service_lines(plan, waiting, open_now, predictor, now),
        waiting=waiting,
        held=tuple(ticket for ticket in aside if ticket.state is TicketState.HELD),
        no_shows=tuple(ticket for ticket in aside if _may_return(ticket)),
        calls=tuple(map(_call, _recent_calls(connection, hall_id, day))),
        counters=tuple(
            CounterLine(
                counter,
                states.get(counter.number, CounterState(counter.number)),
                at_counter.get(counter.number),
            )
            for counter in plan.counters
        ),
        unprinted=read_unprinted(connection, hall_id, day),
    )


def service_lines(
    plan: HallPlan,
    waiting: Sequence[Ticket],
    open_now: Collection[int],
    predictor: WaitPredictor,
    now: datetime,
) -> tuple[ServiceLine, ...]:
    """How many wait for each service and what the next customer is quoted.

    The quote is for an ordinary ticket issued now: whoever is due before it counts as ahead.
    """
    lines = []
    for service in plan.services:
        own = [ticket for ticket in waiting if ticket.service == service.key]
        rivals = plan.rivals(service.key)
        due = now + service.target_wait
        ahead = sum(1 for ticket in waiting if ticket.service in rivals and ticket.due_at <= due)
        counters = counters_for(plan, service.key, open_now)
        queue = QueueAhead(service.key, now, ahead, counters)
        lines.append(
            ServiceLine(
                service=service,
                people_waiting=len(own),
                quote=predictor.quote(queue),
                oldest_issued_at=min((ticket.issued_at for ticket in own), default=None),
                counters_open=open_counters(plan, service.key, open_now),
            )
        )
    return tuple(lines)


def open_counters(plan: HallPlan, service: str, open_now: Collection[int]) -> tuple[int, ...]:
    """Those of the open counters that offer a service."""
    offering = plan.counters_offering(service)
    return tuple(counter.number for counter in offering if counter.number in open_now)


def read_waiting(connection: Connection, hall_id: str, day: date) -> tuple[Ticket, ...]:
    """The waiting tickets of a day in the hall's own order."""
    return tuple(sorted(_tickets(connection, hall_id, day, text(tables.WAITING_SQL)), key=order))


def read_counters(connection: Connection, hall_id: str, day: date) -> dict[int, CounterState]:
    """The state of each counter that was touched on this day."""
    rows = connection.execute(
        select(tables.counter).where(tables.counter.c.hall_id == hall_id, tables.counter.c.day == day)
    )
    return {row.number: counter_from_row(row) for row in rows}


def read_unprinted(connection: Connection, hall_id: str, day: date) -> tuple[PrintJob, ...]:
    """The day's print jobs that are not known to be on paper, oldest first."""
    rows = connection.execute(
        select(*PRINT_JOB_COLUMNS)
        .where(
            tables.print_job.c.hall_id == hall_id, tables.print_job.c.day == day, text(tables.UNPRINTED_SQL)
        )
        .order_by(tables.print_job.c.queued_at, tables.print_job.c.number)
    )
    return tuple(print_job_from_row(row) for row in rows)


def _recent_calls(connection: Connection, hall_id: str, day: date) -> list[Ticket]:
    rows = connection.execute(
        select(*TICKET_COLUMNS)
        .where(*_called(hall_id, day))
        .order_by(tables.ticket.c.called_seq.desc())
        .limit(CALLS_SHOWN)
    )
    return [ticket_from_row(row) for row in rows]


def _called(hall_id: str, day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        tables.ticket.c.hall_id == hall_id,
        tables.ticket.c.day == day,
        tables.ticket.c.called_seq.is_not(None),
    )


def _tickets(connection: Connection, hall_id: str, day: date, condition: TextClause) -> list[Ticket]:
    rows = connection.execute(
        select(*TICKET_COLUMNS).where(
            tables.ticket.c.hall_id == hall_id, tables.ticket.c.day == day, condition
        )
    )
    return [ticket_from_row(row) for row in rows]


def _may_return(ticket: Ticket) -> bool:
    return ticket.state is TicketState.NO_SHOW and ticket.returns < MOST_RETURNS


def _call(ticket: Ticket) -> Call:
    if ticket.counter is None or ticket.called_at is None or ticket.called_seq is None:
        raise AssertionError(f"{ticket.id} was called but says not where or when")
    return Call(
        ticket=ticket,
        number=ticket.number,
        counter=ticket.counter,
        service=ticket.service,
        at=ticket.called_at,
        seq=ticket.called_seq,
    )
