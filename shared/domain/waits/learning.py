"""The nightly lesson: a fresh forecaster lives through the hall's past days and learns from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from shared.domain.waits.correction import MOST_EXAMPLES
from shared.domain.waits.forecaster import HallForecaster
from shared.domain.waits.happening import Happening
from shared.domain.waits.history import PastTicket, happenings_of

_FIRST_LESSON: Final = 300
_GROWTH: Final = 2.2
"""While catching up it learns anew when it knows so much more than the last time, and once at the end."""


def learn_from(
    history: Sequence[PastTicket], forecaster: HallForecaster, most_lessons: int = MOST_EXAMPLES
) -> HallForecaster:
    """Teaches a fresh forecaster one hall's closed days, thinned to about `most_lessons` tickets; returns it."""
    return learn_from_happenings(happenings_of(history), len(history), forecaster, most_lessons)


def learn_from_happenings(
    happenings: Iterable[Happening],
    tickets: int,
    forecaster: HallForecaster,
    most_lessons: int = MOST_EXAMPLES,
) -> HallForecaster:
    """The same from happenings in their order, which are about so many tickets.

    Ranges are calibrated on forecasts made before their tickets' fate was known, as on the day itself. 84,000 tickets
    take seconds; do it at night, in a thread of its own.
    """
    forecaster.remember_every = max(1, round(tickets / most_lessons))
    today: date | None = None
    next_lesson = float(_FIRST_LESSON)
    for happening in happenings:
        day = happening.at.date()
        if today is not None and day > today and forecaster.lessons >= next_lesson:
            forecaster.learn()
            next_lesson = forecaster.lessons * _GROWTH
        today = day
        forecaster.observe(happening)
    forecaster.learn()
    forecaster.remember_every = 1
    return forecaster
