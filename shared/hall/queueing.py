"""What is done to tickets, inside one transaction of a day: who may, what the log says, what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Final

from shared.domain.counter import CounterState, CounterStatus
from shared.domain.dispatch import (
    CHOSEN_BY_CLERK,
    due_after_return,
    due_at,
    is_out_of_turn,
    may_take,
    next_for,
)
from shared.domain.errors import RefusalCode, Refused
from shared.domain.event import Detail, Event, EventKind
from shared.domain.evolve import counter_memory, evolve_counter, evolve_ticket, ticket_memory
from shared.domain.numbering import ordinal_to_go_on_above, ticket_number
from shared.domain.plan import HallPlan
from shared.domain.quote import QueueAhead, WaitPredictor
from shared.domain.ticket import Command, Ticket, require
from shared.domain.waits.day_log import counters_for
from shared.store.day_questions import DayQuestions
from shared.store.day_reader import DayReader, Desk
from shared.store.day_transaction import DayTransaction, NothingToDo
from shared.store.prepared import Question

UNDO_WITHIN = timedelta(seconds=10)
_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
"""A promise lies as far behind this moment as behind any other."""

_UNDOABLE = frozenset(
    {
        EventKind.CALLED,
        EventKind.STARTED,
        EventKind.FINISHED,
        EventKind.NO_SHOW,
        EventKind.HELD,
        EventKind.RESUMED,
        EventKind.RETURNED,
        EventKind.TRANSFERRED,
        EventKind.RELEASED,
        EventKind.CANCELLED,
        EventKind.COUNTER_OPENED,
        EventKind.COUNTER_PAUSED,
        EventKind.COUNTER_CLOSED,
    }
)
"""A recall was heard by the hall and a log-in is no mistake of one key: neither is taken back."""


class AnyTicket:
    """The type of `ANY`: the caller does not say which ticket it believes to be at the counter."""


ANY: Final = AnyTicket()


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back: the kind of the action's last event, and the tickets as they are again."""

    counter: int
    took_back: EventKind
    tickets: tuple[Ticket, ...]


def go_on_above_lost_numbers(
    tx: DayTransaction, plan: HallPlan, busiest: Mapping[str, int]
) -> dict[str, str]:
    """Pass over the numbers that may be in somebody's hand; returns the next one by service."""
    after = {
        service.prefix: ordinal_to_go_on_above(
            tx.last_ordinal(service.prefix), busiest.get(service.prefix, 0)
        )
        for service in plan.services
    }
    tx.skip_numbers(after)
    return {
        service.key: ticket_number(service.prefix, after[service.prefix] + 1) for service in plan.services
    }


def foresee_issue(
    plan: HallPlan,
    day: DayQuestions,
    now: datetime | None,
    *,
    service: str,
    priority: str,
    appointed_for: datetime | None,
) -> Sequence[Question]:
    """What `issue` will ask, unless it is an appointment, of which there are few."""
    try:
        due = due_at(plan, service, priority, now or _ANY_MOMENT, appointed_for)
    except Refused:
        return ()
    if appointed_for is not None:
        return ()
    rivals, prefix = plan.rivals(service), plan.service(service).prefix
    if now is None:
        return day.outlook_on_taking(rivals, due - _ANY_MOMENT, prefix)
    return day.outlook(rivals, due, prefix)


def foresee_at_counter(
    plan: HallPlan,
    day: DayQuestions,
    _now: datetime | None,
    *,
    counter: int | None,
    number: str | None = None,
) -> Sequence[Question]:
    """What a command with the ticket at a counter will ask, or one with the ticket of this number."""
    ticket = () if number is None else (day.ticket(number),)
    if counter is None or all(counter != each.number for each in plan.counters):
        return ticket
    return day.counter(counter), *(ticket or (day.ticket_at(counter),))


