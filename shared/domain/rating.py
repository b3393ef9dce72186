"""A customer's rating (评价) of the service just finished: five levels, and what a day of them comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

LEVELS: Final = (1, 2, 3, 4, 5)
"""很不满意, 不满意, 一般, 满意, 很满意."""

NOT_RATED: Final = 0
"""Stands in a rating's place when the customer was asked and did not answer in time."""

SATISFIED_FROM: Final = 4
"""满意 and 很满意 count as satisfied; 一般 does not, so that the figure flatters nobody."""

RATE_WITHIN: Final = timedelta(seconds=10)
"""How long after the finish a vote is taken for that service: later the customer may be another."""

NOT_RATED_AFTER: Final = timedelta(seconds=20)
"""When the lack of a vote is recorded; between the two a vote is refused, and nothing is recorded yet."""


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """How many services were rated, how many of these well, and how many were not rated in time."""

    rated: int = 0
    satisfied: int = 0
    not_rated: int = 0

    @property
    def share(self) -> float | None:
        """The share of the satisfied among the rated, 0 to 1; None when nobody rated."""
        return self.satisfied / self.rated if self.rated else None


def satisfaction(ratings: Iterable[int | None]) -> Satisfaction:
    """What these ratings come to; a service of which nothing is known (None) does not count."""
    known = [rating for rating in ratings if rating is not None]
    rated = [level for level in known if level != NOT_RATED]
    satisfied = sum(1 for level in rated if level >= SATISFIED_FROM)
    return Satisfaction(len(rated), satisfied, len(known) - len(rated))


def require_level(level: int) -> int:
    """The level itself. ValueError when it is none of the five."""
    if level not in LEVELS:
        raise ValueError(f"a rating is one of the levels 1 to 5, not {level!r}")
    return level
