from __future__ import annotations

from datetime import timedelta
from statistics import fmean

import pytest

from operations.demo.office_day import PACE, load_visitors
from operations.hall_commands import example_hall_file
from shared.domain.plan import HallPlan
from shared.hall.hall_file import load_hall_file


@pytest.fixture(scope="module")
def plan() -> HallPlan:
    return load_hall_file(example_hall_file())


def test_the_whole_day_of_the_office_comes_in_the_order_of_its_arrivals(plan: HallPlan) -> None:
    visitors = load_visitors(plan, seed=1)
    arrivals = [visitor.arrives for visitor in visitors]
    assert len(visitors) == 421
    assert arrivals == sorted(arrivals)
    assert timedelta(0) <= arrivals[0] < arrivals[-1] < timedelta(hours=9)


def test_every_service_of_the_hall_has_customers_and_keeps_its_typical_length(plan: HallPlan) -> None:
    visitors = load_visitors(plan, seed=1)
    assert {visitor.service for visitor in visitors} == {service.key for service in plan.services}
    payments = [
        visitor.service_time.total_seconds() / 60 for visitor in visitors if visitor.service == "payment"
    ]
    assert fmean(payments) == pytest.approx(PACE * plan.service("payment").typical_minutes, rel=0.2)
    assert max(payments) > 2 * min(payments)


def test_a_seed_gives_the_same_customers_and_another_one_others(plan: HallPlan) -> None:
    assert load_visitors(plan, seed=3) == load_visitors(plan, seed=3)
    assert load_visitors(plan, seed=3) != load_visitors(plan, seed=4)


def test_priorities_are_those_of_the_hall(plan: HallPlan) -> None:
    drawn = {visitor.priority for visitor in load_visitors(plan, seed=1)}
    assert {"ordinary", "senior"} <= drawn <= {priority.key for priority in plan.priorities} - {"appointment"}
