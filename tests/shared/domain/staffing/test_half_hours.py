from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from shared.domain.plan import HallPlan
from shared.domain.staffing.half_hours import arrivals_a_minute, half_hours, leaving_rate, pools
from shared.domain.ticket import Ticket, TicketState
from tools.testing.sample_hall import MORNING, make_plan, make_ticket

NINE_THIRTY = MORNING - timedelta(minutes=11)


def served(number: str, issued_at: datetime, wait: float, counter: int, minutes: float = 6.0) -> Ticket:
    called_at = issued_at + timedelta(minutes=wait)
    return replace(
        make_ticket(make_plan(), number, issued_at),
        state=TicketState.FINISHED,
        counter=counter,
        called_at=called_at,
        finished_at=called_at + timedelta(minutes=minutes),
    )


def morning(customers: int, wait: float = 2.0) -> tuple[Ticket, ...]:
    """Customers at two counters, one every two minutes from half past nine."""
    return tuple(
        served(f"B{place:03d}", NINE_THIRTY + timedelta(minutes=2 * place), wait, 1 + place % 2)
        for place in range(1, customers + 1)
    )


def test_a_half_hour_tells_who_came_what_that_needs_and_what_was() -> None:
    (half_hour,) = [
        one for one in half_hours(make_plan(), [morning(10), morning(14)]) if one.begins == time(9, 30)
    ]
    assert (half_hour.days, half_hour.arrivals, half_hour.at_work) == (2, 12.0, 2.0)
    assert half_hour.service_minutes == pytest.approx(4.0, abs=2.0)
    assert (half_hour.kept, half_hour.mean_wait) == (1.0, 2.0)
    assert half_hour.kept_expected is not None
    assert 0 < half_hour.kept_expected < 1
    assert half_hour.needed >= 2


def test_a_promise_broken_is_counted_and_a_day_without_customers_too() -> None:
    (half_hour,) = [
        one for one in half_hours(make_plan(), [morning(10, wait=16.0), ()]) if one.begins == time(9, 30)
    ]
    assert (half_hour.kept, half_hour.arrivals, half_hour.at_work) == (0.0, 5.0, 1.0)


def test_more_customers_need_more_counters() -> None:
    plan = make_plan()
    crowd = tuple(
        served(f"B{place:03d}", NINE_THIRTY + timedelta(seconds=15 * place), 5.0, 1 + place % 8)
        for place in range(1, 101)
    )
    needed = [
        next(one.needed for one in half_hours(plan, [day]) if one.begins == time(9, 30))
        for day in (morning(5), crowd)
    ]
    assert needed[0] < needed[1]


def test_nothing_is_told_of_a_hall_without_a_past() -> None:
    assert half_hours(make_plan(), []) == ()
    assert leaving_rate([]) == 0.0


def test_who_leaves_is_counted_by_the_minutes_that_all_waited() -> None:
    gone = replace(served("B011", NINE_THIRTY, 10.0, 1), state=TicketState.NO_SHOW, finished_at=None)
    assert leaving_rate([(*morning(10), gone)]) == pytest.approx(1 / 30)


def test_newcomers_are_those_of_the_same_half_hour() -> None:
    arrivals = arrivals_a_minute(make_plan(), [morning(14), morning(10)], MORNING)
    assert arrivals == {"payment": pytest.approx(24 / 2 / 30)}


def test_services_that_share_counters_are_one_pool() -> None:
    plan = make_plan(services=4, counters=3)
    keys = [service.key for service in plan.services]
    assert pools(plan) == (tuple(keys),)
    assert pools(apart(plan, keys)) == ((keys[0], keys[1], keys[2]), (keys[3],))


def apart(plan: HallPlan, keys: list[str]) -> HallPlan:
    """Counters 1 and 2 share a service, and so the services of both; counter 3 is alone."""
    offers = ((keys[0], keys[1]), (keys[1], keys[2]), (keys[3],))
    counters = tuple(
        replace(counter, offers=dict.fromkeys(offered, timedelta()))
        for counter, offered in zip(plan.counters, offers, strict=True)
    )
    return replace(plan, counters=counters)
