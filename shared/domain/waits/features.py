"""The queue as numbers: the features from which the learner corrects the plain estimate of a wait."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import median
from typing import Final, NamedTuple

from shared.domain.waits.happening import MINUTES_A_DAY
from shared.domain.waits.line import Line, hour_of
from shared.domain.waits.pace import MIDDLE, QUICK, SLOW
from shared.domain.waits.readings import HALF_A_CALL, Moment

_WIDEST: Final = 3.0
"""Ratios are cut at e to this power: what lies beyond is an accident."""

_LONG_DAY: Final = 480.0
"""Minutes that a day is taken to last while no usual end is known."""


class Plain(NamedTuple):
    """The plain estimate of a wait in minutes, `base`, and the readings that it is the middle of."""

    base: float
    quick: float
    middle: float
    same_place: float | None


def plain_estimate(moment: Moment) -> Plain:
    """What the queue's pace today and earlier waits at the same place say together."""
    at, pace, ahead = moment.at, moment.line.pace, moment.ahead
    quick = pace.minutes_for(ahead + HALF_A_CALL, at, pace.today(QUICK))
    middle = pace.minutes_for(ahead + HALF_A_CALL, at, pace.today(MIDDLE))
    same_place = moment.line.near_place_mean(ahead, 20)
    base = median((quick, middle, same_place)) if same_place is not None else (quick + middle) / 2
    return Plain(base, quick, middle, same_place)


def features_of(
    moment: Moment, plain: Plain, estimates: Mapping[str, float], grain: float
) -> tuple[float, ...]:
    """What may correct the plain estimate of a moment.

    `estimates` are the plain estimates of the tickets that wait, by ticket: somebody who has waited longer than was
    estimated tells that today is slower. Every reading is told as the logarithm of its ratio to the plain estimate,
    so that what is learned from short queues holds for long ones; `grain` minutes are added to both, so that
    seconds do not count.
    """
    base, line = plain.base, moment.line
    scale = math.log(base + grain)
    return (
        *_ratios(moment, grain, scale, (plain.quick, plain.middle, plain.same_place)),
        *_deviations(line, moment.hall),
        *_progress(line, estimates, moment.at, grain),
        *_circumstances(moment, base, scale, grain),
        *_counters(moment, base),
    )


def _ratios(moment: Moment, grain: float, scale: float, own: tuple[float | None, ...]) -> list[float]:
    """Readings in minutes, as cut logarithms of their ratio to the plain estimate; 0 for one that is missing."""
    at, ahead, line, hall = moment.at, moment.ahead, moment.line, moment.hall
    head = line.head_of_line()
    lately = line.minutes_per_calls(4)
    people = moment.ask.people_ahead
    everybody = len(hall.waiting)
    readings = (
        *own,
        line.last_wait.minutes if line.last_wait else None,
        at - line.waiting[head] if head is not None else None,
        hour_mean(moment),
        line.waits.value(),
        line.mean_of_last_minutes(at, 15),
        line.pace.minutes_for(ahead + HALF_A_CALL, at),
        line.pace.minutes_for(ahead + HALF_A_CALL, at, line.pace.today(SLOW)),
        minutes_by_calls(moment),
        None if lately is None else lately * (ahead + HALF_A_CALL),
        line.near_place_mean(ahead, 5),
        line.near_place_mean(ahead, 50),
        line.similar_waits_mean(at, ahead),
        hall.pace.minutes_for(everybody + HALF_A_CALL, at, hall.pace.today(MIDDLE)),
        hall.similar_waits_mean(at, everybody),
        hall.near_place_mean(everybody, 20),
        minutes_by_counters(moment),
        None if people is None else (min(people, 3 * ahead + 10) + HALF_A_CALL) / line.pace.mean_rate(),
    )
    return [_ratio(reading, grain, scale) for reading in readings]


def hour_mean(moment: Moment) -> float | None:
    """Mean wait of those who took a ticket of this line at this hour of the day; None if nobody did."""
    hour = moment.line.by_hour.get(hour_of(moment.at))
    return hour.value() if hour else None


def minutes_by_calls(moment: Moment) -> float | None:
    """Minutes until those ahead are called, by the last as many calls of today; None before the first."""
    per_call = moment.line.minutes_per_calls(moment.ahead)
    return None if per_call is None else per_call * (moment.ahead + HALF_A_CALL)


def minutes_by_counters(moment: Moment) -> float | None:
    """Minutes until those ahead are called as fast as usual with so many counters; None if these are not known."""
    counters = moment.line.counters_open
    return None if counters is None else (moment.ahead + HALF_A_CALL) / moment.line.rate_with(counters)


def _ratio(reading: float | None, grain: float, scale: float) -> float:
    if reading is None:
        return 0.0
    return _cut(math.log(max(reading, 0.0) + grain) - scale)


def _cut(value: float) -> float:
    return value if abs(value) <= _WIDEST else math.copysign(_WIDEST, value)


def _deviations(line: Line, hall: Line) -> list[float]:
    """How much faster than usual today goes, and how wrong today's plain estimates were."""
    today = [math.log(side.pace.today(memory)) for side in (line, hall) for memory in (QUICK, MIDDLE, SLOW)]
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


def _counters(moment: Moment, base: float) -> list[float]:
    """Counters now against lately and usually, and how many of them usually come or go while somebody would wait."""
    at, found = moment.at, []
    for line in (moment.line, moment.hall):
        now, counters = line.counters_open, line.counters
        usual, lately = counters.expected(at), counters.lately()
        found += [_more(now, lately), _more(now, usual), math.log(counters.against_usual())]
        found += [_more(counters.expected(at, minutes), usual) for minutes in (base, 30.0, 60.0)]
    return found


def _more(counters: float | None, than: float | None) -> float:
    """By how much more there are, as a logarithm; 0 if either is unknown."""
    return 0.0 if counters is None or than is None else math.log((counters + 0.5) / (than + 0.5))
