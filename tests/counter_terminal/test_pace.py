from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from counter_terminal.pace import Elapsed, Pace, at_counter, waited
from tools.testing.halls import NINE, small_plan

if TYPE_CHECKING:
    from shared.domain.clock import ManualClock
    from shared.hall import Hall

PROMISE = timedelta(minutes=20)


@pytest.mark.parametrize(
    ("minutes", "pace"),
    [(0, Pace.IN_TIME), (14.9, Pace.IN_TIME), (15, Pace.CLOSE), (20, Pace.CLOSE), (20.1, Pace.OVER)],
)
def test_a_span_is_in_time_then_close_then_over(minutes: float, pace: Pace) -> None:
    assert Elapsed(timedelta(minutes=minutes), PROMISE).pace is pace


def test_the_share_of_a_promise_never_passes_one() -> None:
    assert Elapsed(timedelta(minutes=5), PROMISE).share == pytest.approx(0.25)
    assert Elapsed(timedelta(minutes=90), PROMISE).share == 1
    assert Elapsed(timedelta(0), timedelta(0)).share == 1


def test_the_wait_runs_against_the_promise_of_the_service_or_the_appointment(
    hall: Hall, clock: ManualClock
) -> None:
    plan = small_plan()
    payment = hall.issue("payment")
    booked = hall.issue("payment", "appointment", appointed_for=NINE + timedelta(minutes=40))
    now = clock.advance(timedelta(minutes=12))
    assert waited(plan, payment, now) == Elapsed(timedelta(minutes=12), timedelta(minutes=15))
    assert waited(plan, booked, now) == Elapsed(timedelta(minutes=12), timedelta(minutes=40))


def test_a_service_that_was_not_marked_as_started_counts_from_its_call(
    hall: Hall, clock: ManualClock
) -> None:
    hall.issue("payment")
    called = hall.call_next(1)
    assert called is not None
    now = clock.advance(timedelta(minutes=3))
    assert at_counter(small_plan(), called, now).spent == timedelta(minutes=3)
    started = replace(called, started_at=now - timedelta(minutes=1))
    assert at_counter(small_plan(), started, now).spent == timedelta(minutes=1)
