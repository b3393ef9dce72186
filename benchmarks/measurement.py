"""What a benchmark measures, and how many times."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Measurement:
    """One line of the table. `baseline` is what the same work needs without us, measured in the same run."""

    benchmark: str
    what: str
    value: float
    unit: str
    baseline: float | None = None

    @property
    def ratio(self) -> float | None:
        """The value by its baseline."""
        return None if not self.baseline else self.value / self.baseline


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is done: the full measurement, or a quick one that only proves that it runs.

    `past` is the number of past tickets of a long history, `halls` and `seconds` the size of a city's peak.
    """

    rounds: int
    commands: int
    taps: int
    presses: int
    processes: tuple[int, ...]
    past: int
    halls: int
    seconds: float


FULL = Effort(
    rounds=5, commands=800, taps=50, presses=500, processes=(1, 8), past=10_000_000, halls=200, seconds=60
)
QUICK = Effort(rounds=1, commands=8, taps=1, presses=2, processes=(1, 2), past=20, halls=2, seconds=1)


def percentile(values: list[float], share: int) -> float:
    """The value that `share` percent of the values do not exceed."""
    if share == 50 or len(values) < 2:
        return median(values)
    return quantiles(values, n=100, method="inclusive")[share - 1]
