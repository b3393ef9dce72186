"""How many counters work: now, lately, and usually."""

from __future__ import annotations

import json

import pytest

from shared.domain.waits.counters import CountersAtWork

NINE, NOON = 9 * 60.0, 12 * 60.0


def worked_days(days: int) -> CountersAtWork:
    """Four counters in the morning, two over lunch, three hours each day."""
    counters = CountersAtWork()
    for day in range(days):
        midnight = day * 1440
        for slot in range(6):
            counters.pass_time(midnight + NINE + 30 * slot, 30, 4)
            counters.pass_time(midnight + NOON + 30 * slot, 30, 2)
        counters.start_day()
    return counters


def test_nothing_is_usual_on_the_first_day() -> None:
    counters = CountersAtWork()
    counters.pass_time(NINE, 30, 4)
    assert counters.expected(NINE) is None
    assert counters.lately() == 4
    assert counters.against_usual() == 1


def test_lunch_is_expected_after_some_days() -> None:
    counters = worked_days(5)
    morning, noon = counters.expected(NINE), counters.expected(NOON)
    assert morning == pytest.approx(4, abs=0.3)
    assert noon == pytest.approx(2, abs=0.3)
    assert counters.expected(NOON - 30, 45) == pytest.approx((morning or 0) / 2 + (noon or 0) / 2)


def test_today_is_held_against_the_usual() -> None:
    counters = worked_days(5)
    counters.pass_time(5 * 1440 + NINE, 30, 2)
    assert counters.lately() == 2
    assert counters.against_usual() < 0.8
    counters.start_day()
    assert counters.lately() is None
    assert counters.against_usual() == 1


def test_a_copy_leaves_the_first_alone() -> None:
    counters = worked_days(2)
    told = counters.to_json()
    other = counters.copy()
    other.pass_time(NINE, 30, 9)
    assert counters.to_json() == told != other.to_json()


def test_it_survives_json() -> None:
    counters = worked_days(3)
    again = CountersAtWork.from_json(json.loads(json.dumps(counters.to_json())))
    assert again.to_json() == counters.to_json()
    assert again.expected(NOON) == pytest.approx(counters.expected(NOON), rel=1e-4)
