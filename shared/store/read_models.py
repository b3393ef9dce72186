"""What the screens read: one frozen picture of a hall. The cost is that of who is waiting, never of who was served."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, TextClause, select, text

from shared.domain.counter import CounterState, CounterStatus
from shared.domain.dispatch import order
from shared.domain.plan import HallPlan
from shared.domain.quote import QueueAhead, WaitPredictor
from shared.domain.snapshot import Call, CounterLine, HallSnapshot, PrintJob, ServiceLine
from shared.domain.ticket import MOST_RETURNS, Ticket, TicketState
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
CALLS_WEIGHED = 60
"""The latest calls that a wait quote may look at, over all services."""

CallMoment = tuple[str, datetime]
"""The service and the moment of a call."""


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
    seq = connection.execute(
        select(tables.hall_day.c.seq).where(
            tables.hall_day.c.hall_id == hall_id, tables.hall_day.c.day == day
        )
    ).scalar_one_or_none()
    waiting = tuple(sorted(_tickets(connection, hall_id, day, text(tables.WAITING_SQL)), key=order))
    aside = _tickets(connection, hall_id, day, text(tables.ASIDE_SQL))
    at_counter = {
        ticket.counter: ticket for ticket in _tickets(connection, hall_id, day, text(tables.AT_COUNTER_SQL))
    }
    states = read_counters(connection, hall_id, day)
    open_now = {number for number, state in states.items() if state.status is CounterStatus.OPEN}
    moments = recent_call_moments(connection, hall_id, day)
    return HallSnapshot(
        plan=plan,
        plan_version=plan_version,
        day=day,
        seq=seq or 0,
        at=now,
        services=service_lines(plan, waiting, moments, open_now, predictor, now),
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
    moments: Sequence[CallMoment],
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
        queue = queue_ahead(plan, service.key, ahead, moments, open_now, now)
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


def queue_ahead(
    plan: HallPlan,
    service: str,
    people_ahead: int,
    moments: Iterable[CallMoment],
    open_now: Collection[int],
    now: datetime,
) -> QueueAhead:
    """What a predictor sees of the queue that a ticket of this service would join.

    The people ahead wait for all the rival services, so the counters that take any of those work through them; but
    while no counter that offers the service itself is open, none counts.
    """
    rivals = plan.rivals(service)
    minutes = [known.typical_minutes for known in plan.services if known.key in rivals]
    at_work = {number for rival in rivals for number in open_counters(plan, rival, open_now)}
    return QueueAhead(
        service=service,
        now=now,
        people_ahead=people_ahead,
        counters_open=len(at_work) if open_counters(plan, service, open_now) else 0,
        typical_minutes=sum(minutes) / len(minutes),
        recent_calls=[moment for key, moment in moments if key in rivals],
    )


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


def recent_call_moments(connection: Connection, hall_id: str, day: date) -> list[CallMoment]:
    """The services and moments of the latest calls, the latest first."""
    rows = connection.execute(
        select(tables.ticket.c.service, tables.ticket.c.called_at)
        .where(*_called(hall_id, day))
        .order_by(tables.ticket.c.called_seq.desc())
        .limit(CALLS_WEIGHED)
    )
    return [(row.service, row.called_at) for row in rows]


class CallMoments:
    """The moments of a hall's latest calls, kept until there is a later call.

    A call that was taken back may so count until then: it weighs little in a quote, and reading the moments again for
    every ticket would cost more than issuing it.
    """

    def __init__(self) -> None:
        self._known: tuple[date, int, list[CallMoment]] | None = None

    def of_day(self, reader: DayReader, last_call: int | None) -> list[CallMoment]:
        """The latest calls of the reader's day, of which the last has the `seq` `last_call`."""
        if last_call is None:
            return []
        known = self._known
        if known is None or known[:2] != (reader.day, last_call):
            known = (
                reader.day,
                last_call,
                recent_call_moments(reader.connection, reader.hall_id, reader.day),
            )
            self._known = known
        return known[2]


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
