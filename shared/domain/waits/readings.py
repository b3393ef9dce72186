"""The queue as numbers: the classic readings of a wait, and the features from which the learner corrects them.

Readings, all in minutes: Ibrahim and Whitt (2009) for the last to enter service and the head of the line; Thiongane,
Chan and L'Ecuyer (2016) for the mean of recent waits that found the same number ahead.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from shared.domain.waits.happening import MINUTES_A_DAY, Ask
from shared.domain.waits.line import Line, hour_of

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

_QUICK, _MIDDLE, _SLOW = 0, 1, 2
_WIDEST: Final = 3.0
"""Ratios are cut at e to this power: what lies beyond is an accident."""

_LONG_DAY: Final = 480.0
"""Minutes that a day is taken to last while no usual end is known."""

_HALF: Final = 0.5
"""The call in progress is on average half done when somebody arrives."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Counters at work lately in the whole hall, and those of them that are free at this moment."""

    at_work: int
    free: int


@dataclass(frozen=True, slots=True)
class Moment:
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
        "people_by_recent_rate": line.pace.minutes_for(ahead + _HALF, at, line.pace.today(_MIDDLE)),
        "people_by_historic_rate": historic_minutes(moment),
        "les": les,
        "avgc_les": _first(line.same_place_mean(ahead, AVGC_KEPT), les),
        "head_of_line": at - line.waiting[head] if head is not None else les,
        "mean_15_minutes": _first(line.mean_of_last_minutes(at, 15), les),
        "hour_service_mean": hour_mean,
    }


def historic_minutes(moment: Moment) -> float:
    """Minutes until those ahead are called at the usual pace of the hours to come."""
    return moment.line.pace.minutes_for(moment.ahead + _HALF, moment.at)


def _by_counters(moment: Moment, gap: float) -> float:
    """Queue times (service + gap), divided by the counters open now."""
    line, counters = moment.line, moment.ask.counters_open or moment.line.counters_open
    minutes, calls, _ = line.work
    if not counters or not calls:
        return moment.ahead * gap
    return moment.ahead * minutes / calls / counters


def _first(*values: float | None) -> float:
    return next(value for value in values if value is not None)


@dataclass(frozen=True, slots=True)
class Example:
    """A moment as the learner sees it: a plain estimate in minutes, and what may correct it."""

    base: float
    features: tuple[float, ...]


def example_of(moment: Moment, estimates: Mapping[str, float], grain: float) -> Example:
    """The plain estimate and the features of a moment.

    `estimates` are the plain estimates of the tickets that wait, by ticket: somebody who has waited longer than was
    estimated tells that today is slower. Every reading is told as the logarithm of its ratio to the plain estimate,
    so that what is learned from short queues holds for long ones; `grain` minutes are added to both, so that
    seconds do not count.
    """
    at, line, hall = moment.at, moment.line, moment.hall
    pace, ahead = line.pace, moment.ahead
    quick = pace.minutes_for(ahead + _HALF, at, pace.today(_QUICK))
    middle = pace.minutes_for(ahead + _HALF, at, pace.today(_MIDDLE))
    same_place = line.near_place_mean(ahead, 20)
    base = median((quick, middle, same_place)) if same_place is not None else (quick + middle) / 2
    scale = math.log(base + grain)
    features = (
        *_ratios(moment, grain, scale, (quick, middle, same_place)),
        *_deviations(line, hall),
        *_progress(line, estimates, at, grain),
        *_circumstances(moment, base, scale, grain),
    )
    return Example(base, features)


