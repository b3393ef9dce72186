"""What the screens read: one frozen picture of a hall. The cost is that of who is waiting, never of who was served."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from shared.domain.counter import CounterState, CounterStatus
from shared.domain.dispatch import order
from shared.domain.plan import HallPlan
from shared.domain.quote import QueueAhead, WaitPredictor
from shared.domain.snapshot import Call, CounterLine, HallSnapshot, ServiceLine
from shared.domain.ticket import MOST_RETURNS, Ticket, TicketState
from shared.domain.waits.day_log import counters_for
from shared.store.day_picture import WAITING, DayPicture
from shared.store.records import ticket_from_row


def read_snapshot(
    picture: DayPicture, plan: HallPlan, predictor: WaitPredictor, now: datetime
) -> HallSnapshot:
    """What the screens draw of a picture, under the plan of its version; `now` dates it, and the quotes in it."""
    waiting = tuple(sorted(picture.waiting, key=order))
    at_counter = {ticket.counter: ticket for ticket in picture.at_counter}
    open_now = {number for number, state in picture.counters.items() if state.status is CounterStatus.OPEN}
    return HallSnapshot(
        plan=plan,
        plan_version=picture.plan_version,
        day=picture.day,
        seq=picture.seq,
        at=now,
        services=service_lines(plan, waiting, open_now, predictor, now),
        waiting=waiting,
        held=tuple(ticket for ticket in picture.aside if ticket.state is TicketState.HELD),
        no_shows=tuple(ticket for ticket in picture.aside if _may_return(ticket)),
        calls=tuple(map(_call, picture.calls)),
        counters=tuple(
            CounterLine(
                counter,
                picture.counters.get(counter.number, CounterState(counter.number)),
                at_counter.get(counter.number),
            )
            for counter in plan.counters
        ),
        unprinted=picture.unprinted,
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
    rows = WAITING.rows(connection, {"of_hall": hall_id, "of_day": day})
    return tuple(sorted(map(ticket_from_row, rows), key=order))


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