def foresee_call(
    plan: HallPlan, day: DayQuestions, _now: datetime | None, *, counter: int, number: str | None = None
) -> Sequence[Question]:
    """What `call_next` will ask, or `call_ticket` about this number."""
    offers = next((each.offers for each in plan.counters if each.number == counter), None)
    ticket = () if number is None else (day.ticket(number),)
    return () if offers is None else (*day.desk(counter, offers), *ticket)


def issue(
    tx: DayTransaction,
    plan: HallPlan,
    predictor: WaitPredictor,
    service: str,
    priority: str,
    appointed_for: datetime | None,
    language: str,
) -> Ticket:
    """Issue a ticket, with the quote it was issued under."""
    due = due_at(plan, service, priority, tx.now, appointed_for)
    prefix = plan.service(service).prefix
    outlook = tx.issue_outlook(plan.rivals(service), due, prefix)
    if not predictor.follows(tx.day):
        # The log is read before a command, not within it, or every other one would wait; but a new day has begun.
        predictor.follow(tx.day, tx.seq, tx.events_after)
    counters = counters_for(plan, service, outlook.open_counters)
    booked = appointed_for is not None
    quote = predictor.quote(QueueAhead(service, tx.now, outlook.people_due, counters, priority, booked))
    detail: Detail = {
        "service": service,
        "priority": priority,
        "due_at": due.isoformat(),
        "appointed_for": None if appointed_for is None else appointed_for.isoformat(),
        "people_ahead": quote.people_ahead,
        "quote_minutes": quote.minutes,
        "quote_low": quote.low_minutes,
        "quote_high": quote.high_minutes,
        "language": language,
    }
    return tx.issue(prefix, outlook.last_ordinal, detail)


def call_next(
    tx: DayTransaction, plan: HallPlan, counter: int, holding: str | AnyTicket | None
) -> Ticket | None:
    """End the service at a counter and call the ticket that is due earliest there; None when nobody waits.

    A counter that nobody has opened is opened by its first call. `holding` is the ticket that the caller believes to
    be at the counter: a second terminal that has not seen the first one's call is refused, and calls nobody.

    Raises:
        NothingToDo: nobody waits and there was no service to end.
    """
    counter_plan = plan.counter(counter)
    desk = tx.desk(counter, counter_plan.offers)
    _require_may_call(desk, counter, holding)
    waiting = next_for(counter_plan, desk.candidates)
    if desk.ticket is None and waiting is None:
        raise NothingToDo
    if waiting is None:
        _end_service(tx, desk, counter)
        return None
    require(Command.CALL, waiting)
    return _call(tx, desk, counter, waiting)


def call_ticket(
    tx: DayTransaction, plan: HallPlan, counter: int, number: str, holding: str | AnyTicket | None
) -> Ticket:
    """End the service at a counter and call this waiting ticket to it, whether or not it is due first there.

    When others were due first, the log says that the ticket was chosen.

    Raises:
        Refused: `unknown_ticket`; `wrong_state`, when it does not wait; `not_offered`, when this counter does not
            offer its service, or it was sent to another one.
    """
    counter_plan = plan.counter(counter)
    desk = tx.desk(counter, counter_plan.offers)
    _require_may_call(desk, counter, holding)
    chosen = find(tx, number)
    require(Command.CALL, chosen)
    if not may_take(counter_plan, chosen):
        message = f"counter {counter} does not take {number}"
        raise Refused(RefusalCode.NOT_OFFERED, message, number=number, counter=counter)
    before_its_turn = is_out_of_turn(counter_plan, chosen, desk.candidates)
    return _call(tx, desk, counter, chosen, CHOSEN_BY_CLERK if before_its_turn else None)


def at_counter(
    tx: DayTransaction,
    plan: HallPlan,
    counter: int,
    command: Command,
    kind: EventKind,
    holding: str | AnyTicket | None,
    detail: Detail | None = None,
) -> Ticket:
    """Do a command with the ticket at a counter."""
    ticket, state = _ticket_at(tx, plan, counter, holding)
    require(command, ticket)
    return tx.change_ticket(ticket, kind, counter, state.clerk, detail)


