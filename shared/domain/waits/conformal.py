"""Ranges that are kept as often as they say, by the hall's own recent errors (Gibbs and Candès 2021).

Errors are compared with recent errors of forecasts of about the same size. What is asked of them moves: after each
broken end the next range is a little wider on that side, after each kept one a little narrower, so that the share of
broken ends goes to its goal even when the hall changes.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import deque
from collections.abc import Sequence
from typing import Any, Final

from shared.domain.waits.happening import WaitRange

MISSED_EACH_SIDE: Final = 0.1
"""Share of waits above the upper end, and of waits below the lower end, that is aimed at."""

_KEPT_ERRORS: Final = 800
_FEWEST_ERRORS: Final = 25
_STEP: Final = 0.012
_STEP_FAR: Final = 0.0015
_FAR_PLACE: Final = 8
"""Forecasts above half an hour: they all fail together on a bad day and hold together on a good one, so that longer
steps would only swing from day to day."""

_MISSED_FAR: Final = 0.085
"""What is asked of them first: a few days' errors tell less of the worst of them than their number says."""

_STEP_HALL: Final = 0.006
_LEAST_SHARE: Final = 0.004
_MOST_SHARE_ABOVE: Final = 0.3
_MOST_SHARE_BELOW: Final = 0.45
_UNKNOWN_LOW: Final = -1.1
_UNKNOWN_HIGH: Final = 0.8
"""Ends as logarithms of a ratio while there are hardly any errors to go by: a third, and 2.2 times."""

EDGES: Final = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""Minutes that part small from large forecasts."""


class _Bin:
    """The recent errors of forecasts of about one size, oldest first and sorted, and the shares asked of them."""

    def __init__(self, missed: float) -> None:
        self.recent: deque[float] = deque()
        self.ranked: list[float] = []
        self.above = missed
        self.below = missed

    def add(self, error: float) -> None:
        self.recent.append(error)
        insort(self.ranked, error)
        if len(self.recent) > _KEPT_ERRORS:
            del self.ranked[bisect_left(self.ranked, self.recent.popleft())]


class AdaptiveRange:
    """Turns forecasts into ranges. Errors are `log((wait + grain) / (forecast + grain))`."""

    def __init__(self) -> None:
        self._bins = [_Bin(_missed_of(place)) for place in range(len(EDGES) + 1)]
        self._above = 0.0
        self._below = 0.0

    def around(self, minutes: float, grain: float) -> WaitRange:
        """The range around a forecast."""
        place = self._place(minutes)
        errors = self._errors_near(place)
        low, high = _UNKNOWN_LOW, _UNKNOWN_HIGH
        if errors:
            chosen = self._bins[place]
            above = min(max(chosen.above + self._above, _LEAST_SHARE), _MOST_SHARE_ABOVE)
            below = min(max(chosen.below + self._below, _LEAST_SHARE), _MOST_SHARE_BELOW)
            low, high = _quantile(errors, below), _quantile(errors, 1 - above)
        base = minutes + grain
        return WaitRange(
            minutes,
            low=max(0.0, base * math.exp(low) - grain),
            high=max(0.0, base * math.exp(high) - grain),
            measured=bool(errors),
        )

    def saw_late(self, minutes: float, *, late: bool) -> None:
        """The upper end of a range around this forecast was broken, or the customer was called before it."""
        step = MISSED_EACH_SIDE - late
        place = self._place(minutes)
        chosen = self._bins[place]
        chosen.above = _hold(chosen.above + _step_of(place) * step, _MOST_SHARE_ABOVE)
        self._above = min(max(self._above + _STEP_HALL * step, -0.1), 0.1)

    def saw_early(self, minutes: float, *, early: bool) -> None:
        """The customer was called before the lower end of a range around this forecast, or not."""
        step = MISSED_EACH_SIDE - early
        place = self._place(minutes)
        chosen = self._bins[place]
        chosen.below = _hold(chosen.below + _step_of(place) * step, _MOST_SHARE_BELOW)
        self._below = min(max(self._below + _STEP_HALL * step, -0.1), 0.3)

    def learn(self, minutes: float, wait: float, grain: float) -> None:
        """Keeps the error of a forecast whose wait is known now."""
        self._bins[self._place(minutes)].add(math.log((wait + grain) / (minutes + grain)))

    def _place(self, minutes: float) -> int:
        return bisect_left(EDGES, minutes)

    def _errors_near(self, place: int) -> Sequence[float]:
        """The errors of this size, with those of sizes beside it while they are too few; empty if they stay so."""
        ranked = self._bins[place].ranked
        for reach in range(1, len(self._bins)):
            if len(ranked) >= _FEWEST_ERRORS:
                return ranked
            beside = self._bins[max(0, place - reach) : place + reach + 1]
            ranked = sorted(error for chosen in beside for error in chosen.ranked)
        return ranked if len(ranked) >= _FEWEST_ERRORS else ()

    def to_json(self) -> dict[str, Any]:
        """The errors and shares as JSON values."""
        bins = [
            {"errors": [round(error, 4) for error in kept.recent], "above": kept.above, "below": kept.below}
            for kept in self._bins
        ]
        return {"above": self._above, "below": self._below, "bins": bins}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> AdaptiveRange:
        """The range that told this by `to_json`."""
        ranges = cls()
        ranges._above, ranges._below = told["above"], told["below"]
        for kept, known in zip(ranges._bins, told["bins"], strict=True):
            for error in known["errors"]:
                kept.add(error)
            kept.above, kept.below = known["above"], known["below"]
        return ranges


def _missed_of(place: int) -> float:
    return _MISSED_FAR if place >= _FAR_PLACE else MISSED_EACH_SIDE


def _step_of(place: int) -> float:
    return _STEP_FAR if place >= _FAR_PLACE else _STEP


def _hold(share: float, most: float) -> float:
    return min(max(share, -0.05), most)


def _quantile(ranked: Sequence[float], share: float) -> float:
    """The value with this share of the ranked values below it, between neighbours."""
    place = share * (len(ranked) - 1)
    below = int(place)
    if below + 1 >= len(ranked):
        return ranked[-1]
    return ranked[below] + (place - below) * (ranked[below + 1] - ranked[below])
