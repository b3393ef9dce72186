"""Against the birth-and-death chain itself, Erlang's own formula, and a simulator that is not ours."""

from __future__ import annotations

import math

import ciw
import pytest

from shared.domain.staffing.erlang_a import ErlangA, counters_needed, share_kept

LONGEST_LINE = 2000

QUEUES = [
    ErlangA(arrivals=1.0, service=0.2, counters=6, leaving=0.02),
    ErlangA(arrivals=1.0, service=0.2, counters=4, leaving=0.05),
    ErlangA(arrivals=2.5, service=0.15, counters=15, leaving=0.01),
    ErlangA(arrivals=0.1, service=0.1, counters=1, leaving=0.3),
]


def chain(queue: ErlangA) -> list[float]:
    """The steady state: the share of time with so many customers in the hall."""
    logs = [0.0]
    for people in range(1, LONGEST_LINE):
        served = min(people, queue.counters) * queue.service
        left = max(0, people - queue.counters) * queue.leaving
        logs.append(logs[-1] + math.log(queue.arrivals / (served + left)))
    weights = [math.exp(each - max(logs)) for each in logs]
    return [weight / sum(weights) for weight in weights]


@pytest.mark.parametrize("queue", QUEUES)
def test_it_agrees_with_the_chain_of_states(queue: ErlangA) -> None:
    states = chain(queue)
    waits = sum(states[queue.counters :])
    lost = sum(
        share * (people - queue.counters) * queue.leaving
        for people, share in enumerate(states)
        if people > queue.counters
    )
    assert queue.share_that_waits == pytest.approx(waits, abs=1e-6)
    assert queue.share_that_leaves == pytest.approx(lost / queue.arrivals, abs=1e-6)


@pytest.mark.parametrize(("load", "counters"), [(0.8, 1), (8.0, 10), (20.0, 22)])
def test_without_leavers_it_is_erlangs_delay_formula(load: float, counters: int) -> None:
    service = 0.25
    queue = ErlangA(load * service, service, counters)
    last = load**counters / math.factorial(counters) * counters / (counters - load)
    erlang_c = last / (sum(load**busy / math.factorial(busy) for busy in range(counters)) + last)
    assert queue.share_that_waits == pytest.approx(erlang_c, rel=1e-6)
    later = erlang_c * math.exp(-(counters - load) * service * 7.0)
    assert queue.share_offered_more_than(7.0) == pytest.approx(later, rel=1e-5)
    assert queue.share_that_leaves == 0.0


def test_too_few_counters_without_leavers_keep_no_promise() -> None:
    assert ErlangA(1.0, 0.1, 10).share_offered_more_than(1e6) == 1.0
    assert ErlangA(0.0, 0.1, 1).share_that_waits == 0.0


def test_an_independent_simulator_sees_the_same() -> None:
    queue = ErlangA(arrivals=1.0, service=0.3, counters=3, leaving=0.1)
    ciw.seed(7)
    simulation = ciw.Simulation(
        ciw.create_network(
            arrival_distributions=[ciw.dists.Exponential(queue.arrivals)],
            service_distributions=[ciw.dists.Exponential(queue.service)],
            number_of_servers=[queue.counters],
            reneging_time_distributions=[ciw.dists.Exponential(queue.leaving)],
        )
    )
    simulation.simulate_until_max_time(20_000)
    records = [record for record in simulation.get_all_records() if record.arrival_date > 200]
    left = sum(record.record_type == "renege" for record in records)
    # Who would have waited longer than five minutes: called later than that, of those whose patience lasted so long.
    lasting = [record for record in records if record.record_type == "service" or record.waiting_time > 5]
    late = sum(record.waiting_time > 5 for record in records)
    assert left / len(records) == pytest.approx(queue.share_that_leaves, abs=0.02)
    stayed_past_five = late / len(records)
    offered = queue.share_offered_more_than(5.0) * math.exp(-queue.leaving * 5.0)
    assert stayed_past_five == pytest.approx(offered, abs=0.02)
    assert lasting


def test_more_counters_keep_more_promises_and_the_fewest_that_do_are_named() -> None:
    promises = {3.0: 0.25, 15.0: 0.75}
    kept = [share_kept(ErlangA(1.2, 0.125, counters, 0.02), promises) for counters in range(1, 20)]
    assert kept == sorted(kept)
    needed = counters_needed(1.2, 0.125, 0.02, promises, 0.9)
    assert kept[needed - 2] < 0.9 <= kept[needed - 1]
    assert counters_needed(0.0, 0.125, 0.02, promises, 0.9) == 0
