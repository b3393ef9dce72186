"""A hall's history: one row a ticket, and the happenings that it tells, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shared.domain.waits.happening import Ask, Happening, HappeningKind


@dataclass(frozen=True, slots=True)
class PastTicket:
    """What is known of one ticket in the end. `id` is unique in the history; moments are local wall-clock time."""

    id: str
    hall: str
    service: str
    issued_at: datetime
    called_at: datetime | None = None
    finished_at: datetime | None = None
    left_at: datetime | None = None
    priority: str = ""
    counter: str = ""
    people_ahead: int | None = None
    counters_open: int | None = None

    @property
    def wait_minutes(self) -> float | None:
        """Minutes from issue to call; None for a ticket that was never called."""
        if self.called_at is None:
            return None
        return (self.called_at - self.issued_at).total_seconds() / 60


def happenings_of(history: Iterable[PastTicket]) -> list[Happening]:
    """Everything that happened to these tickets, in the order in which it can be known.

    Within one moment counters finish, people leave, people are called, and then tickets are issued, except that a
    ticket is issued before anything else happens to it; otherwise the history's own order holds.
    """
    keyed: list[tuple[datetime, int, int, Happening]] = []
    for place, ticket in enumerate(history):
        issued = ticket.issued_at
        ask = Ask(issued, ticket.service, ticket.priority, ticket.people_ahead, ticket.counters_open)
        keyed.append(
            (issued, HappeningKind.ISSUED, place, Happening(issued, HappeningKind.ISSUED, ticket.id, ask))
        )
        keyed.extend(
            (at, _rank(kind, at, issued), place, Happening(at, kind, ticket.id, counter=ticket.counter))
            for kind, at in _ends_of(ticket)
        )
    keyed.sort(key=lambda key: key[:3])
    return [happening for *_, happening in keyed]


def _ends_of(ticket: PastTicket) -> Iterable[tuple[HappeningKind, datetime]]:
    if ticket.called_at is None:
        if ticket.left_at is not None:
            yield HappeningKind.LEFT, ticket.left_at
        return
    yield HappeningKind.CALLED, ticket.called_at
    if ticket.finished_at is not None:
        yield HappeningKind.FINISHED, ticket.finished_at


def _rank(kind: HappeningKind, at: datetime, issued: datetime) -> int:
    """The order within a moment: what befalls a ticket in the moment of its issue comes after all issues."""
    if at > issued:
        return kind
    return HappeningKind.ISSUED + (2 if kind is HappeningKind.FINISHED else 1)
