"""Quotes for tests of what shows them."""

from __future__ import annotations

import math

from shared.domain.quote import Quote


def quoted(people_ahead: int, minutes: int | None) -> Quote:
    """A quote of about these minutes, with a plausible range; without minutes, of people ahead only."""
    if minutes is None:
        return Quote(people_ahead)
    return Quote(people_ahead, minutes, math.floor(minutes * 0.7), max(1, math.ceil(minutes * 1.4)))
