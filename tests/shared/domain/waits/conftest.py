"""Histories written as a few numbers: minutes after eight o'clock."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from shared.domain.waits.history import PastTicket

MONDAY = datetime(2026, 3, 2, 8)  # noqa: DTZ001


def moment(minutes: float, day: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, minutes=minutes)


@pytest.fixture
def at() -> Callable[..., datetime]:
    """`at(minutes, day=0)`: so many minutes after eight on that day."""
    return moment


@pytest.fixture
def past_ticket() -> Callable[..., PastTicket]:
    """`past_ticket(id, issued, called, day=0, **more)` in minutes after eight."""

    def make(ticket: str, issued: float, called: float | None, day: int = 0, **more: object) -> PastTicket:
        called_at = None if called is None else moment(called, day)
        fields = {"hall": "north", "service": "bills", **more}
        return PastTicket(id=ticket, issued_at=moment(issued, day), called_at=called_at, **fields)  # type: ignore[arg-type]

    return make


@pytest.fixture
def busy_week() -> list[PastTicket]:
    """Six days of a hall with two services, one clerk each, as a queue really moves; the same each time."""
    chance = random.Random(7)
    tickets: list[PastTicket] = []
    for day in range(6):
        for service, gap in (("bills", 4.0), ("plans", 9.0)):
            clock, free_at = 0.0, 0.0
            pace = chance.uniform(0.8, 1.25)
            while clock < 480:
                clock += chance.expovariate(1 / (gap * 1.05))
                called = max(clock, free_at)
                free_at = called + chance.uniform(0.5, 1.5) * gap * pace
                key = f"{day}-{service}-{len(tickets)}"
                tickets.append(
                    PastTicket(
                        key, "north", service, moment(clock, day), moment(called, day), counter=service
                    )
                )
    return sorted(tickets, key=lambda ticket: ticket.issued_at)
