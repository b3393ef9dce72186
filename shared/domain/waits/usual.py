"""Draws a long forecast towards what changes little from day to day.

A wait of an hour ends under other circumstances than today's, and the customers of a morning share that morning's
luck: what is learned from a handful of days leans too far on how today began. The usual pace of the coming hours and
the mean of the last waits that found as many ahead know little of today and err in other ways; the mean is nearer.
"""

from __future__ import annotations

import math
from typing import Final

from shared.domain.waits.readings import Moment, historic_minutes

_FAR_MINUTES: Final = 60.0
"""From here on the weights count in full, below in proportion."""

_WIDEST_PULL: Final = 0.5
"""As a logarithm: a reading that is further off than this is believed no more than that."""

_USUAL_PACE: Final = 0.3
_SAME_PLACE: Final = 0.3
"""Weights, the same for every hall."""

_WAITS_KEPT: Final = 50


def drawn_to_usual(minutes: float, moment: Moment, grain: float) -> float:
    """The forecast of `minutes`, drawn to the moment's steady readings. `grain` is the hall's, in minutes."""
    size = minutes + grain
    pull = _USUAL_PACE * _pull(historic_minutes(moment), size, grain)
    same_place = moment.line.near_place_mean(moment.ahead, _WAITS_KEPT)
    if same_place is not None:
        pull += _SAME_PLACE * _pull(same_place, size, grain)
    return max(0.0, size * math.exp(min(size / _FAR_MINUTES, 1.0) * pull) - grain)


def _pull(reading: float, size: float, grain: float) -> float:
    ratio = math.log((max(reading, 0.0) + grain) / size)
    return min(max(ratio, -_WIDEST_PULL), _WIDEST_PULL)
