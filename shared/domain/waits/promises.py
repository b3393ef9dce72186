"""Ranges that were promised and not yet settled, and what the calibration learns when they are.

That an upper end is broken is known the moment it passes, long before the customer is called; a calibration that
waited for the call would learn of a bad day when the day is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush

from shared.domain.waits.conformal import AdaptiveRange
from shared.domain.waits.happening import WaitRange


@dataclass(slots=True)
class _Promise:
    issued: float
    minutes: float
    low: float
    high: float
    grain: float
    known_late: bool = False


class Promises:
    """Gives each forecast its range and settles it. Moments are minutes (`minute_of`)."""

    def __init__(self, ranges: AdaptiveRange | None = None) -> None:
        self.ranges = ranges or AdaptiveRange()
        self._open: dict[str, _Promise] = {}
        self._ends: list[tuple[float, str]] = []

    def range_of(self, minutes: float, grain: float) -> WaitRange:
        """The range for a forecast of these minutes."""
        return self.ranges.around(minutes, grain)

    def promise(self, ticket: str, at: float, minutes: float, grain: float) -> WaitRange:
        """The same, kept in mind for this ticket."""
        told = self.range_of(minutes, grain)
        self._open[ticket] = _Promise(at, minutes, told.low, told.high, grain)
        heappush(self._ends, (at + told.high, ticket))
        return told

    def pass_time(self, at: float) -> None:
        """Settles the upper ends that have passed by now."""
        while self._ends and self._ends[0][0] < at:
            _, ticket = heappop(self._ends)
            promise = self._open.get(ticket)
            if promise is not None and not promise.known_late:
                promise.known_late = True
                self.ranges.saw_late(promise.minutes, late=True)

    def settle(self, ticket: str, at: float) -> None:
        """The customer is called now. Tickets without a promise are ignored."""
        promise = self._open.pop(ticket, None)
        if promise is None:
            return
        wait = at - promise.issued
        if not promise.known_late:
            self.ranges.saw_late(promise.minutes, late=wait > promise.high)
        self.ranges.saw_early(promise.minutes, early=wait < promise.low)
        self.ranges.learn(promise.minutes, wait, promise.grain)

    def drop(self, ticket: str) -> None:
        """The ticket will never be called."""
        self._open.pop(ticket, None)

    def drop_before(self, moment: float) -> None:
        """Drops all tickets issued before this moment."""
        self._open = {ticket: promise for ticket, promise in self._open.items() if promise.issued >= moment}
        self._ends = [end for end in self._ends if end[1] in self._open]
        self._ends.sort()