def with_ticket(
    tx: DayTransaction,
    plan: HallPlan,
    number: str,
    command: Command,
    kind: EventKind,
    counter: int | None,
    detail: Detail | None = None,
) -> Ticket:
    """Do a command with a ticket by its number; `counter` is where the clerk sits who does it, if one does."""
    _require_known(plan, counter)
    ticket = find(tx, number)
    require(command, ticket)
    return tx.change_ticket(ticket, kind, counter, _clerk_at(tx, counter), detail)


def return_ticket(tx: DayTransaction, plan: HallPlan, number: str, counter: int | None) -> Ticket:
    """Put a no-show back in the queue, three places back."""
    _require_known(plan, counter)
    ticket = find(tx, number)
    require(Command.RETURN, ticket)
    due = due_after_return(ticket, tx.waiting(plan.rivals(ticket.service)))
    return tx.change_ticket(
        ticket, EventKind.RETURNED, counter, _clerk_at(tx, counter), {"due_at": due.isoformat()}
    )


def transfer(
    tx: DayTransaction,
    plan: HallPlan,
    counter: int,
    service: str | None,
    to_counter: int | None,
    holding: str | AnyTicket | None,
) -> Ticket:
    """Send the ticket at a counter on, to a service or a counter; what it waited so far keeps counting."""
    ticket, _state = _ticket_at(tx, plan, counter, holding)
    new_service = service or ticket.service
    plan.service(new_service)
    if to_counter is not None:
        plan.counter(to_counter)
        _require_staffed(tx, to_counter)
    if to_counter == counter or (to_counter is None and new_service == ticket.service):
        message = "a transfer needs another service or another counter"
        raise Refused(RefusalCode.TRANSFER_NOWHERE, message, number=ticket.number)
    if to_counter is None and not plan.counters_offering(new_service):
        message = f"no counter offers {new_service!r}: name a counter to transfer to"
        raise Refused(RefusalCode.TRANSFER_NOWHERE, message, number=ticket.number)
    due = due_at(plan, new_service, ticket.priority, ticket.issued_at, ticket.appointed_for)
    detail: Detail = {"service": new_service, "target_counter": to_counter, "due_at": due.isoformat()}
    return at_counter(tx, plan, counter, Command.TRANSFER, EventKind.TRANSFERRED, holding, detail)


def undo(tx: DayTransaction, plan: HallPlan, counter: int) -> Undone:
    """Take back the last action at a counter, all of it, by compensating events.

    Raises:
        Refused: `nothing_to_undo`, `undo_too_late` or `undo_overtaken` (somebody acted on the ticket since).
    """
    plan.counter(counter)
    last = tx.last_event_at(counter)
    action = () if last is None else tx.events_of_command(last.command)
    if last is None or not all(event.kind in _UNDOABLE for event in action):
        message = f"there is no action of counter {counter} to take back"
        raise Refused(RefusalCode.NOTHING_TO_UNDO, message, counter=counter)
    if tx.now - last.at > UNDO_WITHIN:
        seconds = int(UNDO_WITHIN.total_seconds())
        message = f"an action can be taken back for {seconds} seconds"
        raise Refused(RefusalCode.UNDO_TOO_LATE, message, seconds=seconds)
    for event in action:
        _require_untouched(tx, event)
    tickets = []
    for event in reversed(action):
        if event.ticket is None:
            _take_back_counter(tx, event, last.kind)
        else:
            tickets.append(_take_back(tx, event, last.kind))
    return Undone(counter, last.kind, tuple(tickets))


def find(tx: DayReader, number: str) -> Ticket:
    """The ticket with this number.

    Raises:
        Refused: `unknown_ticket`.
    """
    ticket = tx.ticket(number)
    if ticket is None:
        raise Refused(RefusalCode.UNKNOWN_TICKET, f"no ticket {number} on {tx.day}", ticket=number)
    return ticket


