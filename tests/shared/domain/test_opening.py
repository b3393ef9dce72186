"""Opening hours hold in the hall's own time zone, over midnight and over a change of the clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from shared.domain.opening import is_open, next_opening, open_span, week_hours
from shared.domain.plan import HallPlan, Localized, Opening

MORNING = (time(8, 30), time(12, 0))
AFTERNOON = (time(13, 0), time(17, 30))
WORKDAYS = tuple(Opening(day, *span) for day in range(5) for span in (MORNING, AFTERNOON))
SATURDAY = (Opening(5, time(9, 0), time(16, 0)),)


def make_plan(openings: tuple[Opening, ...], timezone: str = "Asia/Shanghai") -> HallPlan:
    return HallPlan(
        id="hall",
        name=Localized("营业厅", "Hall"),
        timezone=timezone,
        rollover=time(4),
        services=(),
        priorities=(),
        counters=(),
        openings=openings,
    )


def at(text: str, zone: str = "Asia/Shanghai") -> datetime:
    """Monday is 2026-11-23."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


HALL = make_plan(WORKDAYS + SATURDAY)


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2026-11-23T08:29:59", False),
        ("2026-11-23T08:30:00", True),
        ("2026-11-23T11:59:59", True),
        ("2026-11-23T12:00:00", False),
        ("2026-11-23T13:00:00", True),
        ("2026-11-23T17:30:00", False),
        ("2026-11-28T15:59:00", True),
        ("2026-11-29T10:00:00", False),
    ],
)
def test_a_hall_is_open_from_its_first_to_before_its_last_minute(moment: str, opened: bool) -> None:
    assert is_open(HALL, at(moment)) is opened


def test_the_span_of_now_tells_until_when() -> None:
    span = open_span(HALL, at("2026-11-23T09:41:00"))
    assert span is not None
    assert span.closes == at("2026-11-23T12:00:00")


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23T12:10:00", "2026-11-23T13:00:00"),
        ("2026-11-23T18:00:00", "2026-11-24T08:30:00"),
        ("2026-11-28T16:00:00", "2026-11-30T08:30:00"),
    ],
)
def test_the_next_opening_may_be_the_same_day_or_after_a_sunday(now: str, opens: str) -> None:
    span = next_opening(HALL, at(now))
    assert span is not None
    assert span.opens == at(opens)


def test_a_closed_date_has_no_hours() -> None:
    holiday = replace(HALL, closed_on=(date(2026, 11, 23),))
    assert not is_open(holiday, at("2026-11-23T10:00:00"))
    span = next_opening(holiday, at("2026-11-23T10:00:00"))
    assert span is not None
    assert span.opens == at("2026-11-24T08:30:00")


def test_hours_can_run_past_midnight() -> None:
    night = make_plan((Opening(0, time(20, 0), time(2, 0)),))
    assert is_open(night, at("2026-11-24T01:59:00"))
    assert not is_open(night, at("2026-11-24T02:00:00"))
    assert not is_open(night, at("2026-11-23T01:00:00"))


def test_the_last_hour_is_not_lost_when_the_clocks_go_back() -> None:
    sunday = make_plan((Opening(6, time(1, 0), time(4, 0)),), "Europe/Warsaw")
    # 2026-10-25: at 03:00 summer time it is 02:00 again, so three hours on the wall last four.
    span = open_span(sunday, datetime(2026, 10, 25, 2, 30, tzinfo=UTC))
    assert span is not None
    assert (span.closes - span.opens).total_seconds() == 4 * 3600


def test_a_moment_in_any_time_zone_will_do() -> None:
    assert is_open(HALL, at("2026-11-23T09:00:00").astimezone(ZoneInfo("America/New_York")))


def test_a_hall_without_hours_never_closes_but_on_closed_dates() -> None:
    hall = make_plan(())
    assert is_open(hall, at("2026-11-23T03:00:00"))
    assert not is_open(replace(hall, closed_on=(date(2026, 11, 23),)), at("2026-11-23T03:00:00"))


def test_a_hall_that_is_always_shut_has_no_next_opening() -> None:
    shut = replace(make_plan((Opening(0, time(9), time(10)),)), closed_on=tuple(map(_day, range(90))))
    assert next_opening(shut, at("2026-11-23T08:00:00")) is None


def _day(number: int) -> date:
    return date.fromordinal(date(2026, 11, 23).toordinal() + number)


def test_the_sign_at_the_door_takes_equal_days_together() -> None:
    lines = week_hours(HALL)
    assert [line.weekdays for line in lines] == [(0, 1, 2, 3, 4), (5,)]
    assert lines[0].spans == (MORNING, AFTERNOON)


def test_days_with_the_same_hours_are_not_joined_over_a_gap() -> None:
    hours = (time(9), time(17))
    lines = week_hours(make_plan((Opening(0, *hours), Opening(2, *hours))))
    assert [line.weekdays for line in lines] == [(0,), (2,)]
