from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.business_day import business_day, day_to_work_in

SHANGHAI = "Asia/Shanghai"
FOUR = time(4)


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 11, 22, 19, 59, 59, 999999, UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 20, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 12, 31, 18, 0, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_the_day_changes_at_the_roll_over_hour_of_the_hall(utc: datetime, day: date) -> None:
    assert business_day(utc, SHANGHAI, FOUR) == day


def test_with_roll_over_at_midnight_it_is_the_local_date() -> None:
    assert business_day(datetime(2026, 11, 23, 16, 0, tzinfo=UTC), SHANGHAI, time(0)) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        # Berlin puts its clocks forward at 01:00 UTC on 29 March 2026: 02:30 does not exist, the day turns at 03:00.
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), date(2026, 3, 29)),
        # And back at 01:00 UTC on 25 October: 02:30 comes twice, but the second one does not end the day again.
        (datetime(2026, 10, 25, 0, 29, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_roll_over_on_the_days_when_clocks_change(utc: datetime, day: date) -> None:
    assert business_day(utc, "Europe/Berlin", time(2, 30)) == day


def test_the_hour_that_comes_twice_does_not_reopen_the_day_before() -> None:
    second_two_oclock = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    by_clock = business_day(second_two_oclock, "Europe/Berlin", time(2, 30))
    assert day_to_work_in(by_clock, date(2026, 10, 25)) == date(2026, 10, 25)


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("ahead_days", "ahead"),
    [(None, 0), (-1, 0), (-30, 0), (0, 0), (1, 1), (2, 0), (365, 0)],
    ids=["first day", "yesterday", "a month ago", "today", "clock set back", "far ahead", "a year ahead"],
)
def test_the_day_a_command_belongs_to(ahead_days: int | None, ahead: int) -> None:
    latest = None if ahead_days is None else TODAY + timedelta(days=ahead_days)
    assert day_to_work_in(TODAY, latest) == TODAY + timedelta(days=ahead)


@given(
    minute=st.integers(min_value=0, max_value=365 * 24 * 60),
    steps=st.lists(st.integers(min_value=0, max_value=90_000), max_size=20),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"]),
    rollover=st.times(),
)
def test_a_clock_that_goes_forward_never_works_in_an_earlier_day(
    minute: int, steps: list[int], zone: str, rollover: time
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    latest: date | None = None
    for step in steps:
        now += timedelta(seconds=step)
        day = day_to_work_in(business_day(now, zone, rollover), latest)
        assert latest is None or day >= latest
        latest = day
