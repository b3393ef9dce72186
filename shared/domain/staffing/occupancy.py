"""How long a customer keeps a counter busy, from the call to the next one's, measured in the hall's own past."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.plan import HallPlan
from shared.domain.ticket import Ticket, TicketState

FEWEST = 15
"""So many measured times stand for a service; below, its configured minutes do."""

LONGEST_NO_SHOW_MINUTES = 10.0
"""A counter that called nobody for longer was not waiting for the one who did not come."""

IDLE_UNLESS_WAITED = timedelta(minutes=1)
"""A clerk who ends a service by calling the next may have been free long before: unless the next had waited so long."""


@dataclass(frozen=True, slots=True)
class Occupancy:
    """One customer at a counter: minutes from the call until the counter was free again."""

    service: str
    counter: int
    called_at: datetime
    minutes: float


def occupancies(tickets: Iterable[Ticket]) -> list[Occupancy]:
    """What the tickets of one day tell, in no order; one that was held or sent on counts with its last call."""
    by_counter: dict[int, list[Ticket]] = defaultdict(list)
    for ticket in tickets:
        if ticket.counter is not None and ticket.called_at is not None:
            by_counter[ticket.counter].append(ticket)
    found = []
    for counter, called in by_counter.items():
        called.sort(key=lambda ticket: (ticket.called_at, ticket.called_seq or 0))
        for ticket, after in zip(called, [*called[1:], None], strict=True):
            minutes = _minutes(ticket, after)
            if minutes is not None and ticket.called_at is not None:
                found.append(Occupancy(ticket.service, counter, ticket.called_at, minutes))
    return found


def _minutes(ticket: Ticket, after: Ticket | None) -> float | None:
    if ticket.called_at is None:
        return None
    next_call = None if after is None or after.called_at is None else after.called_at
    if after is not None and next_call is not None and ticket.finished_at == next_call:
        idle = next_call - after.issued_at < IDLE_UNLESS_WAITED
        if idle:
            return None
    if ticket.state is TicketState.FINISHED and ticket.finished_at is not None:
        end = ticket.finished_at if next_call is None else min(ticket.finished_at, next_call)
        return max(0.0, (end - ticket.called_at).total_seconds() / 60)
    if ticket.state is TicketState.NO_SHOW and next_call is not None:
        minutes = (next_call - ticket.called_at).total_seconds() / 60
        return minutes if minutes <= LONGEST_NO_SHOW_MINUTES else None
    return None


class ServiceTimes:
    """Draws how long customers take, by service: as measured, or around the configured minutes while little is."""

    def __init__(self, plan: HallPlan, measured: Iterable[Occupancy]) -> None:
        minutes: dict[str, list[float]] = defaultdict(list)
        for one in measured:
            minutes[one.service].append(one.minutes)
        self._typical = {service.key: service.typical_minutes for service in plan.services}
        self._measured: Mapping[str, list[float]] = {
            key: sorted(values) for key, values in minutes.items() if len(values) >= FEWEST
        }
        self._fallback = sum(self._typical.values()) / len(self._typical)

    def mean(self, service: str) -> float:
        """Mean minutes of a service."""
        values = self._measured.get(service)
        return sum(values) / len(values) if values else self._typical.get(service, self._fallback)

    def draw(self, service: str, chance: random.Random) -> float:
        """Minutes of one customer, at random."""
        values = self._measured.get(service)
        return chance.choice(values) if values else chance.expovariate(1 / self.mean(service))

    def draw_rest(self, service: str, elapsed: float, chance: random.Random) -> float:
        """Minutes that a customer who has been at the counter for `elapsed` minutes will still take, at random."""
        values = self._measured.get(service)
        if not values:
            return chance.expovariate(1 / self.mean(service))
        longer = bisect_right(values, elapsed)
        if longer == len(values):
            # Longer than anybody before: nothing measured says how long it goes on.
            return chance.expovariate(1 / self.mean(service))
        return values[chance.randrange(longer, len(values))] - elapsed
