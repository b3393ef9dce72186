"""The half hours around now, by the hall's own clock and within its hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

from kiosk.appointment_times import appointment_times, current_slot
from shared.domain.plan import Opening
from shared.hall.phrases import clock_text
from tools.testing.sample_hall import MORNING, make_plan

PLAN = make_plan()


def offered(now: datetime) -> list[str]:
    return [clock_text(PLAN, slot) for slot in appointment_times(PLAN, now)]


def test_who_is_late_and_who_is_early_finds_the_time() -> None:
    assert offered(MORNING) == ["08:30", "09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "12:00"]


def test_times_outside_the_opening_hours_are_not_offered() -> None:
    assert offered(datetime(2026, 11, 23, 9, 15, tzinfo=UTC)) == ["16:00", "16:30", "17:00"]


def test_half_hours_follow_the_halls_clock_where_it_is_off_by_a_quarter() -> None:
    nepal = replace(PLAN, timezone="Asia/Kathmandu", openings=(Opening(0, time(0), time(23, 30)),))
    now = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    assert clock_text(nepal, current_slot(nepal, now)) == "09:30"


def test_a_shut_day_has_no_times() -> None:
    assert appointment_times(replace(PLAN, closed_on=(MORNING.date(),)), MORNING) == ()
