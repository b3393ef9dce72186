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
from enum import IntEnum
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


class Aim(IntEnum):
    """What is calibrated: the exact range, or the round one that people are told, which holds more if left alone."""

    EXACT = 0
    TOLD = 1


class _Bin:
    """The recent errors of forecasts of about one size, oldest first and sorted."""

    def __init__(self) -> None:
        self.recent: deque[float] = deque()
        self.ranked: list[float] = []

    def add(self, error: float) -> None:
        self.recent.append(error)
        insort(self.ranked, error)
        if len(self.recent) > _KEPT_ERRORS:
            del self.ranked[bisect_left(self.ranked, self.recent.popleft())]


class _Shares:
    """The shares of errors that are asked to lie beyond each end: by size of the forecast, and over all."""

    def __init__(self) -> None:
        places = range(len(EDGES) + 1)
        self.above_of = [_missed_of(place) for place in places]
        self.below_of = [_missed_of(place) for place in places]
        self.above = 0.0
        self.below = 0.0

    def at(self, place: int) -> tuple[float, float]:
        """The shares below and above for forecasts of this size."""
        above = min(max(self.above_of[place] + self.above, _LEAST_SHARE), _MOST_SHARE_ABOVE)
        below = min(max(self.below_of[place] + self.below, _LEAST_SHARE), _MOST_SHARE_BELOW)
        return below, above

    def to_json(self) -> list[Any]:
        """The shares as JSON values."""
        return [self.above_of, self.below_of, self.above, self.below]

    @classmethod
    def from_json(cls, told: list[Any]) -> _Shares:
        shares = cls()
        shares.above_of, shares.below_of = list(told[0]), list(told[1])
        shares.above, shares.below = told[2], told[3]
        return shares


class AdaptiveRange:
    """Turns forecasts into ranges. Errors are `log((wait + grain) / (forecast + grain))`."""

    def __init__(self) -> None:
        self._bins = [_Bin() for _ in range(len(EDGES) + 1)]
        self._shares = [_Shares() for _ in Aim]
        self._near: dict[int, Sequence[float]] = {}
        """What `_errors_near` found since the last error was learned."""

    def around(self, minutes: float, grain: float, aim: Aim = Aim.EXACT) -> WaitRange:
        """The range around a forecast."""
        place = self._place(minutes)
        errors = self._near.get(place)
        if errors is None:
            errors = self._near[place] = self._errors_near(place)
        low, high = _UNKNOWN_LOW, _UNKNOWN_HIGH
        if errors:
            below, above = self._shares[aim].at(place)
            low, high = _quantile(errors, below), _quantile(errors, 1 - above)
        base = minutes + grain
        return WaitRange(
            minutes,
            low=max(0.0, base * math.exp(low) - grain),
            high=max(0.0, base * math.exp(high) - grain),
            measured=bool(errors),
        )

    def saw_late(self, minutes: float, *, late: bool, aim: Aim = Aim.EXACT) -> None:
        """The upper end of a range around this forecast was broken, or the customer was called before it."""
        step, place, shares = MISSED_EACH_SIDE - late, self._place(minutes), self._shares[aim]
        shares.above_of[place] = _hold(shares.above_of[place] + _step_of(place) * step, _MOST_SHARE_ABOVE)
        shares.above = min(max(shares.above + _STEP_HALL * step, -0.1), 0.1)

    def saw_early(self, minutes: float, *, early: bool, aim: Aim = Aim.EXACT) -> None:
        """The customer was called before the lower end of a range around this forecast, or not."""
        step, place, shares = MISSED_EACH_SIDE - early, self._place(minutes), self._shares[aim]
        shares.below_of[place] = _hold(shares.below_of[place] + _step_of(place) * step, _MOST_SHARE_BELOW)
        shares.below = min(max(shares.below + _STEP_HALL * step, -0.1), 0.3)

    def learn(self, minutes: float, wait: float, grain: float) -> None:
        """Keeps the error of a forecast whose wait is known now."""
        self._near.clear()
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
        return {
            "errors": [[round(error, 4) for error in kept.recent] for kept in self._bins],
            "shares": [shares.to_json() for shares in self._shares],
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> AdaptiveRange:
        """The range that told this by `to_json`."""
        ranges = cls()
        ranges._shares = [_Shares.from_json(shares) for shares in told["shares"]]
        for kept, errors in zip(ranges._bins, told["errors"], strict=True):
            kept.recent.extend(errors)
            kept.ranked = sorted(errors)
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
