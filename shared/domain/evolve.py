"""How an event changes a ticket and a counter: the only place that does.

A use case decides an event and asks this module for the new state; `replay` asks it for the same from the log. The
tables and the log can therefore not disagree unless something else wrote to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from shared.domain.counter import CounterState, CounterStatus
from shared.domain.event import Detail, Event, EventKind, Scalar
from shared.domain.numbering import ticket_number
from shared.domain.rating import NOT_RATED, require_level
from shared.domain.ticket import Ticket, TicketState, ticket_id

_STATUS_AFTER: Mapping[EventKind, CounterStatus] = {
    EventKind.COUNTER_OPENED: CounterStatus.OPEN,
    EventKind.COUNTER_PAUSED: CounterStatus.PAUSED,
    EventKind.COUNTER_CLOSED: CounterStatus.CLOSED,
}

_MOMENTS = ("called_at", "due_at", "started_at", "finished_at")
_PLAIN = (
    "service",
    "counter",
    "rank_seq",
    "called_seq",
    "calls",
    "returns",
    "clerk",
    "target_counter",
    "rating",
)


def evolve_ticket(ticket: Ticket | None, event: Event) -> Ticket:
    """The ticket after an event that names it; `ticket` is None for its issue and only then.

    Raises:
        ValueError: the event cannot apply to this ticket (a damaged log).
    """
    if event.kind is EventKind.ISSUED:
        if ticket is not None:
            raise ValueError(f"event {event.seq} issues {ticket.number} a second time")
        return _issued(event)
    if ticket is None:
        raise ValueError(f"event {event.seq} ({event.kind}) names {event.ticket}, which was never issued")
    change = _TICKET_CHANGES.get(event.kind)
    if change is None:
        raise ValueError(f"event {event.seq} ({event.kind}) is not about a ticket")
    return change(ticket, event)


def evolve_counter(counter: CounterState, event: Event) -> CounterState:
    """The counter after an event that names it; events that leave a counter's state alone return it unchanged."""
    status = _STATUS_AFTER.get(event.kind)
    if status is not None:
        return replace(counter, status=status, reason=_reason(event), since=event.at)
    if event.kind is EventKind.CLERK_LOGGED_IN:
        return replace(counter, clerk=event.clerk)
    if event.kind is EventKind.CLERK_LOGGED_OUT:
        return replace(counter, clerk=None)
    if event.kind is EventKind.UNDONE and event.ticket is None:
        return _counter_restored(counter, event)
    return counter


def ticket_memory(ticket: Ticket) -> dict[str, Scalar]:
    """The changeable part of a ticket as JSON values, for an event that will bring it back."""
    memory: dict[str, Scalar] = {"state": ticket.state.value}
    memory.update({name: _iso(getattr(ticket, name)) for name in _MOMENTS})
    memory.update({name: getattr(ticket, name) for name in _PLAIN})
    return memory


def counter_memory(counter: CounterState) -> dict[str, Scalar]:
    """The changeable part of a counter that an undo brings back, as JSON values."""
    return {"status": counter.status.value, "reason": counter.reason, "since": _iso(counter.since)}


def _issued(event: Event) -> Ticket:
    detail = _detail(event)
    prefix, ordinal = _text(detail, "prefix"), _whole(detail, "ordinal")
    number = ticket_number(prefix, ordinal)
    if number != event.ticket:
        raise ValueError(f"event {event.seq} issues {event.ticket} as number {number}")
    due_at = _moment(detail.get("due_at"))
    if due_at is None:
        raise ValueError(f"event {event.seq} issues {number} without a due moment")
    return Ticket(
        id=ticket_id(event.day, number),
        number=number,
        service=_text(detail, "service"),
        priority=_text(detail, "priority"),
        state=TicketState.WAITING,
        issued_at=event.at,
        called_at=None,
        counter=None,
        day=event.day,
        seq=event.seq,
        prefix=prefix,
        ordinal=ordinal,
        due_at=due_at,
        rank_seq=event.seq,
        appointed_for=_moment(detail.get("appointed_for")),
        people_ahead=_whole(detail, "people_ahead"),
        quote_minutes=_minutes(detail, "quote_minutes"),
        quote_low=_minutes(detail, "quote_low"),
        quote_high=_minutes(detail, "quote_high"),
        language=_text(detail, "language"),
    )


def _called(ticket: Ticket, event: Event) -> Ticket:
    return replace(
        ticket,
        state=TicketState.CALLED,
        counter=event.counter,
        clerk=event.clerk,
        called_at=event.at,
        called_seq=event.seq,
        calls=ticket.calls + 1,
    )


def _recalled(ticket: Ticket, event: Event) -> Ticket:
    return replace(ticket, called_seq=event.seq, calls=ticket.calls + 1)


def _started(ticket: Ticket, event: Event) -> Ticket:
    return replace(ticket, state=TicketState.SERVING, started_at=event.at)


