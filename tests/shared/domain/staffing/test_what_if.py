from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import ciw
import pytest

from shared.domain.counter import CounterState, CounterStatus
from shared.domain.errors import Refused
from shared.domain.plan import HallPlan
from shared.domain.snapshot import HallSnapshot
from shared.domain.staffing.occupancy import FEWEST, Occupancy, ServiceTimes
from shared.domain.staffing.what_if import what_if
from shared.domain.ticket import Ticket
from tools.testing.sample_hall import MORNING, make_plan, make_snapshot, make_ticket

PAYMENT = "payment"


def measured(plan: HallPlan, *minutes: float) -> ServiceTimes:
    values = minutes * FEWEST
    return ServiceTimes(
        plan, [Occupancy(service.key, 1, MORNING, value) for service in plan.services for value in values]
    )


def line_of(people: int, sent_to: int | None = None) -> tuple[Ticket, ...]:
    return tuple(
        replace(make_ticket(make_plan(), f"B{place:03d}"), target_counter=sent_to)
        for place in range(1, people + 1)
    )


def picture_of(waiting: tuple[Ticket, ...], opened: set[int], plan: HallPlan | None = None) -> HallSnapshot:
    plan = plan or make_plan()
    picture = make_snapshot(plan)
    lines = tuple(
        replace(
            line,
            state=CounterState(
                line.plan.number,
                CounterStatus.OPEN if line.plan.number in opened else CounterStatus.CLOSED,
            ),
            ticket=None,
        )
        for line in picture.counters
    )
    return replace(picture, at=MORNING, waiting=waiting, counters=lines)


def test_one_counter_more_halves_a_line_of_equal_customers() -> None:
    plan = make_plan()
    (change,) = what_if(picture_of(line_of(10), {1}), measured(plan, 4.0), {}, [(2, True)], plays=3)
    assert (change.before.mean, change.before.nine_in_ten) == pytest.approx((18.0, 32.0))
    assert (change.after.mean, change.after.nine_in_ten) == pytest.approx((8.0, 16.0))
    assert change.before.within_promise == pytest.approx(0.4)
    assert change.after.within_promise == pytest.approx(0.8)
    assert (change.people, change.counter, change.opens) == (10, 2, True)


def test_the_time_waited_so_far_counts() -> None:
    plan = make_plan()
    early = tuple(replace(one, issued_at=MORNING - timedelta(minutes=12)) for one in line_of(1))
    (change,) = what_if(picture_of(early, {1}), measured(plan, 4.0), {}, [(2, True)], plays=1)
    assert change.before.mean == pytest.approx(12.0)


def test_a_counter_busy_with_a_customer_is_free_when_he_is_done() -> None:
    plan = make_plan()
    picture = picture_of(line_of(1), {1})
    at_counter = replace(make_ticket(plan, "B099"), called_at=MORNING - timedelta(minutes=1))
    busy = tuple(
        replace(line, ticket=at_counter) if line.plan.number == 1 else line for line in picture.counters
    )
    (change,) = what_if(replace(picture, counters=busy), measured(plan, 4.0), {}, [(2, True)], plays=1)
    assert change.before.mean == pytest.approx(3.0)
    assert change.after.mean == pytest.approx(0.0)


def test_a_counter_that_may_not_take_them_changes_nothing() -> None:
    plan = make_plan()
    lone = tuple(
        replace(counter, offers={"complaint": timedelta()}) if counter.number == 2 else counter
        for counter in plan.counters
    )
    picture = picture_of(line_of(6), {1}, replace(plan, counters=lone))
    (change,) = what_if(picture, measured(plan, 3.0, 5.0), {}, [(2, True)], plays=20)
    assert change.before == change.after


def test_a_ticket_sent_to_a_counter_waits_for_it_alone() -> None:
    plan = make_plan()
    picture = picture_of(line_of(1, sent_to=2), {1})
    (change,) = what_if(picture, measured(plan, 4.0), {}, [(2, True)], plays=1)
    assert (change.before.stranded, change.before.within_promise) == (1, 0.0)
    assert (change.after.stranded, change.after.within_promise) == (0, 1.0)


def test_who_is_due_earlier_goes_first_whoever_came_first() -> None:
    plan = make_plan()
    late, early = line_of(2)
    early = replace(early, due_at=MORNING - timedelta(minutes=5), issued_at=MORNING - timedelta(minutes=20))
    (change,) = what_if(picture_of((late, early), {1}), measured(plan, 4.0), {}, [(2, True)], plays=1)
    # The second in the tuple is called at once after twenty minutes, the first four minutes later.
    assert change.before.mean == pytest.approx((20.0 + 4.0) / 2)


def test_closing_and_newcomers_make_it_worse_and_the_same_question_has_the_same_answer() -> None:
    plan = make_plan()
    times = measured(plan, 2.0, 5.0, 9.0)
    picture = picture_of(line_of(8), {1, 2, 3})
    (alone,) = what_if(picture, times, {}, [(3, False)], plays=50)
    (crowded,) = what_if(picture, times, {PAYMENT: 0.6}, [(3, False)], plays=50)
    assert alone.after.mean > alone.before.mean
    assert crowded.before.mean > alone.before.mean
    assert what_if(picture, times, {PAYMENT: 0.6}, [(3, False)], plays=50) == (crowded,)


def test_nobody_waits_nobody_works_and_no_such_counter() -> None:
    plan = make_plan()
    (idle,) = what_if(picture_of((), {1}), measured(plan, 4.0), {}, [(2, True)], plays=2)
    assert (idle.before.mean, idle.before.within_promise) == (0.0, 1.0)
    (dark,) = what_if(
        picture_of(line_of(2), set()), measured(plan, 4.0), {PAYMENT: 0.1}, [(2, True)], plays=2
    )
    assert (dark.before.stranded, dark.after.stranded) == (2, 0)
    with pytest.raises(Refused, match="no counter 99"):
        what_if(picture_of((), {1}), measured(plan, 4.0), {}, [(99, True)])


def test_an_independent_simulator_sees_the_same() -> None:
    plan = make_plan()
    chance = random.Random(3)
    values = [chance.expovariate(1 / 6) for _ in range(2000)]
    times = ServiceTimes(plan, [Occupancy(PAYMENT, 1, MORNING, value) for value in values])
    (change,) = what_if(picture_of(line_of(20), {1, 2}), times, {}, [(3, True)], plays=1200)

    def mean_wait(servers: int) -> float:
        waits: list[float] = []
        for seed in range(400):
            ciw.seed(seed)
            simulation = ciw.Simulation(
                ciw.create_network(
                    arrival_distributions=[ciw.dists.Sequential([1e-9] * 20 + [float("inf")])],
                    service_distributions=[ciw.dists.Empirical(values)],
                    number_of_servers=[servers],
                )
            )
            simulation.simulate_until_max_customers(20, method="Finish")
            waits += [record.waiting_time for record in simulation.get_all_records()]
        return sum(waits) / len(waits)

    assert change.before.mean == pytest.approx(mean_wait(2), rel=0.05)
    assert change.after.mean == pytest.approx(mean_wait(3), rel=0.05)
