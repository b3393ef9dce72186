"""What people are told of a forecast: two round numbers of minutes, or nothing.

Rounding goes outward, to steps that grow with the wait: nobody can foresee whether it will be 47 or 49 minutes, and a
rounded promise must not be harder to keep than the measured one.
"""

from __future__ import annotations

import math
from typing import Final

from shared.domain.waits.happening import QuoteRange, WaitRange

STEPS: Final = ((10, 1), (30, 2), (60, 5), (120, 10))
"""Up to so many minutes at the upper end, round to so many minutes."""

COARSEST_STEP: Final = 15
LONGEST_MINUTES: Final = 240
"""Beyond this a figure is worth nothing to a customer; the number of people ahead still is."""

WIDE_FROM_MINUTES: Final = 60
WIDEST: Final = 4
"""An upper end beyond an hour and more than so many times the lower one ("15 to 150 minutes") helps nobody."""


def quote_range(forecast: WaitRange) -> QuoteRange | None:
    """The round range of a forecast.

    None for one that is not measured, too long, or so wide that it says nothing: then tell people ahead only.
    """
    if not forecast.measured or forecast.high > LONGEST_MINUTES:
        return None
    told = rounded(forecast.low, forecast.high)
    wide = told.high_minutes > WIDE_FROM_MINUTES and told.high_minutes > WIDEST * told.low_minutes
    return None if wide else told


def rounded(low: float, high: float) -> QuoteRange:
    """A range of minutes, rounded outward."""
    step = _step(high)
    top = max(step, math.ceil(high / step) * step)
    return QuoteRange(min(math.floor(low / step) * step, top - step), top)


def _step(high: float) -> int:
    return next((step for up_to, step in STEPS if high <= up_to), COARSEST_STEP)
