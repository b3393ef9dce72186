"""The queue M/M/n+M (Erlang A): customers who come at random, n counters, and people who leave when it takes too long.

Formulas: S. Zeltyn, A. Mandelbaum: Call centers with impatient customers: many-server asymptotics of the M/M/n+G queue.
*Queueing Systems* 51, 2005, sections 2 and 4. Without leavers it becomes Erlang's delay formula (Erlang C).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_STEPS = 800
"""Even; Simpson's rule on so many pieces is right to six digits for the queues of a hall."""

_NEGLIGIBLE = 45.0
"""What is e^-45 of the largest value adds nothing."""

MOST_COUNTERS = 200


@dataclass(frozen=True, slots=True)
class ErlangA:
    """A queue in its steady state. Rates are per minute.

    `arrivals` is the rate of newcomers, `service` the rate at which one counter serves, `leaving` that at which one
    waiting customer gives up (0: nobody does).
    """

    arrivals: float
    service: float
    counters: int
    leaving: float = 0.0

    @property
    def stable(self) -> bool:
        """Whether the line does not grow for ever: leavers hold any line, counters alone only a lighter one."""
        return self.leaving > 0 or self.arrivals < self.counters * self.service

    def share_offered_more_than(self, minutes: float) -> float:
        """Share of newcomers who would have to wait longer than this, were they patient enough: P(V > t)."""
        if self.arrivals <= 0:
            return 0.0
        if not self.stable:
            return 1.0
        top = self._largest_exponent()
        whole, rest = self._integral(0.0, top), self._integral(max(0.0, minutes), top)
        share = self.arrivals * rest / (self._idle_weight() * math.exp(-top) + self.arrivals * whole)
        return min(1.0, share)

    @property
    def share_that_waits(self) -> float:
        """Share of newcomers who find no free counter."""
        return self.share_offered_more_than(0.0)

    @property
    def share_that_leaves(self) -> float:
        """Share of newcomers who give up before they are called: P(Ab)."""
        if self.leaving <= 0 or self.arrivals <= 0:
            return 0.0
        top = self._largest_exponent()
        whole, scale = self._integral(0.0, top), math.exp(-top)
        lost = scale + (self.arrivals - self.counters * self.service) * whole
        return lost / (self._idle_weight() * scale + self.arrivals * whole)

    def _idle_weight(self) -> float:
        """The states with a free counter, as a multiple of the last of them."""
        load, weight = self.arrivals / self.service, 1.0
        for busy in range(1, self.counters):
            weight = 1.0 + weight * busy / load
        return weight

    def _exponent(self, minutes: float) -> float:
        stayed = -math.expm1(-self.leaving * minutes) / self.leaving if self.leaving > 0 else minutes
        return self.arrivals * stayed - self.counters * self.service * minutes

    def _peak(self) -> float:
        """Where the exponent is largest: at once, or, in an overloaded queue, where leavers balance it."""
        overload = self.arrivals / (self.counters * self.service)
        return math.log(overload) / self.leaving if overload > 1 else 0.0

    def _largest_exponent(self) -> float:
        return self._exponent(self._peak())

    def _integral(self, start: float, top: float) -> float:
        """The integral of e^(exponent - top) from `start` on, by Simpson's rule up to where nothing is left."""
        end = max(start, self._peak()) + 1.0
        while self._exponent(end) > top - _NEGLIGIBLE:
            end = start + 2 * (end - start)
        step = (end - start) / _STEPS
        total = 0.0
        for index in range(_STEPS + 1):
            weight = 1 if index in (0, _STEPS) else 4 if index % 2 else 2
            total += weight * math.exp(self._exponent(start + index * step) - top)
        return total * step / 3


def counters_needed(
    arrivals: float, service: float, leaving: float, promises: dict[float, float], kept: float
) -> int:
    """The fewest counters at which a share `kept` of the customers is called within the promise.

    `MOST_COUNTERS` at most; `promises` are the customers' shares by promised minutes.
    """
    if arrivals <= 0:
        return 0
    for counters in range(1, MOST_COUNTERS):
        if share_kept(ErlangA(arrivals, service, counters, leaving), promises) >= kept:
            return counters
    return MOST_COUNTERS


def share_kept(queue: ErlangA, promises: dict[float, float]) -> float:
    """The share of customers called within their promise; `promises` are their shares by promised minutes."""
    return sum(share * (1 - queue.share_offered_more_than(minutes)) for minutes, share in promises.items())
