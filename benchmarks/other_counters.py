"""The rest of a busy hall: customers and clerks at the other counters, in a process of their own."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event

from shared.domain.clock import CLOCK_VARIABLE, ScaledClock, machine_clock
from shared.hall import open_hall

COMMANDS_A_SECOND = 4.0
"""Fifty counters that call a customer every 25 s, and the tickets for it."""

ISSUES_SHARE = 0.6
"""More come than are called: the line must not run empty before the terminal that is measured."""


@contextmanager
def other_counters(database_url: str, clock: ScaledClock, spared: int) -> Iterator[None]:
    """Issue and call at all counters but one, at random moments, until the context ends."""
    spawn = multiprocessing.get_context("spawn")
    stop = spawn.Event()
    process = spawn.Process(target=_work, args=(database_url, clock.spec(), spared, stop), daemon=True)
    process.start()
    try:
        yield
    finally:
        stop.set()
        process.join()
    if process.exitcode:
        raise RuntimeError(f"the other counters ended with {process.exitcode}")


def _work(database_url: str, clock_spec: str, spared: int, stop: Event) -> None:
    chance = random.Random(1)
    with open_hall(database_url, clock=machine_clock({CLOCK_VARIABLE: clock_spec})) as hall:
        counters = [counter.number for counter in hall.plan.counters if counter.number != spared]
        services = [service.key for service in hall.plan.services]
        for counter in counters:
            hall.open_counter(counter)
        while not stop.wait(chance.expovariate(COMMANDS_A_SECOND)):
            if chance.random() < ISSUES_SHARE:
                hall.issue(chance.choice(services))
            else:
                hall.call_next(chance.choice(counters))
