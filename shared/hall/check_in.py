"""A ticket comes back in a customer's hand: its code is scanned, and it is checked in, returned, or explained."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from shared.domain.errors import RefusalCode, Refused
from shared.domain.ticket import AT_COUNTER, Ticket, TicketState, split_ticket_id
from shared.domain.ticket_code import read_ticket_code

if TYPE_CHECKING:
    from shared.domain.snapshot import HallSnapshot
    from shared.hall.hall import Hall


class CheckInOutcome(StrEnum):
    """What a scan came to: the ticket waits again, waits as before, is called, or is over."""

    RETURNED = "returned"
    RESUMED = "resumed"
    WAITING = "waiting"
    CALLED = "called"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A ticket after its scan; `people_ahead` wait before it, as far as it waits."""

    ticket: Ticket
    outcome: CheckInOutcome
    people_ahead: int = 0


def find_by_code(hall: Hall, code: str) -> Ticket:
    """The ticket of this hall and business day that a scanned code names.

    Raises:
        Refused: `foreign_code`, `other_hall`, `other_day`, `unknown_ticket`.
    """
    named = read_ticket_code(code)
    if named.hall != hall.hall_id:
        raise Refused(RefusalCode.OTHER_HALL, "the ticket is one of another hall")
    day, number = split_ticket_id(named.ticket)
    if day != hall.business_day():
        raise Refused(RefusalCode.OTHER_DAY, f"{number} was a ticket of {day}", number=number)
    return hall.ticket(named.ticket)


def check_in(hall: Hall, code: str, request_id: str | None = None) -> CheckIn:
    """Check a ticket in by its code: a no-show returns, a held ticket is resumed, any other is explained.

    Raises:
        Refused: as `find_by_code`; `already_returned`, for a no-show that has come back before.
        StoreUnavailable: try again with the same `request_id`.
    """
    ticket = find_by_code(hall, code)
    if ticket.state is TicketState.NO_SHOW:
        after, outcome = hall.return_ticket(ticket.id, request_id), CheckInOutcome.RETURNED
    elif ticket.state is TicketState.HELD:
        after, outcome = hall.resume(ticket.id, request_id), CheckInOutcome.RESUMED
    elif ticket.state is TicketState.WAITING:
        after, outcome = ticket, CheckInOutcome.WAITING
    else:
        called = ticket.state in AT_COUNTER
        return CheckIn(ticket, CheckInOutcome.CALLED if called else CheckInOutcome.OVER)
    return CheckIn(after, outcome, people_ahead(hall.snapshot(), after))


def people_ahead(snapshot: HallSnapshot, ticket: Ticket) -> int:
    """How many of those who wait for the same counters are due before a waiting ticket."""
    rivals = snapshot.plan.rivals(ticket.service)
    numbers = [other.number for other in snapshot.waiting if other.service in rivals]
    return numbers.index(ticket.number) if ticket.number in numbers else 0
