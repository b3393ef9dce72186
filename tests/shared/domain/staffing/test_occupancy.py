from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.staffing.occupancy import FEWEST, Occupancy, ServiceTimes, occupancies
from shared.domain.ticket import Ticket, TicketState
from tools.testing.sample_hall import MORNING, make_plan, make_ticket


def called(number: str, minute: float, finished: float | None, state: TicketState) -> Ticket:
    return replace(
        make_ticket(make_plan(), number),
        state=state,
        counter=3,
        called_at=MORNING + timedelta(minutes=minute),
        finished_at=None if finished is None else MORNING + timedelta(minutes=finished),
    )


def test_a_counter_is_busy_from_the_call_to_the_end_or_the_next_call() -> None:
    tickets = [
        called("B001", 0, 7, TicketState.FINISHED),
        called("B002", 8, None, TicketState.NO_SHOW),
        called("B003", 10, 16, TicketState.FINISHED),
        called("B004", 20, None, TicketState.NO_SHOW),
        called("B005", 45, None, TicketState.SERVING),
        make_ticket(make_plan(), "B006"),
    ]
    # Nobody waits for a no-show for 25 minutes, and a service that still runs has no length yet.
    assert [one.minutes for one in occupancies(tickets)] == [7, 2, 6]


def test_a_clerk_who_had_nobody_to_call_was_not_busy_until_the_call() -> None:
    first = called("B001", 0, 30, TicketState.FINISHED)
    issued_at = MORNING + timedelta(minutes=29, seconds=50)
    after = replace(called("B002", 30, 36, TicketState.FINISHED), issued_at=issued_at)
    assert [one.minutes for one in occupancies([first, after])] == [6]
    waited = replace(after, issued_at=MORNING + timedelta(minutes=20))
    assert [one.minutes for one in occupancies([first, waited])] == [30, 6]


def test_measured_times_are_drawn_once_there_are_enough() -> None:
    plan, chance = make_plan(), random.Random(1)
    few = ServiceTimes(plan, [Occupancy("payment", 1, MORNING, 4.0)] * (FEWEST - 1))
    enough = ServiceTimes(plan, [Occupancy("payment", 1, MORNING, 4.0)] * FEWEST)
    assert few.mean("payment") == plan.service("payment").typical_minutes
    assert {enough.draw("payment", chance) for _ in range(20)} == {4.0}
    assert len({few.draw("payment", chance) for _ in range(20)}) == 20


def test_the_rest_is_of_those_who_took_longer() -> None:
    values = [float(minute) for minute in range(1, 31)]
    times = ServiceTimes(make_plan(), [Occupancy("payment", 1, MORNING, value) for value in values])
    chance = random.Random(1)
    rests = {times.draw_rest("payment", 28.0, chance) for _ in range(100)}
    assert rests == {1.0, 2.0}
    beyond = [times.draw_rest("payment", 40.0, chance) for _ in range(2000)]
    assert min(beyond) > 0
    assert sum(beyond) / len(beyond) == pytest.approx(times.mean("payment"), rel=0.1)


def test_a_service_of_an_older_plan_takes_what_services_take() -> None:
    times = ServiceTimes(make_plan(), [])
    assert times.mean("telegram") == 6
