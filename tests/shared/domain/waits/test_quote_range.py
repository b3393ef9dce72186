from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.waits.happening import QuoteRange, WaitRange
from shared.domain.waits.quote_range import LONGEST_MINUTES, quote_range, rounded


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0.0, 0.0, (0, 1)),
        (0.4, 2.1, (0, 3)),
        (3.9, 9.2, (3, 10)),
        (10.4, 17.3, (10, 18)),
        (21.0, 47.2, (20, 50)),
        (63.0, 101.0, (60, 110)),
        (100.0, 190.0, (90, 195)),
    ],
)
def test_minutes_are_rounded_outward_in_growing_steps(low: float, high: float, told: tuple[int, int]) -> None:
    assert quote_range(WaitRange(low, low, high, measured=True)) == QuoteRange(*told)


def test_a_guess_and_an_endless_wait_are_not_told() -> None:
    assert quote_range(WaitRange(5, 3, 9, measured=False)) is None
    assert quote_range(WaitRange(200, 100, LONGEST_MINUTES + 1, measured=True)) is None


def test_a_range_that_says_nothing_is_not_told() -> None:
    assert quote_range(WaitRange(40, 15, 130, measured=True)) is None
    assert quote_range(WaitRange(60, 33, 119, measured=True)) == QuoteRange(30, 120)
    assert quote_range(WaitRange(20, 4, 58, measured=True)) == QuoteRange(0, 60)


@given(st.floats(0, LONGEST_MINUTES), st.floats(0, LONGEST_MINUTES))
def test_what_is_told_holds_what_was_measured(one: float, other: float) -> None:
    low, high = sorted((one, other))
    told = rounded(low, high)
    assert 0 <= told.low_minutes <= low
    assert high <= told.high_minutes
    assert told.low_minutes < told.high_minutes