def _finished(ticket: Ticket, event: Event) -> Ticket:
    started_at = ticket.started_at or ticket.called_at
    return replace(ticket, state=TicketState.FINISHED, started_at=started_at, finished_at=event.at)


def _missed(ticket: Ticket, _event: Event) -> Ticket:
    return replace(ticket, state=TicketState.NO_SHOW)


def _returned(ticket: Ticket, event: Event) -> Ticket:
    due_at = _moment(_detail(event).get("due_at")) or ticket.due_at
    back = replace(ticket, due_at=due_at, rank_seq=event.seq, returns=ticket.returns + 1)
    return _back_in_queue(back, TicketState.WAITING)


def _held(ticket: Ticket, _event: Event) -> Ticket:
    return _back_in_queue(ticket, TicketState.HELD)


def _resumed(ticket: Ticket, _event: Event) -> Ticket:
    return _back_in_queue(ticket, TicketState.WAITING)


def _transferred(ticket: Ticket, event: Event) -> Ticket:
    detail = _detail(event)
    target = detail.get("target_counter")
    moved = replace(
        ticket,
        service=_text(detail, "service"),
        due_at=_moment(detail.get("due_at")) or ticket.due_at,
        target_counter=target if isinstance(target, int) else None,
    )
    return _back_in_queue(moved, TicketState.WAITING)


def _released(ticket: Ticket, _event: Event) -> Ticket:
    return replace(ticket, target_counter=None)


def _cancelled(ticket: Ticket, event: Event) -> Ticket:
    return replace(ticket, state=TicketState.CANCELLED, finished_at=event.at)


def _expired(ticket: Ticket, event: Event) -> Ticket:
    return replace(ticket, state=TicketState.EXPIRED, finished_at=event.at)


def _rated(ticket: Ticket, event: Event) -> Ticket:
    return replace(ticket, rating=require_level(_whole(_detail(event), "level")))


def _not_rated(ticket: Ticket, _event: Event) -> Ticket:
    return replace(ticket, rating=NOT_RATED)


def _restored(ticket: Ticket, event: Event) -> Ticket:
    memory = _detail(event).get("restores")
    if not isinstance(memory, Mapping):
        raise ValueError(f"event {event.seq} takes back without saying what was before")
    moments = {name: _moment(memory.get(name)) for name in _MOMENTS}
    plain = {name: memory.get(name) for name in _PLAIN}
    return replace(ticket, state=TicketState(_text(memory, "state")), **moments, **plain)  # type: ignore[arg-type]


def _counter_restored(counter: CounterState, event: Event) -> CounterState:
    memory = _detail(event).get("restores")
    if not isinstance(memory, Mapping):
        raise ValueError(f"event {event.seq} takes back without saying what was before")
    reason = memory.get("reason")
    return replace(
        counter,
        status=CounterStatus(_text(memory, "status")),
        reason=reason if isinstance(reason, str) else None,
        since=_moment(memory.get("since")),
    )


def _back_in_queue(ticket: Ticket, state: TicketState) -> Ticket:
    return replace(
        ticket, state=state, counter=None, clerk=None, called_at=None, called_seq=None, started_at=None
    )


_TICKET_CHANGES: Mapping[EventKind, Callable[[Ticket, Event], Ticket]] = {
    EventKind.CALLED: _called,
    EventKind.RECALLED: _recalled,
    EventKind.STARTED: _started,
    EventKind.FINISHED: _finished,
    EventKind.NO_SHOW: _missed,
    EventKind.RETURNED: _returned,
    EventKind.HELD: _held,
    EventKind.RESUMED: _resumed,
    EventKind.TRANSFERRED: _transferred,
    EventKind.RELEASED: _released,
    EventKind.CANCELLED: _cancelled,
    EventKind.EXPIRED: _expired,
    EventKind.UNDONE: _restored,
    EventKind.RATED: _rated,
    EventKind.NOT_RATED: _not_rated,
}


def _detail(event: Event) -> Detail:
    detail: object = event.detail or {}
    if not isinstance(detail, Mapping):
        raise ValueError(f"event {event.seq} has a detail that is no object: {detail!r}")
    return detail


def _reason(event: Event) -> str | None:
    reason = _detail(event).get("reason")
    return reason if isinstance(reason, str) else None


def _text(detail: Detail, name: str) -> str:
    value = detail.get(name)
    if not isinstance(value, str):
        raise ValueError(f"an event's detail lacks {name!r}")
    return value


def _whole(detail: Detail, name: str) -> int:
    value = detail.get(name)
    if not isinstance(value, int):
        raise ValueError(f"an event's detail lacks {name!r}")
    return value


def _minutes(detail: Detail, name: str) -> int | None:
    value = detail.get(name)
    return value if isinstance(value, int) else None


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
