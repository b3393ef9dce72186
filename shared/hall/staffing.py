"""How many counters the hall needs: asked of its past days, and of the people who wait now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from shared.domain.counter import CounterStatus
from shared.domain.staffing.half_hours import HalfHour, arrivals_a_minute, half_hours
from shared.domain.staffing.occupancy import ServiceTimes, occupancies
from shared.domain.staffing.what_if import Change, what_if
from shared.domain.ticket import Ticket
from shared.hall.hall import Hall

DAYS = 28
"""So many days back: four of each weekday."""

Progress = Callable[[float], None]


def staffing_table(
    hall: Hall, *, days: int = DAYS, weekday: int | None = None, progress: Progress | None = None
) -> tuple[HalfHour, ...]:
    """The usual half-hours of past days, of one weekday (0 is Monday) or of all. Empty in a hall without a past.

    Raises:
        StoreUnavailable: the store cannot answer now.
    """
    return half_hours(hall.plan, _past_days(hall, days, weekday, progress))


def counter_changes(
    hall: Hall,
    changes: Sequence[tuple[int, bool]] = (),
    *,
    days: int = DAYS,
    progress: Progress | None = None,
) -> tuple[Change, ...]:
    """What the counters named would do by opening (True) or taking nobody more (False); without any, every counter.

    Raises:
        Refused: `unknown_counter`.
        StoreUnavailable: the store cannot answer now.
    """
    picture = hall.snapshot()
    past = _past_days(hall, days, None, None)
    times = ServiceTimes(picture.plan, (one for tickets in past for one in occupancies(tickets)))
    asked = changes or [
        (line.plan.number, line.state.status is not CounterStatus.OPEN) for line in picture.counters
    ]
    arrivals = arrivals_a_minute(picture.plan, past, picture.at) if past else {}
    return what_if(picture, times, arrivals, asked, progress=progress)


def _past_days(
    hall: Hall, days: int, weekday: int | None, progress: Progress | None
) -> list[tuple[Ticket, ...]]:
    """The tickets of each day that had any, before the day that is open."""
    today = hall.snapshot().day
    found = []
    for back in range(days, 0, -1):
        day: date = today - timedelta(days=back)
        if weekday is None or day.weekday() == weekday:
            tickets = hall.tickets(day)
            if tickets:
                found.append(tickets)
        if progress is not None:
            progress((days - back + 1) / days)
    return found
