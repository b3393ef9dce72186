"""What a customer is told about the wait: people ahead, and a range of minutes where there is reason for one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

RANGE_LOW = 0.7
RANGE_HIGH = 1.4
"""The printed range around the plain estimate. A convention, not a measured interval."""

RECENT = timedelta(hours=1)
"""Calls older than this say nothing about the pace of the hall now."""

LONGEST_QUOTE_MINUTES = 240
"""Beyond this a figure is worth nothing to a customer; the number of people ahead still is."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote (预计等候). `minutes` is None where there is no ground for a figure: then only people ahead is told."""

    people_ahead: int
    minutes: int | None

    @property
    def low_minutes(self) -> int | None:
        """The lower end of the range that is shown, in minutes."""
        return None if self.minutes is None else math.floor(self.minutes * RANGE_LOW)

    @property
    def high_minutes(self) -> int | None:
        """The upper end of the range that is shown, in minutes; never below one."""
        return None if self.minutes is None else max(1, math.ceil(self.minutes * RANGE_HIGH))


@dataclass(frozen=True, slots=True)
class QueueAhead:
    """What a predictor may look at when a ticket is about to join the queue.

    `typical_minutes` is the configured mean service time of the services involved, `counters_open` the open counters
    that offer any of those services (0 while none offers this one), and `recent_calls` the moments of the latest
    calls of the services involved, in any order.
    """

    service: str
    now: datetime
    people_ahead: int
    counters_open: int
    typical_minutes: float
    recent_calls: Sequence[datetime]


class WaitPredictor(Protocol):
    """Predicts the wait of the next ticket of a service."""

    def quote(self, queue: QueueAhead) -> Quote:
        """The quote for a ticket that joins this queue now."""
        ...


class RecentGapPredictor:
    """People ahead times the mean recent gap between calls of the services involved.

    Until there are enough calls, and they span a service, the gap is the configured service time divided by the
    counters open: when a hall opens, all counters call at once, and that says nothing about the calls after. With no
    counter open and no recent call there is no ground for a figure.
    """

    fewest_calls = 4

    def quote(self, queue: QueueAhead) -> Quote:
        """The quote for a ticket that joins this queue now."""
        gap = self._mean_gap_minutes(queue)
        if gap is None:
            return Quote(queue.people_ahead, None)
        minutes = math.ceil(queue.people_ahead * gap)
        return Quote(queue.people_ahead, minutes if minutes <= LONGEST_QUOTE_MINUTES else None)

    def _mean_gap_minutes(self, queue: QueueAhead) -> float | None:
        calls = sorted(moment for moment in queue.recent_calls if queue.now - RECENT <= moment <= queue.now)
        if len(calls) >= self.fewest_calls:
            span_minutes = (calls[-1] - calls[0]).total_seconds() / 60
            if span_minutes >= queue.typical_minutes:
                return span_minutes / (len(calls) - 1)
        if queue.counters_open > 0:
            return queue.typical_minutes / queue.counters_open
        return None
