from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.clock import ManualClock, StoreClock

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FIVE_MINUTES = timedelta(minutes=5)


class Machine:
    """A machine's two clocks, which run together until somebody sets one of them."""

    def __init__(self) -> None:
        self.shown = ManualClock(NINE)
        self.steady = 100.0
        self.clock = StoreClock(self.shown, lambda: self.steady)

    def run(self, by: timedelta) -> None:
        self.shown.advance(by)
        self.steady += by.total_seconds()


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_without_a_server_it_is_the_machines_clock(machine: Machine) -> None:
    machine.run(FIVE_MINUTES)
    assert machine.clock.now() == NINE + FIVE_MINUTES


def test_the_servers_moment_counts_and_runs_on(machine: Machine) -> None:
    assert machine.clock.note(NINE + FIVE_MINUTES) == NINE + FIVE_MINUTES
    machine.run(timedelta(hours=3))
    assert machine.clock.now() == NINE + FIVE_MINUTES + timedelta(hours=3)


@pytest.mark.parametrize("step", [timedelta(hours=-1), timedelta(hours=1), timedelta(hours=9)])
def test_a_clock_set_by_hand_or_a_machine_that_slept_goes_by_its_own_until_the_server_speaks(
    machine: Machine, step: timedelta
) -> None:
    machine.clock.note(NINE + FIVE_MINUTES)
    machine.shown.advance(step)
    assert machine.clock.now() == NINE + step
    by_server = machine.shown.now() - FIVE_MINUTES
    machine.clock.note(by_server)
    assert machine.clock.now() == by_server


def test_beyond_belief_each_keeps_its_own(machine: Machine) -> None:
    machine.clock.note(NINE + FIVE_MINUTES)
    assert machine.clock.note(NINE + timedelta(days=2)) == NINE
    assert machine.clock.now() == NINE
