"""What customers say of the service just finished, inside one transaction of a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from shared.domain.errors import RefusalCode, Refused
from shared.domain.event import EventKind
from shared.domain.plan import HallPlan
from shared.domain.rating import NOT_RATED, NOT_RATED_AFTER, RATE_WITHIN, require_level
from shared.domain.ticket import Command, Ticket, TicketState, require
from shared.hall.queueing import find
from shared.store.day_transaction import DayTransaction, NothingToDo

CLOCKS_APART = timedelta(seconds=2)
"""A vote from further before the last finish was for an earlier service; nearer it may be two clocks that differ."""


def rate(tx: DayTransaction, plan: HallPlan, counter: int, level: int, pressed_at: datetime | None) -> Ticket:
    """Give the service that was finished last at a counter its one rating.

    Whoever was called since changes nothing of that: the vote is the finished customer's. `pressed_at` is the moment
    of the vote, when it reached the hall later. A clock that was set back since the finish leaves the window open.

    Raises:
        Refused: `nothing_to_rate` (nothing was finished, or the finish was taken back), `rating_late`,
            `already_rated`.
        ValueError: the level is none of the five.
    """
    plan.counter(counter)
    require_level(level)
    finish = tx.last_finish_at(counter)
    ticket = None if finish is None or finish.ticket is None else find(tx, finish.ticket)
    if finish is None or ticket is None or not _stands(ticket, counter):
        message = f"no service was finished at counter {counter} that could be rated"
        raise Refused(RefusalCode.NOTHING_TO_RATE, message, counter=counter)
    meant_another = pressed_at is not None and pressed_at < finish.at - CLOCKS_APART
    if ticket.rating == NOT_RATED or meant_another or (pressed_at or tx.now) - finish.at > RATE_WITHIN:
        seconds = int(RATE_WITHIN.total_seconds())
        message = f"the service of {ticket.number} could be rated for {seconds} seconds"
        raise Refused(RefusalCode.RATING_LATE, message, number=ticket.number, seconds=seconds)
    require(Command.RATE, ticket)
    return tx.change_ticket(ticket, EventKind.RATED, counter, ticket.clerk, {"level": level})


def note_not_rated(tx: DayTransaction, plan: HallPlan, counter: int) -> tuple[Ticket, ...]:
    """Record which services of a counter were not rated in time.

    Raises:
        NothingToDo: all are rated, noted before, or may still be rated.
    """
    plan.counter(counter)
    over = tx.unrated_at(counter, until=tx.now - NOT_RATED_AFTER)
    if not over:
        raise NothingToDo
    return tuple(tx.change_ticket(ticket, EventKind.NOT_RATED, counter, ticket.clerk) for ticket in over)


def _stands(ticket: Ticket, counter: int) -> bool:
    """Whether the finish at this counter was not taken back."""
    return ticket.state is TicketState.FINISHED and ticket.counter == counter