def _ratios(moment: Moment, grain: float, scale: float, own: tuple[float | None, ...]) -> list[float]:
    """Readings in minutes, as cut logarithms of their ratio to the plain estimate; 0 for one that is missing."""
    at, ahead, line, hall = moment.at, moment.ahead, moment.line, moment.hall
    hour = line.by_hour.get(hour_of(at))
    head = line.head_of_line()
    per_call = line.minutes_per_calls(ahead)
    lately = line.minutes_per_calls(4)
    people = moment.ask.people_ahead
    counters = line.counters_open
    everybody = len(hall.waiting)
    readings = (
        *own,
        line.last_wait.minutes if line.last_wait else None,
        at - line.waiting[head] if head is not None else None,
        hour.value() if hour else None,
        line.waits.value(),
        line.mean_of_last_minutes(at, 15),
        line.pace.minutes_for(ahead + _HALF, at),
        line.pace.minutes_for(ahead + _HALF, at, line.pace.today(_SLOW)),
        None if per_call is None else per_call * (ahead + _HALF),
        None if lately is None else lately * (ahead + _HALF),
        line.near_place_mean(ahead, 5),
        line.near_place_mean(ahead, 50),
        line.similar_waits_mean(at, ahead),
        hall.pace.minutes_for(everybody + _HALF, at, hall.pace.today(_MIDDLE)),
        hall.similar_waits_mean(at, everybody),
        hall.near_place_mean(everybody, 20),
        None if counters is None else (ahead + _HALF) / line.rate_with(counters),
        None if people is None else (min(people, 3 * ahead + 10) + _HALF) / line.pace.mean_rate(),
    )
    return [_ratio(reading, grain, scale) for reading in readings]


def _ratio(reading: float | None, grain: float, scale: float) -> float:
    if reading is None:
        return 0.0
    return _cut(math.log(max(reading, 0.0) + grain) - scale)


def _cut(value: float) -> float:
    return min(max(value, -_WIDEST), _WIDEST)


def _deviations(line: Line, hall: Line) -> list[float]:
    """How much faster than usual today goes, and how wrong today's plain estimates were."""
    today = [
        math.log(side.pace.today(memory)) for side in (line, hall) for memory in (_QUICK, _MIDDLE, _SLOW)
    ]
    return [
        *today,
        math.log(line.pace.whole_day()),
        math.log(hall.pace.whole_day()),
        line.feedback / (line.feedback_weight + 1.5),
        line.day_feedback.total / (line.day_feedback.count + 3),
        hall.feedback / (hall.feedback_weight + 3),
    ]


def _progress(line: Line, estimates: Mapping[str, float], at: float, grain: float) -> list[float]:
    """How long the first and the middle of the line have waited, against their plain estimates."""
    found = []
    for ticket in (line.head_of_line(), line.middle_of_line()):
        estimate = estimates.get(ticket) if ticket is not None else None
        if ticket is None or estimate is None:
            found.append(-_WIDEST)
        else:
            found.append(_cut(math.log((at - line.waiting[ticket] + grain) / (estimate + grain))))
    return found


def _usual_day(moment: Moment, base: float) -> list[float]:
    """Minutes until the line and the hall usually call first and last, and the latter against the plain estimate."""
    clock, found = moment.at % MINUTES_A_DAY, []
    for line in (moment.line, moment.hall):
        first, last = line.usual_hours or (clock, clock + _LONG_DAY)
        found += [max(first - clock, -1.0), last - clock, (last - clock) / (base + 1)]
    return found


def _circumstances(moment: Moment, base: float, scale: float, grain: float) -> list[float]:
    """Time, sizes and the customer's class."""
    at, ahead, line, hall = moment.at, moment.ahead, moment.line, moment.hall
    quarter = line.arrivals_since(at - 15)
    people = moment.ask.people_ahead
    priority = line.by_priority.get(moment.ask.priority)
    class_mean, mean = (priority.value() if priority else None), line.waits.value()
    counters = moment.line.counters_open
    return [
        *_usual_day(moment, base),
        scale,
        float(ahead),
        float(len(hall.waiting)),
        at % MINUTES_A_DAY,
        0.0 if line.first_issue is None else at - line.first_issue,
        line.pace.calls_today,
        _WIDEST if line.last_wait is None else min((at - line.last_wait.called) / (base + grain), 20.0),
        math.log((quarter + 1) / (ahead + 1)),
        math.log((quarter + 1) / (line.arrivals_since(at - 45) / 3 + 1)),
        math.log((ahead + 1) / (len(hall.waiting) + 1)),
        0.0 if people is None else _cut(math.log((people + 1) / (ahead + 1))),
        -1.0 if counters is None else float(counters),
        float(moment.staff.at_work),
        float(moment.staff.free),
        0.0 if counters is None else math.log(line.rate_with(counters) / line.pace.mean_rate()),
        _cut(math.log((class_mean + grain) / (mean + grain)))
        if class_mean is not None and mean is not None
        else 0.0,
    ]
