"""A ticket, its states, and the one table that says which command is allowed in which state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from shared.domain.errors import RefusalCode, Refused


class TicketState(StrEnum):
    """Where a ticket (号票) stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    NO_SHOW = "no_show"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Command(StrEnum):
    """What can be done with a ticket after it was issued."""

    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    NO_SHOW = "no_show"
    RETURN = "return"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"
    RELEASE = "release"
    CANCEL = "cancel"
    EXPIRE = "expire"
    RATE = "rate"


AT_COUNTER = frozenset({TicketState.CALLED, TicketState.SERVING})
"""States in which a ticket occupies a counter: at most one such ticket a counter."""

OPEN = AT_COUNTER | {TicketState.WAITING, TicketState.HELD}
"""States in which a customer is still owed something; the next business day expires them."""

ALLOWED: Mapping[Command, frozenset[TicketState]] = MappingProxyType(
    {
        Command.CALL: frozenset({TicketState.WAITING}),
        Command.RECALL: frozenset({TicketState.CALLED}),
        Command.START: frozenset({TicketState.CALLED}),
        Command.FINISH: AT_COUNTER,
        Command.NO_SHOW: frozenset({TicketState.CALLED}),
        Command.RETURN: frozenset({TicketState.NO_SHOW}),
        Command.HOLD: AT_COUNTER | {TicketState.WAITING},
        Command.RESUME: frozenset({TicketState.HELD}),
        Command.TRANSFER: AT_COUNTER,
        Command.RELEASE: frozenset({TicketState.WAITING}),
        Command.CANCEL: frozenset({TicketState.WAITING, TicketState.HELD}),
        Command.EXPIRE: OPEN,
        Command.RATE: frozenset({TicketState.FINISHED}),
    }
)
"""The transition table: a command is allowed exactly in these states."""

MOST_RETURNS = 1
"""A no-show may come back once; who misses the call again takes a new ticket."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as it stands now.

    All moments are aware UTC. `seq` is the place of its issue in the day's log and never changes; `rank_seq` is the
    place of the event that last put it in the queue and breaks ties between equal `due_at`. `rating` is the customer's
    level (`shared.domain.rating`), `NOT_RATED` when the time for it went by, None as long as nothing is known.
    """

    id: str
    number: str
    service: str
    priority: str
    state: TicketState
    issued_at: datetime
    called_at: datetime | None
    counter: int | None
    day: date
    seq: int
    prefix: str
    ordinal: int
    due_at: datetime
    rank_seq: int
    started_at: datetime | None = None
    finished_at: datetime | None = None
    called_seq: int | None = None
    calls: int = 0
    returns: int = 0
    clerk: str | None = None
    target_counter: int | None = None
    appointed_for: datetime | None = None
    people_ahead: int = 0
    quote_minutes: int | None = None
    quote_low: int | None = None
    quote_high: int | None = None
    language: str = "zh"
    rating: int | None = None


def ticket_id(day: date, number: str) -> str:
    """The ticket's name within its hall, readable by people: `20261123-A001`."""
    return f"{day.year}{day.month:02}{day.day:02}-{number}"


def split_ticket_id(ticket: str) -> tuple[date, str]:
    """The business day and number in a ticket id.

    Raises:
        Refused: `unknown_ticket`, when the text is no ticket id.
    """
    day_text, dash, number = ticket.partition("-")
    try:
        if not dash or not number or len(day_text) != 8:
            raise ValueError(ticket)
        return date.fromisoformat(day_text), number
    except ValueError:
        message = f"{ticket!r} is no ticket id; one looks like 20261123-A001"
        raise Refused(RefusalCode.UNKNOWN_TICKET, message, ticket=ticket) from None


def allows(command: Command, ticket: Ticket) -> bool:
    """Whether the rules allow the command for this ticket now."""
    if command is Command.RETURN and ticket.returns >= MOST_RETURNS:
        return False
    if command is Command.RATE and ticket.rating is not None:
        return False
    return ticket.state in ALLOWED[command]


def require(command: Command, ticket: Ticket) -> None:
    """Raise when the rules forbid the command for this ticket now.

    Raises:
        Refused: `wrong_state` or `already_returned`.
    """
    if ticket.state not in ALLOWED[command]:
        message = f"{ticket.number} is {ticket.state}: {command} is not allowed"
        raise Refused(
            RefusalCode.WRONG_STATE, message, number=ticket.number, state=ticket.state, command=command
        )
    if command is Command.RATE and ticket.rating is not None:
        message = f"the service of {ticket.number} has its one rating"
        raise Refused(RefusalCode.ALREADY_RATED, message, number=ticket.number)
    if not allows(command, ticket):
        message = f"{ticket.number} has come back once already: take a new ticket"
        raise Refused(RefusalCode.ALREADY_RETURNED, message, number=ticket.number)
