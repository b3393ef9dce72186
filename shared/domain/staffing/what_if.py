"""What one counter more, or less, would do for the people who wait now: by playing the next half-hour many times.

Each play draws how long the customers at the counters still take, how long the others will take, and who comes; the
counters take whom the hall's own rule would give them (`shared.domain.dispatch`). All answers are from the same draws,
so that their difference comes from the counter and not from luck (common random numbers).
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from shared.domain.counter import CounterStatus
from shared.domain.dispatch import next_for
from shared.domain.plan import ORDINARY, CounterPlan, HallPlan
from shared.domain.snapshot import HallSnapshot
from shared.domain.staffing.occupancy import ServiceTimes
from shared.domain.ticket import Ticket, TicketState, ticket_id

PLAYS = 300
COMING_MINUTES = 30.0
"""Who comes within half an hour is counted too: a counter opened now is opened for them as well."""

RIVALS_MINUTES = 90.0
"""Who comes later than that cannot overtake anybody who is counted, but in the longest lines."""

LONGEST_MINUTES = 600.0
"""Who is not called by then is called by nobody."""

_NINE_IN_TEN = 0.9


@dataclass(frozen=True, slots=True)
class Outlook:
    """How long people will have waited in all when they are called, in minutes, in one arrangement of counters.

    `stranded` of those who wait now want what no counter at work offers: they are in no figure but `within_promise`.
    """

    nine_in_ten: float
    mean: float
    within_promise: float
    stranded: int


@dataclass(frozen=True, slots=True)
class Change:
    """What happens when one counter opens, or when one stops taking customers; `people` wait now."""

    counter: int
    opens: bool
    people: int
    before: Outlook
    after: Outlook


def what_if(
    picture: HallSnapshot,
    times: ServiceTimes,
    arrivals: Mapping[str, float],
    changes: Sequence[tuple[int, bool]],
    *,
    plays: int = PLAYS,
    seed: int = 1,
    progress: Callable[[float], None] | None = None,
) -> tuple[Change, ...]:
    """The outlook with each change, beside the one without; `arrivals` are newcomers a minute by service.

    A change is a counter's number and whether it opens (True) or takes nobody any more (False). `progress` hears the
    share that is done.

    Raises:
        Refused: `unknown_counter`.
    """
    plan = picture.plan
    working = [line.plan.number for line in picture.counters if line.state.status is CounterStatus.OPEN]
    arrangements = [frozenset(working)]
    for number, opens in changes:
        plan.counter(number)
        arrangements.append(frozenset(working) | {number} if opens else frozenset(working) - {number})
    fates: list[list[_Fate]] = [[] for _ in arrangements]
    for play in range(plays):
        hand = _deal(picture, times, arrivals, random.Random(f"{seed}-{play}"))  # noqa: S311 - a play
        for collected, arrangement in zip(fates, arrangements, strict=True):
            collected.extend(_play(plan, picture.at, hand, arrangement))
        if progress is not None:
            progress((play + 1) / plays)
    before, *afters = (_outlook(collected, plays) for collected in fates)
    return tuple(
        Change(number, opens, len(picture.waiting), before, after)
        for (number, opens), after in zip(changes, afters, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Hand:
    """What chance gives to one play: when counters get free, and the customers with the minutes they will take."""

    free_at: Mapping[int, float]
    waiting: tuple[Ticket, ...]
    coming: tuple[Ticket, ...]
    minutes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Fate:
    """What becomes of one customer: the minutes of the whole wait, or None for who is never called and waits now."""

    minutes: float | None
    kept: bool
    waits_now: bool


def _deal(
    picture: HallSnapshot, times: ServiceTimes, arrivals: Mapping[str, float], chance: random.Random
) -> _Hand:
    free_at = {}
    for line in picture.counters:
        rest = 0.0
        if line.ticket is not None and line.ticket.called_at is not None:
            elapsed = (picture.at - line.ticket.called_at).total_seconds() / 60
            rest = times.draw_rest(line.ticket.service, elapsed, chance)
        free_at[line.plan.number] = rest
    coming = tuple(_newcomers(picture, arrivals, chance))
    minutes = {ticket.number: times.draw(ticket.service, chance) for ticket in (*picture.waiting, *coming)}
    return _Hand(free_at, picture.waiting, coming, minutes)


def _newcomers(
    picture: HallSnapshot, arrivals: Mapping[str, float], chance: random.Random
) -> Iterable[Ticket]:
    plan, day, seq = picture.plan, picture.day, picture.seq
    found = []
    for service in plan.services:
        rate, minute = arrivals.get(service.key, 0.0), 0.0
        while rate > 0 and (minute := minute + chance.expovariate(rate)) < RIVALS_MINUTES:
            found.append((minute, service))
    for place, (minute, service) in enumerate(sorted(found, key=lambda one: one[0]), start=1):
        issued_at = picture.at + timedelta(minutes=minute)
        number = f"+{place}"
        yield Ticket(
            id=ticket_id(day, number),
            number=number,
            service=service.key,
            priority=ORDINARY,
            state=TicketState.WAITING,
            issued_at=issued_at,
            called_at=None,
            counter=None,
            day=day,
            seq=seq + place,
            prefix=service.prefix,
            ordinal=place,
            due_at=issued_at + service.target_wait,
            rank_seq=seq + place,
        )


def _play(plan: HallPlan, at: datetime, hand: _Hand, working: frozenset[int]) -> Iterable[_Fate]:
    """What becomes of everybody who counts."""
    lines = _Lines(plan, hand.waiting)
    counters = [(hand.free_at[number], number) for number in sorted(working)]
    heapq.heapify(counters)
    coming = list(reversed(hand.coming))
    left_to_call = len(hand.waiting) + sum(_minutes(at, ticket) < COMING_MINUTES for ticket in coming)
    resting: list[tuple[float, int]] = []
    while left_to_call and (counters or coming):
        next_free = counters[0][0] if counters else LONGEST_MINUTES
        if coming and _minutes(at, coming[-1]) <= next_free:
            ticket = coming.pop()
            lines.add(ticket)
            for free_since, number in resting:
                heapq.heappush(counters, (max(free_since, _minutes(at, ticket)), number))
            resting.clear()
            continue
        if next_free >= LONGEST_MINUTES:
            break
        free_at, number = heapq.heappop(counters)
        called = lines.take(plan.counter(number))
        if called is None:
            resting.append((free_at, number))
            continue
        heapq.heappush(counters, (free_at + hand.minutes[called.number], number))
        if _minutes(at, called) < COMING_MINUTES:
            left_to_call -= 1
            yield _called(plan, at, called, free_at)
    for ticket in (*lines.rest(), *coming):
        if _minutes(at, ticket) < COMING_MINUTES:
            yield _Fate(None, kept=False, waits_now=ticket.issued_at <= at)


def _called(plan: HallPlan, at: datetime, ticket: Ticket, minute: float) -> _Fate:
    waited = minute - _minutes(at, ticket)
    promise = plan.service(ticket.service).target_wait.total_seconds() / 60
    return _Fate(waited, kept=waited <= promise, waits_now=False)


def _minutes(at: datetime, ticket: Ticket) -> float:
    """When a ticket was, or will be, issued: minutes from now."""
    return (ticket.issued_at - at).total_seconds() / 60


class _Lines:
    """The waiting tickets, by service: within one, every counter takes them in the same order."""

    def __init__(self, plan: HallPlan, waiting: Iterable[Ticket]) -> None:
        self._known = {service.key for service in plan.services}
        self._by_service: dict[str, list[tuple[datetime, int, Ticket]]] = {}
        self._sent: dict[int, list[Ticket]] = {}
        for ticket in waiting:
            self.add(ticket)

    def add(self, ticket: Ticket) -> None:
        if ticket.target_counter is not None:
            self._sent.setdefault(ticket.target_counter, []).append(ticket)
        else:
            line = self._by_service.setdefault(ticket.service, [])
            heapq.heappush(line, (ticket.due_at, ticket.rank_seq, ticket))

    def take(self, counter: CounterPlan) -> Ticket | None:
        heads = [line[0][2] for key in counter.offers if (line := self._by_service.get(key))]
        sent = self._sent.get(counter.number, [])
        chosen = next_for(counter, [*heads, *sent])
        if chosen is None:
            return None
        if chosen.target_counter is not None:
            sent.remove(chosen)
        else:
            heapq.heappop(self._by_service[chosen.service])
        return chosen

    def rest(self) -> list[Ticket]:
        """Who was never called."""
        queued = [entry[2] for line in self._by_service.values() for entry in line]
        return queued + [ticket for sent in self._sent.values() for ticket in sent]


def _outlook(fates: list[_Fate], plays: int) -> Outlook:
    minutes = sorted(fate.minutes for fate in fates if fate.minutes is not None)
    kept = sum(fate.kept for fate in fates) / len(fates) if fates else 1.0
    stranded = round(sum(fate.waits_now for fate in fates) / plays)
    if not minutes:
        return Outlook(0.0, 0.0, kept, stranded)
    place = ceil(_NINE_IN_TEN * len(minutes)) - 1
    return Outlook(minutes[place], sum(minutes) / len(minutes), kept, stranded)
