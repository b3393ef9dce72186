"""What a customer is told about the wait: people ahead, and a range of minutes where there is reason for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from shared.domain.event import Event
from shared.domain.plan import ORDINARY
from shared.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote (预计等候), in whole minutes: the likeliest wait, and the range that is told.

    The three are None where there is no ground for a figure: then only people ahead is told. `low_minutes` 0 means
    "at once or up to `high_minutes`".
    """

    people_ahead: int
    minutes: int | None = None
    low_minutes: int | None = None
    high_minutes: int | None = None


def quote_of(ticket: Ticket) -> Quote:
    """The quote under which a ticket was issued."""
    return Quote(ticket.people_ahead, ticket.quote_minutes, ticket.quote_low, ticket.quote_high)


@dataclass(frozen=True, slots=True)
class QueueAhead:
    """What a predictor is asked when a ticket is about to join the queue at the aware moment `now`.

    `people_ahead` are due before it, at any counter that takes its service or a rival's. `counters_open` are the open
    counters that take any of these (0 while none takes this one). `booked` is a ticket with an appointed time.
    """

    service: str
    now: datetime
    people_ahead: int
    counters_open: int
    priority: str = ORDINARY
    booked: bool = False


class WaitPredictor(Protocol):
    """Predicts the wait of the next ticket of a service."""

    def follow(self, day: date, seq: int, events_after: Callable[[int], Iterable[Event]]) -> None:
        """Take in the log of a business day up to `seq`; `events_after` reads what comes after a `seq`, in order."""
        ...

    def follows(self, day: date, /) -> bool:
        """Whether it goes by the log of this day, or needs none."""
        ...

    def quote(self, queue: QueueAhead) -> Quote:
        """The quote for a ticket that joins this queue now. Changes nothing."""
        ...
