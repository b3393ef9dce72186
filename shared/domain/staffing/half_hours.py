"""The hall's usual half-hours: who comes, how many counters that asks for, and what really happened then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from shared.domain.plan import HallPlan
from shared.domain.staffing.erlang_a import ErlangA, counters_needed, share_kept
from shared.domain.staffing.occupancy import ServiceTimes, occupancies
from shared.domain.ticket import Ticket, TicketState

SLOT_MINUTES = 30
SLOTS = 24 * 60 // SLOT_MINUTES
KEPT = 0.9
"""The share of customers who are to be called within their promise."""

_LEFT = frozenset({TicketState.NO_SHOW, TicketState.CANCELLED, TicketState.EXPIRED})
"""Who was called in vain, told us, or was still in the queue when the day ended: nobody waits overnight."""


@dataclass(frozen=True, slots=True)
class HalfHour:
    """One half-hour, as it was on `days` days, for customers who share counters (`services`).

    `arrivals` and `at_work` are means a day; `needed` is by Erlang A; `kept_expected` is the share within the promise
    that Erlang A gives for the counters that were at work, `kept` the share that was; None where nobody was.
    """

    begins: time
    services: tuple[str, ...]
    days: int
    arrivals: float
    service_minutes: float
    needed: int
    at_work: float
    kept_expected: float | None
    kept: float | None
    mean_wait: float | None


@dataclass(frozen=True, slots=True)
class _Slot:
    """What one half-hour of one day saw."""

    issued: tuple[Ticket, ...]
    counters: frozenset[int]


def pools(plan: HallPlan) -> tuple[tuple[str, ...], ...]:
    """The services, in groups that share counters, directly or by others: each group is a queue of its own."""
    groups: list[set[str]] = []
    for service in plan.services:
        group = set(plan.rivals(service.key))
        for other in [other for other in groups if other & group]:
            group |= other
            groups.remove(other)
        groups.append(group)
    order = [service.key for service in plan.services]
    return tuple(tuple(key for key in order if key in group) for group in groups)


def leaving_rate(days: Iterable[Sequence[Ticket]]) -> float:
    """At what rate one waiting customer gives up, a minute: those who left by all the minutes that anybody waited.

    The usual estimate where patience is exponential and most of it is never seen to its end (L. Brown et al.:
    Statistical analysis of a telephone call center. *Journal of the American Statistical Association* 100, 2005).
    """
    left, waited = 0, 0.0
    for tickets in days:
        for ticket in tickets:
            left += ticket.state in _LEFT
            # When somebody who was never called went away is not known; the day's end is not it.
            end = ticket.called_at or (ticket.finished_at if ticket.state is TicketState.CANCELLED else None)
            if end is not None:
                waited += _waited(ticket, end)
    return left / waited if waited else 0.0


def arrivals_a_minute(plan: HallPlan, days: Sequence[Sequence[Ticket]], at: datetime) -> Mapping[str, float]:
    """Newcomers a minute by service, as usual in the half-hour of a moment."""
    slot = _slot(plan, at)
    found: dict[str, float] = defaultdict(float)
    for tickets in days:
        for ticket in tickets:
            if _slot(plan, ticket.issued_at) == slot:
                found[ticket.service] += 1 / len(days) / SLOT_MINUTES
    return found


def half_hours(plan: HallPlan, days: Sequence[Sequence[Ticket]]) -> tuple[HalfHour, ...]:
    """The table: each half-hour in which anybody ever came, for each pool of services.

    `days` are the tickets of past days.
    """
    times = ServiceTimes(plan, (one for tickets in days for one in occupancies(tickets)))
    leaving = leaving_rate(days)
    seen = [_by_slot(plan, tickets) for tickets in days]
    found = []
    for services in pools(plan):
        for slot in range(SLOTS):
            slots = [_of_pool(plan, day.get(slot), services) for day in seen]
            if any(one.issued for one in slots):
                found.append(_half_hour(plan, slot, services, slots, times, leaving))
    return tuple(found)


def _half_hour(
    plan: HallPlan,
    slot: int,
    services: tuple[str, ...],
    slots: list[_Slot],
    times: ServiceTimes,
    leaving: float,
) -> HalfHour:
    issued = [ticket for one in slots for ticket in one.issued]
    shares = {key: sum(ticket.service == key for ticket in issued) / len(issued) for key in services}
    minutes = sum(share * times.mean(key) for key, share in shares.items())
    promises: dict[float, float] = defaultdict(float)
    for key, share in shares.items():
        promises[_promise(plan, key)] += share
    rate = len(issued) / len(slots) / SLOT_MINUTES
    at_work = sum(len(one.counters) for one in slots) / len(slots)
    worked = round(at_work)
    called = [ticket for ticket in issued if ticket.called_at is not None]
    waits = [_waited(ticket, ticket.called_at) for ticket in called if ticket.called_at]
    kept = [wait <= _promise(plan, ticket.service) for ticket, wait in zip(called, waits, strict=True)]
    return HalfHour(
        begins=time(slot * SLOT_MINUTES // 60, slot * SLOT_MINUTES % 60),
        services=services,
        days=len(slots),
        arrivals=len(issued) / len(slots),
        service_minutes=minutes,
        needed=counters_needed(rate, 1 / minutes, leaving, promises, KEPT),
        at_work=at_work,
        kept_expected=share_kept(ErlangA(rate, 1 / minutes, worked, leaving), promises) if worked else None,
        kept=sum(kept) / len(kept) if kept else None,
        mean_wait=sum(waits) / len(waits) if waits else None,
    )


def _by_slot(plan: HallPlan, tickets: Iterable[Ticket]) -> dict[int, _Slot]:
    issued: dict[int, list[Ticket]] = defaultdict(list)
    working: dict[int, set[int]] = defaultdict(set)
    for ticket in tickets:
        issued[_slot(plan, ticket.issued_at)].append(ticket)
        if ticket.counter is not None and ticket.called_at is not None:
            end = max(ticket.finished_at or ticket.called_at, ticket.called_at)
            for slot in range(_slot(plan, ticket.called_at), _slot(plan, end) + 1):
                working[slot].add(ticket.counter)
    return {slot: _Slot(tuple(issued[slot]), frozenset(working[slot])) for slot in {*issued, *working}}


def _of_pool(plan: HallPlan, slot: _Slot | None, services: tuple[str, ...]) -> _Slot:
    if slot is None:
        return _Slot((), frozenset())
    theirs = {counter.number for key in services for counter in plan.counters_offering(key)}
    return _Slot(
        tuple(ticket for ticket in slot.issued if ticket.service in services), slot.counters & theirs
    )


def _slot(plan: HallPlan, moment: datetime) -> int:
    local = moment.astimezone(ZoneInfo(plan.timezone))
    return (local.hour * 60 + local.minute) // SLOT_MINUTES


def _promise(plan: HallPlan, service: str) -> float:
    return plan.service(service).target_wait.total_seconds() / 60


def _waited(ticket: Ticket, end: datetime) -> float:
    """Minutes from the issue; none where the clock was set back in between."""
    return max(0.0, (end - ticket.issued_at).total_seconds() / 60)
