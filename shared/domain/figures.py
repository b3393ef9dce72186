"""What a clerk sees of the day's own work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from shared.domain.event import EventKind
from shared.domain.rating import Satisfaction, satisfaction
from shared.domain.ticket import Ticket, TicketState


@dataclass(frozen=True, slots=True)
class CounterFigures:
    """A counter's day: customers served, no-shows, mean service time, services that kept to the limit, ratings."""

    served: int
    no_shows: int
    mean_service: timedelta | None
    within_limit: int
    satisfaction: Satisfaction


def counter_figures(endings: Iterable[tuple[EventKind, Ticket]], limit: timedelta) -> CounterFigures:
    """The figures of a counter from the finishes and no-shows at it; what was undone since does not count."""
    spans: dict[str, timedelta] = {}
    missed: set[str] = set()
    ratings: dict[str, int | None] = {}
    for kind, ticket in endings:
        if kind is EventKind.FINISHED and ticket.state is TicketState.FINISHED:
            spans[ticket.number] = _service_time(ticket)
            ratings[ticket.number] = ticket.rating
        elif kind is EventKind.NO_SHOW and ticket.state is TicketState.NO_SHOW:
            missed.add(ticket.number)
    mean = sum(spans.values(), timedelta()) / len(spans) if spans else None
    within_limit = sum(1 for span in spans.values() if span <= limit)
    return CounterFigures(len(spans), len(missed), mean, within_limit, satisfaction(ratings.values()))


def _service_time(ticket: Ticket) -> timedelta:
    if ticket.started_at is None or ticket.finished_at is None:
        raise ValueError(f"{ticket.id} is finished but says not when")
    # A clock that was set back meanwhile: the service took its time, but nobody knows how much.
    return max(ticket.finished_at - ticket.started_at, timedelta())
