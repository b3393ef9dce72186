"""Who is next: the waiting ticket that is due earliest at a counter, and why somebody was overtaken.

Earliest due date first is the classic rule for jobs with promises of different length (Jackson 1955). A ticket's due
moment is fixed when it is issued, so the tickets that can ever overtake it are those issued within the largest head
start plus the widest spread of promises and penalties after it: nobody starves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.errors import RefusalCode, Refused
from shared.domain.event import Detail, Event, EventKind
from shared.domain.evolve import evolve_ticket
from shared.domain.plan import APPOINTMENT, CounterPlan, HallPlan
from shared.domain.ticket import Ticket, TicketState

PLACES_BACK = 3
"""A no-show who comes back lets this many others go first."""

_NO_PENALTY = timedelta(0)


class OvertakingReason(StrEnum):
    """Why a later ticket was called first."""

    OTHER_COUNTER = "other_counter"
    AWAY = "away"
    APPOINTMENT = "appointment"
    HEAD_START = "head_start"
    SHORTER_PROMISE = "shorter_promise"
    COUNTER_PREFERENCE = "counter_preference"
    EARLIER_DUE = "earlier_due"
    CHOSEN = "chosen"


CHOSEN_BY_CLERK: Detail = {"chosen": True}
"""The detail of a `called` event by which a clerk took a waiting ticket before others that were due first there."""


@dataclass(frozen=True, slots=True)
class Overtaking:
    """A ticket that was called first though it was issued later, or not due yet; by which counter and why."""

    number: str
    counter: int
    at: datetime
    reason: OvertakingReason


def due_at(
    plan: HallPlan, service: str, priority: str, issued_at: datetime, appointed_for: datetime | None = None
) -> datetime:
    """The moment by which the hall has promised to call a ticket; an appointment is due at its own time.

    Raises:
        Refused: `unknown_service`, `unknown_priority`, or `appointment_time` for a time with no appointment.
    """
    promise = plan.service(service).target_wait
    head_start = plan.priority(priority).head_start
    if appointed_for is None:
        return issued_at + promise - head_start
    if priority != APPOINTMENT:
        message = "only a ticket of the class 'appointment' has an appointed time"
        raise Refused(RefusalCode.APPOINTMENT_TIME, message, priority=priority)
    return appointed_for


def order(ticket: Ticket) -> tuple[datetime, int]:
    """The hall's own order of waiting tickets, before any counter's preference."""
    return ticket.due_at, ticket.rank_seq


def order_at(counter: CounterPlan, ticket: Ticket) -> tuple[datetime, int]:
    """The order in which one counter takes waiting tickets."""
    return ticket.due_at + counter.offers.get(ticket.service, _NO_PENALTY), ticket.rank_seq


def may_take(counter: CounterPlan, ticket: Ticket) -> bool:
    """Whether a waiting ticket can be called to this counter: it was sent there, or to no other and is offered."""
    if ticket.target_counter is not None:
        return ticket.target_counter == counter.number
    return ticket.service in counter.offers


def next_for(counter: CounterPlan, waiting: Iterable[Ticket]) -> Ticket | None:
    """The waiting ticket that this counter calls next; None when nobody waits for it."""
    candidates = (ticket for ticket in waiting if may_take(counter, ticket))
    return min(candidates, key=lambda ticket: order_at(counter, ticket), default=None)


def is_out_of_turn(counter: CounterPlan, ticket: Ticket, waiting: Iterable[Ticket]) -> bool:
    """Whether this counter would call another of the waiting tickets before this one."""
    first = next_for(counter, waiting)
    return first is not None and order_at(counter, first) < order_at(counter, ticket)


def was_chosen(call: Event) -> bool:
    """Whether a clerk took the ticket of this call before its turn."""
    return call.kind is EventKind.CALLED and (call.detail or {}).get("chosen") is True


def due_after_return(ticket: Ticket, rivals: Iterable[Ticket]) -> datetime:
    """The due moment of a no-show who comes back: behind three of the tickets that compete for the same counters.

    `rivals` are the waiting tickets of those services. With equal due moments the later event goes behind, so taking
    over the third one's due moment is enough. Coming back never improves a ticket's own due moment.
    """
    ahead = sorted(rivals, key=order)[:PLACES_BACK]
    return max([ticket.due_at, *(rival.due_at for rival in ahead)])


def why_overtaken(plan: HallPlan, mine: Ticket, other: Ticket, *, chosen: bool = False) -> Overtaking | None:
    """Why `other`, which was called, went before `mine`; None when it did not, or `mine` does not wait.

    `chosen` tells that a clerk took `other` before its turn.
    """
    if other.called_at is None or other.counter is None or mine.state is not TicketState.WAITING:
        return None
    reason = _reason(plan, mine, other, plan.counter(other.counter), chosen=chosen)
    if not _overtakes(other, mine, reason):
        return None
    return Overtaking(other.number, other.counter, other.called_at, reason)


def overtakings(
    plan: HallPlan, history: Sequence[Event], calls: Iterable[tuple[Event, Ticket]]
) -> tuple[Overtaking, ...]:
    """Who was called before a ticket though issued after it, or before its turn, and why; each other ticket once.

    `history` is all that happened to the ticket; `calls` are the `called` events of other tickets, in order, without
    those that were taken back. Nobody overtakes a customer who stands at a counter at that moment.
    """
    past: list[Ticket] = []
    for event in history:
        past.append(evolve_ticket(past[-1] if past else None, event))
    found: dict[str, Overtaking] = {}
    for call, other in calls:
        mine = past[bisect_left(history, call.seq, key=lambda event: event.seq) - 1]
        if call.counter is None or other.number in found:
            continue
        if mine.state is TicketState.WAITING:
            reason = _reason_as_known(plan, mine, other, call.counter, chosen=was_chosen(call))
        elif mine.state in (TicketState.HELD, TicketState.NO_SHOW):
            reason = OvertakingReason.AWAY
        else:
            continue
        if _overtakes(other, mine, reason):
            found[other.number] = Overtaking(other.number, call.counter, call.at, reason)
    return tuple(found.values())


def _overtakes(other: Ticket, mine: Ticket, reason: OvertakingReason) -> bool:
    """Whoever came first goes first, unless a clerk took them before those who were due."""
    return other.seq > mine.seq or reason is OvertakingReason.CHOSEN


def _reason_as_known(
    plan: HallPlan, mine: Ticket, other: Ticket, counter: int, *, chosen: bool
) -> OvertakingReason:
    """The reason, as far as the plan still knows the services and counters of the past."""
    try:
        return _reason(plan, mine, other, plan.counter(counter), chosen=chosen)
    except Refused:
        return OvertakingReason.EARLIER_DUE


def _reason(
    plan: HallPlan, mine: Ticket, other: Ticket, counter: CounterPlan, *, chosen: bool
) -> OvertakingReason:
    if not may_take(counter, mine):
        return OvertakingReason.OTHER_COUNTER
    if chosen and order_at(counter, mine) < order_at(counter, other):
        return OvertakingReason.CHOSEN
    return _reason_in_turn(plan, mine, other)


def _reason_in_turn(plan: HallPlan, mine: Ticket, other: Ticket) -> OvertakingReason:
    if other.appointed_for is not None:
        return OvertakingReason.APPOINTMENT
    if order(mine) < order(other):
        return OvertakingReason.COUNTER_PREFERENCE
    if plan.priority(other.priority).head_start > plan.priority(mine.priority).head_start:
        return OvertakingReason.HEAD_START
    if plan.service(other.service).target_wait < plan.service(mine.service).target_wait:
        return OvertakingReason.SHORTER_PROMISE
    return OvertakingReason.EARLIER_DUE
