from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.waits.conformal import AdaptiveRange
from shared.domain.waits.promises import Promises

GRAIN = 1.0


def live_through(waits: list[float], forecast: float = 20.0) -> tuple[float, float, Promises]:
    """Coverage and share of late ones over the second half, one ticket after the other."""
    promises, at, kept, late = Promises(), 0.0, 0, 0
    for place, wait in enumerate(waits):
        said = promises.promise(str(place), at, forecast, GRAIN)
        at += wait
        promises.pass_time(at)
        promises.settle(str(place), at)
        if place >= len(waits) // 2:
            kept += said.low <= wait <= said.high
            late += wait > said.high
    half = len(waits) - len(waits) // 2
    return kept / half, late / half, promises


def test_a_steady_hall_gets_eighty_percent() -> None:
    chance = random.Random(1)
    coverage, late, _ = live_through([chance.lognormvariate(3, 0.4) for _ in range(3000)])
    assert coverage == pytest.approx(0.8, abs=0.02)
    assert late == pytest.approx(0.1, abs=0.02)


def test_a_hall_that_slows_down_is_followed() -> None:
    chance = random.Random(2)
    waits = [chance.lognormvariate(3 + place / 1500, 0.4) for place in range(3000)]
    coverage, late, _ = live_through(waits)
    assert 0.77 <= coverage <= 0.83
    assert 0.08 <= late <= 0.12


def test_a_broken_end_is_known_before_the_call() -> None:
    promises = Promises()
    for place in range(60):
        promises.promise(f"old{place}", 0, 20, GRAIN)
        promises.settle(f"old{place}", 10 + place * 7 % 60 / 2)
    before = promises.promise("new", 100, 20, GRAIN)
    for place in range(30):
        promises.promise(f"stuck{place}", 100, 20, GRAIN)
    promises.pass_time(100 + before.high + 1)
    assert promises.range_of(20, GRAIN).high > before.high


def test_a_range_is_a_guess_until_it_is_measured() -> None:
    assert not Promises().range_of(20, GRAIN).measured
    assert live_through([20.0] * 60)[2].range_of(20, GRAIN).measured


def test_ranges_survive_json() -> None:
    ranges = live_through([float(10 + place % 30) for place in range(200)])[2].ranges
    again = AdaptiveRange.from_json(json.loads(json.dumps(ranges.to_json())))
    assert again.around(20, GRAIN).high == pytest.approx(ranges.around(20, GRAIN).high, rel=1e-3)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(0, 500), min_size=0, max_size=80), st.floats(0, 500), st.floats(0.05, 1), st.booleans()
)
def test_a_range_has_its_ends_in_order_and_not_below_zero(
    waits: list[float], forecast: float, grain: float, late: bool
) -> None:
    ranges = AdaptiveRange()
    for wait in waits:
        ranges.learn(forecast, wait, grain)
        ranges.saw_late(forecast, late=late)
        ranges.saw_early(forecast, early=not late)
    told = ranges.around(forecast, grain)
    assert 0 <= told.low <= told.high
