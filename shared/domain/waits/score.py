"""How good forecasts were: errors in minutes, and how often ranges were kept."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import median

from shared.domain.waits.happening import WaitRange


@dataclass(frozen=True, slots=True)
class Score:
    """Errors in minutes (forecast minus wait) and shares of 1.

    `coverage` is the share of waits within the range, `late` the share beyond its upper end, `width` the range's mean
    width in minutes.
    """

    n: int
    mae: float
    median_error: float
    rmse: float
    bias: float
    coverage: float
    late: float
    width: float


@dataclass(slots=True)
class Tally:
    """Collects forecasts and waits."""

    errors: list[float] = field(default_factory=list)
    kept: int = 0
    late: int = 0
    width: float = 0.0

    def add(self, said: WaitRange, wait: float) -> None:
        """One forecast and the wait that came."""
        self.errors.append(said.minutes - wait)
        self.kept += said.low <= wait <= said.high
        self.late += wait > said.high
        self.width += said.high - said.low

    def score(self) -> Score:
        """The score of all forecasts added.

        Raises:
            ValueError: none was added.
        """
        count = len(self.errors)
        if not count:
            raise ValueError("nothing to score: add a forecast first")
        return Score(
            n=count,
            mae=sum(map(abs, self.errors)) / count,
            median_error=median(map(abs, self.errors)),
            rmse=math.sqrt(sum(error * error for error in self.errors) / count),
            bias=sum(self.errors) / count,
            coverage=self.kept / count,
            late=self.late / count,
            width=self.width / count,
        )
