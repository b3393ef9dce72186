"""What is done to counters, inside one transaction of a day: open, pause, close, and who sits there."""

from __future__ import annotations

from shared.domain.counter import CounterState, CounterStatus
from shared.domain.errors import RefusalCode, Refused
from shared.domain.event import Detail, EventKind
from shared.domain.plan import HallPlan
from shared.store.day_transaction import DayTransaction, NothingToDo

_KIND_OF = {
    CounterStatus.OPEN: EventKind.COUNTER_OPENED,
    CounterStatus.PAUSED: EventKind.COUNTER_PAUSED,
    CounterStatus.CLOSED: EventKind.COUNTER_CLOSED,
}


def set_status(
    tx: DayTransaction, plan: HallPlan, counter: int, status: CounterStatus, reason: str | None
) -> CounterState:
    """Open, pause or close a counter. A pause may be set while a customer is served: it holds from the next call on.

    Raises:
        Refused: `counter_busy`, for closing a counter at which a ticket is open.
        NothingToDo: the counter has that status and reason already.
    """
    plan.counter(counter)
    state = tx.counter(counter)
    if (state.status, state.reason) == (status, reason):
        raise NothingToDo
    if status is CounterStatus.CLOSED:
        _require_free(tx, counter)
        _release_sent_here(tx, plan, counter)
    detail: Detail | None = None if reason is None else {"reason": reason}
    return tx.change_counter(state, _KIND_OF[status], state.clerk, detail)


def log_in(tx: DayTransaction, plan: HallPlan, counter: int, badge: str, *, take_over: bool) -> CounterState:
    """Seat a clerk at a counter and open it; the clerk leaves the counter where he or she sat before.

    Raises:
        Refused: `counter_taken`, when another clerk sits there and `take_over` is not set; `counter_busy`, when the
            clerk has a customer at another counter.
    """
    plan.counter(counter)
    state = tx.counter(counter)
    if state.clerk not in (None, badge) and not take_over:
        message = f"clerk {state.clerk} is logged in at counter {counter}"
        raise Refused(RefusalCode.COUNTER_TAKEN, message, counter=counter, badge=state.clerk or "")
    for other in tx.counters_of(badge):
        if other.number != counter:
            log_out(tx, plan, other.number)
    seated = tx.change_counter(state, EventKind.CLERK_LOGGED_IN, badge)
    if seated.status is CounterStatus.OPEN:
        return seated
    return tx.change_counter(seated, EventKind.COUNTER_OPENED, badge)


def log_out(tx: DayTransaction, plan: HallPlan, counter: int) -> CounterState:
    """Let the clerk leave a counter, and close it.

    Raises:
        Refused: `counter_busy`, while a ticket is open there.
        NothingToDo: nobody sits there and the counter is closed.
    """
    plan.counter(counter)
    state = tx.counter(counter)
    _require_free(tx, counter)
    if state.clerk is None and state.status is CounterStatus.CLOSED:
        raise NothingToDo
    _release_sent_here(tx, plan, counter)
    left = tx.change_counter(state, EventKind.CLERK_LOGGED_OUT, state.clerk)
    if left.status is CounterStatus.CLOSED:
        return left
    return tx.change_counter(left, EventKind.COUNTER_CLOSED, state.clerk)


def _release_sent_here(tx: DayTransaction, plan: HallPlan, counter: int) -> None:
    """Let any counter of their service take the tickets that were sent to one that closes."""
    for ticket in tx.waiting_for(counter):
        if plan.counters_offering(ticket.service):
            tx.change_ticket(ticket, EventKind.RELEASED)


def _require_free(tx: DayTransaction, counter: int) -> None:
    ticket = tx.ticket_at(counter)
    if ticket is not None:
        message = f"{ticket.number} is still at counter {counter}: finish it first"
        raise Refused(RefusalCode.COUNTER_BUSY, message, counter=counter, number=ticket.number)
