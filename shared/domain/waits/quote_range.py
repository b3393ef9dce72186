"""What people are told of a forecast: two round numbers of minutes, or nothing.

Rounding goes outward, to steps that grow with the wait: nobody can foresee whether it will be 47 or 49 minutes, and a
rounded promise must not be harder to keep than the measured one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from shared.domain.waits.happening import WaitRange

STEPS: Final = ((10, 1), (30, 2), (60, 5), (120, 10))
"""Up to so many minutes at the upper end, round to so many minutes."""

COARSEST_STEP: Final = 15
LONGEST_MINUTES: Final = 240
"""Beyond this a figure is worth nothing to a customer; the number of people ahead still is."""


@dataclass(frozen=True, slots=True)
class QuoteRange:
    """Whole minutes to tell. `low_minutes` 0 means "at once or up to", and is told as "within `high_minutes`"."""

    low_minutes: int
    high_minutes: int


def quote_range(forecast: WaitRange) -> QuoteRange | None:
    """The round range of a forecast; None for one that is not measured or too long: then tell people ahead only."""
    if not forecast.measured or forecast.high > LONGEST_MINUTES:
        return None
    step = _step(forecast.high)
    high = max(step, math.ceil(forecast.high / step) * step)
    low = min(math.floor(forecast.low / step) * step, high - step)
    return QuoteRange(low, high)


def _step(high: float) -> int:
    return next((step for up_to, step in STEPS if high <= up_to), COARSEST_STEP)
