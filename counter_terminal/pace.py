"""How a span of time stands against a promise: in time, close to its end, or past it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from shared.domain.plan import HallPlan
    from shared.domain.ticket import Ticket

NEAR_END = 0.75
"""From this part of a promise on, the clerk is warned: a quarter is still enough to act."""

_NOTHING = timedelta(0)


class Pace(StrEnum):
    """Always shown as a colour and a sign."""

    IN_TIME = "in_time"
    CLOSE = "close"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A span that runs against a promise."""

    spent: timedelta
    promised: timedelta

    @property
    def pace(self) -> Pace:
        """Where the span stands."""
        if self.spent > self.promised:
            return Pace.OVER
        return Pace.CLOSE if self.spent >= self.promised * NEAR_END else Pace.IN_TIME

    @property
    def share(self) -> float:
        """The part of the promise that is used up, 0 to 1."""
        if self.promised <= _NOTHING:
            return 1.0
        return min(1.0, self.spent / self.promised)


def waited(plan: HallPlan, ticket: Ticket, until: datetime) -> Elapsed:
    """How long a ticket has waited since its issue, against its service's promise or its appointment."""
    if ticket.appointed_for is not None:
        promised = ticket.appointed_for - ticket.issued_at
    else:
        promised = plan.service(ticket.service).target_wait
    return Elapsed(max(_NOTHING, until - ticket.issued_at), max(_NOTHING, promised))


def at_counter(plan: HallPlan, ticket: Ticket, now: datetime) -> Elapsed:
    """How long a ticket has been at its counter against the promise of service.

    A service that was never marked as started counts from the call, as it does when it is finished.
    """
    since = ticket.started_at or ticket.called_at or now
    return Elapsed(max(_NOTHING, now - since), plan.service_limit)
