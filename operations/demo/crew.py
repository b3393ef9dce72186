"""The people of the demo: customers who come, wait and sometimes leave, and clerks who call, serve and take breaks.

They work through the hall's public interface alone, as scripts of the hall's own people would. Somebody else may work
at the same counters: a clerk whose customer was served by another just calls the next.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from operations.demo.office_day import Visitor
from shared.domain.errors import Refused
from shared.domain.ticket import Ticket
from shared.hall import Hall

WALK_TO_COUNTER = timedelta(seconds=25)
RECALL_AFTER = timedelta(seconds=40)
GIVE_UP_AFTER = timedelta(seconds=50)
LOOK_AGAIN = timedelta(seconds=20)
BREAK = timedelta(minutes=30)
CLERK_OPENS = timedelta(minutes=2)
BACK_AFTER = timedelta(minutes=6)
COMES_BACK, SENT_ON, PUT_ASIDE = 0.35, 0.02, 0.02
"""Shares of no-shows who come back, and of services that are sent on to another counter or put aside for a while."""


@dataclass(frozen=True, slots=True)
class Clerk:
    """A clerk at a counter; the break begins at that time of the day, counted from the opening."""

    counter: int
    badge: str
    pin: str
    break_at: timedelta | None


@dataclass(slots=True)
class Crew:
    """The day as a list of things to do, each at its moment.

    `print_at` names the printer for a visitor's paper, or None. At a counter in `resting` the demo's clerk calls
    nobody: a person works there. `refused` counts what the rules forbade, as when that person was quicker.
    """

    hall: Hall
    opening: datetime
    visitors: Sequence[Visitor]
    clerks: Sequence[Clerk]
    seed: int
    print_at: Callable[[int], str | None] = lambda _place: None
    resting: frozenset[int] = frozenset()
    refused: int = 0
    _agenda: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _order: itertools.count[int] = field(default_factory=itertools.count)
    _visits: dict[str, Visitor] = field(default_factory=dict)
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311 - a demo's dice
        for place, visitor in enumerate(self.visitors):
            self._at(self.opening + visitor.arrives, lambda place=place: self._arrive(place))  # type: ignore[misc]
        for clerk in self.clerks:
            self._at(self.opening + CLERK_OPENS, lambda clerk=clerk: self._sit_down(clerk))  # type: ignore[misc]

    @property
    def next_moment(self) -> datetime | None:
        """When the next thing is to be done; None when the day is over."""
        return self._agenda[0][0] if self._agenda else None

    def step(self) -> bool:
        """Do what is due by the hall's clock, one thing; whether there was one."""
        if not self._agenda or self._agenda[0][0] > self.hall.clock.now():
            return False
        _moment, _order, act = heapq.heappop(self._agenda)
        try:
            act()
        except Refused:
            self.refused += 1
        return True

    def _at(self, moment: datetime, act: Callable[[], None]) -> None:
        heapq.heappush(self._agenda, (moment, next(self._order), act))

    def _after(self, span: timedelta, act: Callable[[], None]) -> None:
        self._at(self.hall.clock.now() + span, act)

    # -- customers ------------------------------------------------------------------------------------------------

    def _arrive(self, place: int) -> None:
        visitor = self.visitors[place]
        ticket = self.hall.issue(
            visitor.service, visitor.priority, f"demo-{self.seed}-{place}", print_at=self.print_at(place)
        )
        self._visits[ticket.id] = visitor

    def _is_there(self, ticket: Ticket) -> bool:
        visitor = self._visits.get(ticket.id)
        return visitor is None or self.hall.clock.now() - ticket.issued_at <= visitor.patience

    def _service_time(self, ticket: Ticket) -> timedelta:
        visitor = self._visits.get(ticket.id)
        typical = timedelta(minutes=self.hall.plan.service(ticket.service).typical_minutes)
        return typical if visitor is None else visitor.service_time

    # -- clerks ---------------------------------------------------------------------------------------------------

    def _sit_down(self, clerk: Clerk) -> None:
        self.hall.log_in(clerk.counter, clerk.badge, clerk.pin, take_over=True)
        if clerk.break_at is not None:
            self._at(self.opening + clerk.break_at, lambda: self._take_break(clerk))
        self._call(clerk)

    def _take_break(self, clerk: Clerk) -> None:
        self.hall.pause_counter(clerk.counter, "lunch")
        self._after(BREAK, lambda: self._end_break(clerk))

    def _end_break(self, clerk: Clerk) -> None:
        self.hall.open_counter(clerk.counter)

    def _call(self, clerk: Clerk) -> None:
        try:
            ticket = None if clerk.counter in self.resting else self.hall.call_next(clerk.counter)
        except Refused:
            # On a break, or somebody paused the counter: look again later.
            self._finish_quietly(clerk)
            ticket = None
        if ticket is None:
            self._after(LOOK_AGAIN, lambda: self._call(clerk))
        elif self._is_there(ticket):
            self._after(WALK_TO_COUNTER, lambda: self._start(clerk, ticket))
        else:
            self._after(RECALL_AFTER, lambda: self._recall(clerk, ticket))

    def _finish_quietly(self, clerk: Clerk) -> None:
        try:
            self.hall.finish(clerk.counter)
        except Refused:
            return

    def _start(self, clerk: Clerk, ticket: Ticket) -> None:
        self._or_call_next(clerk, lambda: self.hall.start(clerk.counter, holding=ticket.id))
        drawn = self._chance.random()
        if drawn < SENT_ON:
            self._after(self._service_time(ticket) / 3, lambda: self._send_on(clerk, ticket))
        elif drawn < SENT_ON + PUT_ASIDE:
            self._after(self._service_time(ticket) / 2, lambda: self._put_aside(clerk, ticket))
        else:
            self._after(self._service_time(ticket), lambda: self._call(clerk))

    def _send_on(self, clerk: Clerk, ticket: Ticket) -> None:
        others = [service.key for service in self.hall.plan.services if service.key != ticket.service]
        goal = self._chance.choice(others)
        self._or_call_next(clerk, lambda: self.hall.transfer(clerk.counter, goal, holding=ticket.id))
        self._call(clerk)

    def _put_aside(self, clerk: Clerk, ticket: Ticket) -> None:
        self._or_call_next(clerk, lambda: self.hall.hold(clerk.counter, holding=ticket.id))
        self._after(BACK_AFTER, lambda: self._bring_back(ticket))
        self._call(clerk)

    def _bring_back(self, ticket: Ticket) -> None:
        self.hall.resume(ticket.id)

    def _recall(self, clerk: Clerk, ticket: Ticket) -> None:
        self._or_call_next(clerk, lambda: self.hall.recall(clerk.counter, holding=ticket.id))
        self._after(GIVE_UP_AFTER, lambda: self._miss(clerk, ticket))

    def _miss(self, clerk: Clerk, ticket: Ticket) -> None:
        self._or_call_next(clerk, lambda: self.hall.no_show(clerk.counter, holding=ticket.id))
        if self._chance.random() < COMES_BACK:
            self._after(BACK_AFTER, lambda: self._come_back(ticket))
        self._call(clerk)

    def _come_back(self, ticket: Ticket) -> None:
        self._visits.pop(ticket.id, None)
        self.hall.return_ticket(ticket.id)

    def _or_call_next(self, clerk: Clerk, act: Callable[[], object]) -> None:
        """Act; when somebody else has moved the counter on, look at it anew a little later."""
        try:
            act()
        except Refused:
            self._after(LOOK_AGAIN, lambda: self._call(clerk))
            raise
