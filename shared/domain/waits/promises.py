"""Ranges that were promised and not yet settled, and what the calibration learns when they are.

That an upper end is broken is known the moment it passes, long before the customer is called; a calibration that
waited for the call would learn of a bad day when the day is over. The exact range and the round one that people are
told are settled apart: rounding outward makes a range hold more often than it says, unless what is told is itself
what is calibrated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush

from shared.domain.waits.conformal import AdaptiveRange, Aim
from shared.domain.waits.happening import QuoteRange, WaitRange
from shared.domain.waits.quote_range import quote_range, rounded


@dataclass(slots=True)
class _Promise:
    issued: float
    minutes: float
    grain: float
    ends: dict[Aim, tuple[float, float]]
    late: set[Aim] = field(default_factory=set)


class Promises:
    """Gives each forecast its range and settles it. Moments are minutes (`minute_of`).

    `tells` keeps the round range as well; a predictor that is only to be compared has no need of it.
    """

    def __init__(self, ranges: AdaptiveRange | None = None, *, tells: bool = True) -> None:
        self.ranges = ranges or AdaptiveRange()
        self._tells = tells
        self._open: dict[str, _Promise] = {}
        self._ends: list[tuple[float, str, Aim]] = []

    def range_of(self, minutes: float, grain: float) -> WaitRange:
        """The range for a forecast of these minutes."""
        exact = self.ranges.around(minutes, grain)
        if not self._tells:
            return exact
        return _with_told(exact, quote_range(self.ranges.around(minutes, grain, Aim.TOLD)))

    def promise(self, ticket: str, at: float, minutes: float, grain: float) -> WaitRange:
        """The same, kept in mind for this ticket."""
        said = self.ranges.around(minutes, grain)
        ends = {Aim.EXACT: (said.low, said.high)}
        if self._tells:
            wide = self.ranges.around(minutes, grain, Aim.TOLD)
            said = _with_told(said, quote_range(wide))
            # Also where nothing is told yet: so that the first range told is a calibrated one.
            told = rounded(wide.low, wide.high)
            ends[Aim.TOLD] = float(told.low_minutes), float(told.high_minutes)
        self._open[ticket] = _Promise(at, minutes, grain, ends)
        for aim, (_low, high) in ends.items():
            heappush(self._ends, (at + high, ticket, aim))
        return said

    def pass_time(self, at: float) -> None:
        """Settles the upper ends that have passed by now."""
        while self._ends and self._ends[0][0] < at:
            _, ticket, aim = heappop(self._ends)
            promise = self._open.get(ticket)
            if promise is not None and aim not in promise.late:
                promise.late.add(aim)
                self.ranges.saw_late(promise.minutes, late=True, aim=aim)

    def settle(self, ticket: str, at: float) -> None:
        """The customer is called now. Tickets without a promise are ignored."""
        promise = self._open.pop(ticket, None)
        if promise is None:
            return
        wait = at - promise.issued
        for aim, (low, high) in promise.ends.items():
            if aim not in promise.late:
                self.ranges.saw_late(promise.minutes, late=wait > high, aim=aim)
            self.ranges.saw_early(promise.minutes, early=wait < low, aim=aim)
        self.ranges.learn(promise.minutes, wait, promise.grain)

    def drop(self, ticket: str) -> None:
        """The ticket will never be called."""
        self._open.pop(ticket, None)

    def drop_before(self, moment: float) -> None:
        """Drops all tickets issued before this moment."""
        self._open = {ticket: promise for ticket, promise in self._open.items() if promise.issued >= moment}
        self._ends = [end for end in self._ends if end[1] in self._open]
        self._ends.sort()


def _with_told(said: WaitRange, told: QuoteRange | None) -> WaitRange:
    return WaitRange(said.minutes, said.low, said.high, said.measured, told)
