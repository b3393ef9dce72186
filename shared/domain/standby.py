"""A hall without its database: series that only one machine may number, and what an outage left behind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from shared.domain.event import Event
from shared.domain.plan import HallPlan
from shared.domain.quote import QueueAhead, Quote

MARKS = "XYZWVUTSRQPNMLKJHGFEDCBA"
"""The letters that mark a machine's own series, in the order of their choice; I and O look like digits."""

LEASED_DAYS = 8
"""Series are leased for this many business days, today's among them: so long may a machine be cut off."""

SHORTEST_OUTAGE = timedelta(seconds=10)
"""An outage shorter than this in which nothing was kept is not worth a line."""

_SAME_OUTAGE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Outage:
    """A time without the store, as one machine saw it.

    `until` is the moment when all that was kept had been delivered, None before. `tickets` and `finished` count what
    was delivered; `trouble` names the numbers that somebody must look after, because the hall had moved on meanwhile.
    `set_aside` names those that could not be delivered at all: the machine has them still.
    """

    machine: str
    since: datetime
    until: datetime | None = None
    tickets: int = 0
    finished: int = 0
    trouble: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()


def marks_for(prefixes: Collection[str]) -> Iterator[str]:
    """The marks that make no number of these prefixes look like a number of another."""
    ends = last_letters(prefixes)
    return (mark for mark in MARKS if mark not in ends)


def last_letters(prefixes: Collection[str]) -> frozenset[str]:
    """The letters that could be taken for a mark: the last ones of prefixes that have more than one."""
    return frozenset(prefix[-1] for prefix in prefixes if len(prefix) > 1)


def marked_plan(plan: HallPlan, mark: str) -> HallPlan:
    """The plan with a machine's own series: `B001` becomes `BX001`."""
    services = tuple(replace(service, prefix=service.prefix + mark) for service in plan.services)
    return replace(plan, services=services)


class LastKnownQueue:
    """Quotes for kept tickets: those who waited when the store was last seen, and those kept since; never minutes.

    Nobody is called while the store is away, so there is no ground for a figure.
    """

    def __init__(self) -> None:
        self._ahead: Mapping[str, int] = {}

    def remember(self, ahead: Mapping[str, int]) -> None:
        """Note how many were ahead of a new customer of each service."""
        self._ahead = dict(ahead)

    def follow(self, day: date, seq: int, events_after: Callable[[int], Iterable[Event]]) -> None:
        """The kept log is no ground for a figure."""

    def follows(self, _day: date, /) -> bool:
        """It needs no log."""
        return True

    def quote(self, queue: QueueAhead) -> Quote:
        """The quote for a ticket that is kept now."""
        return Quote(self._ahead.get(queue.service, 0) + queue.people_ahead, None)


def outage_of(outages: Iterable[Outage], number: str, at: datetime) -> Outage | None:
    """The outage of a machine's in which it kept a number at this moment; None when it is not written down.

    The same number is given on every day, and an outage may last for days: it is one that lay over the moment, and
    rather one that still names the number. A number may be kept just before the machine knows that the store is away.
    """
    over = [
        outage
        for outage in outages
        if outage.since <= at + _SAME_OUTAGE and (outage.until is None or at <= outage.until)
    ]
    return max(over, key=lambda outage: (number in outage.set_aside, outage.since), default=None)


def merged(outages: Sequence[Outage]) -> tuple[Outage, ...]:
    """What several machines saw of the same outages, one each, the latest last; the machines' names are joined."""
    found: list[Outage] = []
    for outage in sorted(outages, key=lambda one: (one.since, one.machine)):
        last = found[-1] if found else None
        if last is None or (last.until is not None and outage.since > last.until + _SAME_OUTAGE):
            found.append(outage)
            continue
        found[-1] = Outage(
            machine=", ".join(dict.fromkeys([*last.machine.split(", "), outage.machine])),
            since=last.since,
            until=None if last.until is None or outage.until is None else max(last.until, outage.until),
            tickets=last.tickets + outage.tickets,
            finished=last.finished + outage.finished,
            trouble=tuple(dict.fromkeys([*last.trouble, *outage.trouble])),
            set_aside=tuple(dict.fromkeys([*last.set_aside, *outage.set_aside])),
        )
    return tuple(found)
