"""Forecasts counted by predictor in all, by hall, by day, by size of the forecast and by people ahead."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date
from typing import Final

from shared.domain.waits.replay import OURS, Forecast
from shared.domain.waits.score import Tally
from shared.words import Words

SIZE_EDGES: Final = (0, 2, 5, 10, 20, 40, 60)
"""Minutes at which a size of forecast begins."""

AHEAD_EDGES: Final = (0, 1, 2, 4, 8, 16, 32)
"""People at which a length of queue begins."""

ByPredictor = dict[str, Tally]


class Tallies:
    """All counts of one backtest."""

    def __init__(self) -> None:
        self.overall: ByPredictor = defaultdict(Tally)
        self.halls: dict[str, ByPredictor] = defaultdict(lambda: defaultdict(Tally))
        self.ahead: dict[int, ByPredictor] = defaultdict(lambda: defaultdict(Tally))
        self.sizes: dict[int, Tally] = defaultdict(Tally)
        self.days: dict[date, Tally] = defaultdict(Tally)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was scored."""
        return not self.overall

    def add(self, forecast: Forecast) -> None:
        """Count one forecast; a ticket that was never called has no wait to be compared with."""
        wait = forecast.wait_minutes
        if wait is None:
            return
        length = AHEAD_EDGES[bisect_right(AHEAD_EDGES, forecast.ahead) - 1]
        for name, said in forecast.said.items():
            for tallies in (self.overall, self.halls[forecast.ticket.hall], self.ahead[length]):
                tallies[name].add(said, wait)
        ours = forecast.said[OURS]
        self.sizes[SIZE_EDGES[bisect_right(SIZE_EDGES, ours.minutes) - 1]].add(ours, wait)
        self.days[forecast.ticket.issued_at.date()].add(ours, wait)


def size_text(place: int, words: Words) -> str:
    """How the size class at this place of `SIZE_EDGES` is called."""
    low = SIZE_EDGES[place]
    if place + 1 == len(SIZE_EDGES):
        return words.say("backtest-size-from", low=low)
    return words.say("backtest-size-between", low=low, high=SIZE_EDGES[place + 1])