def _require_may_call(desk: Desk, counter: int, holding: str | AnyTicket | None) -> None:
    _require_same_view(counter, desk.ticket, holding)
    if desk.state.status is CounterStatus.PAUSED:
        message = f"counter {counter} is paused: open it before calling"
        raise Refused(RefusalCode.COUNTER_PAUSED, message, counter=counter)


def _end_service(tx: DayTransaction, desk: Desk, counter: int) -> None:
    if desk.ticket is not None:
        tx.change_ticket(desk.ticket, EventKind.FINISHED, counter, desk.state.clerk)


def _call(
    tx: DayTransaction, desk: Desk, counter: int, waiting: Ticket, detail: Detail | None = None
) -> Ticket:
    """End the service at the counter, open the counter if need be, and call the ticket."""
    _end_service(tx, desk, counter)
    if desk.state.status is CounterStatus.CLOSED:
        tx.change_counter(desk.state, EventKind.COUNTER_OPENED, desk.state.clerk)
    return tx.change_ticket(waiting, EventKind.CALLED, counter, desk.state.clerk, detail)


def _require_untouched(tx: DayTransaction, event: Event) -> None:
    if event.ticket is None:
        return
    latest = tx.last_event_of(event.ticket)
    if latest is not None and latest.command != event.command:
        message = f"{event.ticket} has moved on since: {latest.kind}"
        raise Refused(RefusalCode.UNDO_OVERTAKEN, message, number=event.ticket)


def _take_back(tx: DayTransaction, event: Event, took_back: EventKind) -> Ticket:
    if event.ticket is None:
        raise AssertionError("only events about a ticket are taken back here")
    past = tx.events_of_ticket(event.ticket, before=event.seq)
    before = reduce(evolve_ticket, past[1:], evolve_ticket(None, past[0]))
    detail: Detail = {
        "took_back": took_back.value,
        "command": event.command,
        "restores": ticket_memory(before),
    }
    clerk = _clerk_at(tx, event.counter)
    return tx.change_ticket(find(tx, event.ticket), EventKind.UNDONE, event.counter, clerk, detail)


def _take_back_counter(tx: DayTransaction, event: Event, took_back: EventKind) -> None:
    if event.counter is None:
        raise AssertionError("an event without a ticket is about a counter")
    past = tx.events_of_counter(event.counter, before=event.seq)
    before = reduce(evolve_counter, past, CounterState(event.counter))
    detail: Detail = {
        "took_back": took_back.value,
        "command": event.command,
        "restores": counter_memory(before),
    }
    state = tx.counter(event.counter)
    tx.change_counter(state, EventKind.UNDONE, state.clerk, detail)


def _ticket_at(
    tx: DayTransaction, plan: HallPlan, counter: int, holding: str | AnyTicket | None
) -> tuple[Ticket, CounterState]:
    plan.counter(counter)
    ticket = tx.ticket_at(counter)
    _require_same_view(counter, ticket, holding)
    if ticket is None:
        message = f"no ticket is at counter {counter}"
        raise Refused(RefusalCode.COUNTER_FREE, message, counter=counter)
    return ticket, tx.counter(counter)


def _require_same_view(counter: int, current: Ticket | None, holding: str | AnyTicket | None) -> None:
    if isinstance(holding, AnyTicket) or holding == (current.id if current else None):
        return
    at_counter_now = current.number if current else "nobody"
    message = f"counter {counter} has moved on: {at_counter_now} is there now"
    raise Refused(RefusalCode.STALE_VIEW, message, counter=counter)


def _require_staffed(tx: DayTransaction, counter: int) -> None:
    """A ticket sent to a counter waits for that counter alone: somebody must be there to call it."""
    if tx.counter(counter).status is CounterStatus.CLOSED:
        message = f"counter {counter} is closed: send the ticket to a service, or to an open counter"
        raise Refused(RefusalCode.COUNTER_CLOSED, message, counter=counter)


def _require_known(plan: HallPlan, counter: int | None) -> None:
    if counter is not None:
        plan.counter(counter)


def _clerk_at(tx: DayTransaction, counter: int | None) -> str | None:
    return None if counter is None else tx.counter(counter).clerk
