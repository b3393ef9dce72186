"""The queue as numbers: the classic readings of a wait, all in minutes.

Sources: Ibrahim and Whitt (2009) for the last to enter service and the head of the line; Thiongane,
Chan and L'Ecuyer (2016) for the mean of recent waits that found the same number ahead.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from shared.domain.waits.happening import Ask
from shared.domain.waits.line import Line, hour_of
from shared.domain.waits.pace import MIDDLE

CLASSIC: Final = (
    "people_x_mean",
    "people_by_counters",
    "people_by_recent_rate",
    "people_by_historic_rate",
    "les",
    "avgc_les",
    "head_of_line",
    "mean_15_minutes",
    "hour_service_mean",
)
"""The names of the classic predictors."""

AVGC_KEPT: Final = 10
"""How many waits with the same number ahead AvgC-LES takes its mean of."""

HALF_A_CALL: Final = 0.5
"""The call in progress is on average half done when somebody arrives."""


class Staff(NamedTuple):
    """Counters at work lately in the whole hall, and those of them that are free at this moment."""

    at_work: int
    free: int


class Moment(NamedTuple):
    """A question, put to one service's line within its hall, `ahead` people being ahead."""

    at: float
    ahead: int
    line: Line
    hall: Line
    ask: Ask
    staff: Staff


def simple_readings(moment: Moment) -> dict[str, float]:
    """The two that need least: people ahead times the mean gap, and the wait of the last to enter service."""
    line, ahead = moment.line, moment.ahead
    people_x_mean = ahead / line.pace.mean_rate()
    les = _first(line.last_wait.minutes if line.last_wait else None, _hour_mean(moment, people_x_mean))
    return {"people_x_mean": people_x_mean, "les": les}


def _hour_mean(moment: Moment, otherwise: float) -> float:
    hour = moment.line.by_hour.get(hour_of(moment.at))
    return _first((hour.value() if hour else None), moment.line.waits.value(), otherwise)


def classic_readings(moment: Moment) -> dict[str, float]:
    """What each classic predictor says, in minutes. One that has nothing to go by says what a simpler one says."""
    line, at, ahead = moment.line, moment.at, moment.ahead
    people_x_mean, les = simple_readings(moment).values()
    hour_mean = _hour_mean(moment, people_x_mean)
    head = line.head_of_line()
    return {
        "people_x_mean": people_x_mean,
        "people_by_counters": _by_counters(moment, 1 / line.pace.mean_rate()),
        "people_by_recent_rate": line.pace.minutes_for(ahead + HALF_A_CALL, at, line.pace.today(MIDDLE)),
        "people_by_historic_rate": historic_minutes(moment),
        "les": les,
        "avgc_les": _first(line.same_place_mean(ahead, AVGC_KEPT), les),
        "head_of_line": at - line.waiting[head] if head is not None else les,
        "mean_15_minutes": _first(line.mean_of_last_minutes(at, 15), les),
        "hour_service_mean": hour_mean,
    }


def historic_minutes(moment: Moment) -> float:
    """Minutes until those ahead are called at the usual pace of the hours to come."""
    return moment.line.pace.minutes_for(moment.ahead + HALF_A_CALL, moment.at)


def _by_counters(moment: Moment, gap: float) -> float:
    """Queue times (service + gap), divided by the counters open now."""
    line, counters = moment.line, moment.ask.counters_open or moment.line.counters_open
    minutes, calls, _ = line.work
    if not counters or not calls:
        return moment.ahead * gap
    return moment.ahead * minutes / calls / counters


def _first(*values: float | None) -> float:
    return next(value for value in values if value is not None)
