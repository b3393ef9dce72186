from __future__ import annotations

import pytest

from shared.domain.waits.pace import LONGEST_MINUTES, Pace

EIGHT = 8 * 60.0


def pace_of(minutes: float, calls: int, slot_at: float = EIGHT) -> Pace:
    pace = Pace(5.0)
    pace.pass_time(slot_at, minutes)
    for _ in range(calls):
        pace.call(slot_at)
    return pace


def test_the_configured_gap_holds_until_there_are_calls() -> None:
    assert Pace(5.0).minutes_for(3, EIGHT) == pytest.approx(15)


def test_the_mean_rate_is_calls_by_busy_minutes_with_one_call_of_prior() -> None:
    assert pace_of(45, 9).mean_rate() == pytest.approx(10 / 50)


def test_a_slow_half_hour_is_known_the_next_day() -> None:
    pace = pace_of(30, 1)
    pace.pass_time(EIGHT + 120, 30)
    for _ in range(30):
        pace.call(EIGHT + 120)
    pace.start_day()
    assert pace.minutes_for(1, EIGHT) > 3 * pace.minutes_for(1, EIGHT + 120)


def test_a_long_wait_passes_through_the_half_hours() -> None:
    pace = Pace(10.0)
    pace.rates = [0.1] * 48
    pace.rates[17] = 0.2
    # 8:00 to 8:30 gives 3 of 6 calls, 8:30 to 9:00 would give 6: the other 3 take a quarter of an hour.
    assert pace.minutes_for(6, EIGHT) == pytest.approx(30 + 15)


def test_nothing_is_forecast_beyond_the_longest() -> None:
    assert Pace(60.0).minutes_for(1000, EIGHT) == LONGEST_MINUTES


def test_today_is_compared_with_the_usual_pace() -> None:
    pace = pace_of(100, 20)
    pace.start_day()
    pace.pass_time(EIGHT, 20)
    assert pace.today(1) < 1
    for _ in range(20):
        pace.call(EIGHT)
    assert pace.today(1) > 1


def test_today_is_forgotten_overnight_but_its_evidence_is_not() -> None:
    pace = pace_of(50, 20)
    pace.start_day()
    assert pace.today(0) == 1
    assert pace.calls == pytest.approx(20 * 0.93)


def test_what_is_told_as_json_says_the_same() -> None:
    pace = pace_of(50, 20)
    pace.start_day()
    again = Pace.from_json(pace.to_json())
    assert again.minutes_for(7, EIGHT) == pytest.approx(pace.minutes_for(7, EIGHT), rel=1e-3)
