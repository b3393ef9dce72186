from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from shared.domain.quote import LONGEST_QUOTE_MINUTES, QueueAhead, Quote, RecentGapPredictor
from tools.testing.halls import NINE

MINUTE = timedelta(minutes=1)


def quote(
    people: int, counters_open: int = 2, minutes_ago: Sequence[float] = (), typical: float = 6.0
) -> Quote:
    calls: list[datetime] = [NINE - ago * MINUTE for ago in minutes_ago]
    return RecentGapPredictor().quote(QueueAhead("payment", NINE, people, counters_open, typical, calls))


def test_people_ahead_times_the_mean_gap_between_calls() -> None:
    assert quote(5, minutes_ago=[12, 8, 4, 0]) == Quote(5, 20)


def test_the_order_of_the_calls_does_not_matter() -> None:
    assert quote(5, minutes_ago=[0, 12, 4, 8]) == quote(5, minutes_ago=[12, 8, 4, 0])


def test_few_calls_count_as_none_the_configured_time_is_taken() -> None:
    assert quote(5, counters_open=2, minutes_ago=[30, 20, 10]) == Quote(5, 15)


def test_calls_of_more_than_an_hour_ago_say_nothing() -> None:
    assert quote(5, counters_open=2, minutes_ago=[200, 150, 100, 61]) == Quote(5, 15)


def test_a_call_from_the_future_of_a_clock_set_back_says_nothing() -> None:
    assert quote(5, counters_open=2, minutes_ago=[-5, 3, 2, 1]) == Quote(5, 15)


def test_without_a_counter_open_and_without_calls_there_is_no_figure() -> None:
    nothing = quote(5, counters_open=0)
    assert nothing == Quote(5, None)
    assert (nothing.low_minutes, nothing.high_minutes) == (None, None)


def test_nobody_ahead_is_a_wait_of_nothing() -> None:
    assert quote(0) == Quote(0, 0)


def test_a_figure_beyond_four_hours_is_not_told() -> None:
    assert quote(80, counters_open=2).minutes == LONGEST_QUOTE_MINUTES
    assert quote(81, counters_open=2).minutes is None


@pytest.mark.parametrize(("minutes", "low", "high"), [(0, 0, 1), (1, 0, 2), (10, 7, 14), (15, 10, 21)])
def test_the_range_lies_around_the_figure(minutes: int, low: int, high: int) -> None:
    assert (Quote(3, minutes).low_minutes, Quote(3, minutes).high_minutes) == (low, high)


def test_counters_that_all_call_at_opening_do_not_promise_the_impossible() -> None:
    eight_calls_in_seven_seconds = [second / 60 for second in range(8)]
    quoted = quote(30, counters_open=8, minutes_ago=eight_calls_in_seven_seconds)
    assert quoted == Quote(30, 23)
