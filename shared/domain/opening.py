"""Opening hours: whether a hall is open at a moment, until when, and when it opens next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shared.domain.plan import HallPlan

_MIDNIGHT = time(0)
_DAY = timedelta(days=1)

SEARCH_DAYS = 60
"""How far ahead the next opening is looked for; a hall closed for longer has none to promise."""


@dataclass(frozen=True, slots=True)
class OpenSpan:
    """One span in which a hall is open, in UTC; `closes` is the first closed moment."""

    opens: datetime
    closes: datetime

    def contains(self, moment: datetime) -> bool:
        """Whether the hall is open at this moment."""
        return self.opens <= moment < self.closes


@dataclass(frozen=True, slots=True)
class WeekHours:
    """The same hours on several weekdays (0 = Monday), as a sign at the door lists them."""

    weekdays: tuple[int, ...]
    spans: tuple[tuple[time, time], ...]


def always_open(plan: HallPlan) -> bool:
    """Whether the hall has no hours of its own: then it never closes, but for the days it is closed on."""
    return not plan.openings


def open_span(plan: HallPlan, now: datetime) -> OpenSpan | None:
    """The span of opening hours that holds this aware moment; None when the hall is closed."""
    local = now.astimezone(ZoneInfo(plan.timezone))
    for day in (local.date() - _DAY, local.date()):
        for span in _spans_of(plan, day):
            if span.contains(now):
                return span
    return None


def is_open(plan: HallPlan, now: datetime) -> bool:
    """Whether tickets are given out at this aware moment."""
    return open_span(plan, now) is not None


def next_opening(plan: HallPlan, now: datetime) -> OpenSpan | None:
    """The first span that begins after this aware moment; None when there is none within `SEARCH_DAYS`."""
    today = now.astimezone(ZoneInfo(plan.timezone)).date()
    for ahead in range(SEARCH_DAYS + 1):
        for span in _spans_of(plan, today + ahead * _DAY):
            if span.opens > now:
                return span
    return None


def week_hours(plan: HallPlan) -> tuple[WeekHours, ...]:
    """The hours of the week: neighbours with the same hours taken together, days without any left out."""
    found: list[WeekHours] = []
    for weekday in range(7):
        spans = tuple(sorted((each.opens, each.closes) for each in plan.openings if each.weekday == weekday))
        if not spans:
            continue
        if found and found[-1].spans == spans and found[-1].weekdays[-1] == weekday - 1:
            found[-1] = WeekHours((*found[-1].weekdays, weekday), spans)
        else:
            found.append(WeekHours((weekday,), spans))
    return tuple(found)


def _spans_of(plan: HallPlan, day: date) -> Iterator[OpenSpan]:
    """The spans that begin on a local date, earliest first; an end not after its start is on the next day."""
    if day in plan.closed_on:
        return
    if always_open(plan):
        yield _span(plan, day, _MIDNIGHT, _MIDNIGHT)
        return
    for each in sorted(plan.openings, key=lambda opening: opening.opens):
        if each.weekday == day.weekday():
            yield _span(plan, day, each.opens, each.closes)


def _span(plan: HallPlan, day: date, opens: time, closes: time) -> OpenSpan:
    zone = ZoneInfo(plan.timezone)
    last_day = day + _DAY if closes <= opens else day
    # In UTC: two local times of one zone are compared by the wall clock, wrong on the day it is put back.
    return OpenSpan(
        datetime.combine(day, opens, zone).astimezone(UTC),
        datetime.combine(last_day, closes, zone).astimezone(UTC),
    )
