"""A service that ended while the store was away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.clock import ManualClock
from shared.domain.errors import RefusalCode, Refused
from shared.hall import Hall, Ticket, TicketState
from shared.hall.standby.keeper import Keeper
from tests.shared.hall.standby.conftest import KeeperMaker

MINUTE = timedelta(minutes=1)


@pytest.fixture
def terminal(hall: Hall, new_keeper: KeeperMaker) -> Keeper:
    """The keeper of a counter's terminal: it has the plan, and leases no series."""
    keeper = new_keeper("counter-1", prepared=False)
    keeper.prepare_file(hall.snapshot())
    return keeper


@pytest.fixture
def serving(hall: Hall) -> Ticket:
    """A ticket that is served at counter 1, with another one waiting."""
    hall.issue("payment")
    hall.issue("payment")
    assert hall.call_next(1) is not None
    return hall.start(1)


def test_it_ends_at_its_true_moment(
    hall: Hall, terminal: Keeper, serving: Ticket, clock: ManualClock
) -> None:
    clock.advance(3 * MINUTE)
    done_at = clock.now()
    terminal.finish(serving, 1, "1003", "press-1")
    clock.advance(5 * MINUTE)
    outage = terminal.deliver(hall)
    assert outage is not None
    assert (outage.finished, outage.tickets, outage.trouble) == (1, 0, ())
    done = hall.ticket(serving.id)
    assert (done.state, done.finished_at) == (TicketState.FINISHED, done_at)
    assert hall.figures(1).served == 1
    assert hall.verify().clean
    assert hall.call_next(1) is not None


def test_pressing_twice_is_one_finish(hall: Hall, terminal: Keeper, serving: Ticket) -> None:
    terminal.finish(serving, 1, None, "press-1")
    terminal.finish(serving, 1, None, "press-1")
    terminal.deliver(hall)
    assert terminal.deliver(hall) is None
    assert hall.figures(1).served == 1


def test_a_press_that_reached_the_store_after_all_counts_once(
    hall: Hall, terminal: Keeper, serving: Ticket
) -> None:
    hall.finish(1, "press-1", holding=serving.id)
    terminal.finish(serving, 1, None, "press-1")
    assert hall.call_next(1) is not None
    outage = terminal.deliver(hall)
    assert outage is not None
    assert outage.trouble == ()
    assert hall.ticket(serving.id).state is TicketState.FINISHED
    assert hall.verify().clean


def test_the_hall_moved_on_meanwhile_and_somebody_must_look(
    hall: Hall, terminal: Keeper, serving: Ticket
) -> None:
    terminal.finish(serving, 1, None, "press-1")
    hall.transfer(1, "enquiry")
    outage = terminal.deliver(hall)
    assert outage is not None
    assert (outage.finished, outage.trouble) == (0, (serving.number,))
    assert hall.ticket(serving.id).state is TicketState.WAITING
    assert not terminal.pending()
    assert hall.verify().clean


def test_a_day_that_was_closed_meanwhile_still_learns_of_it(
    hall: Hall, terminal: Keeper, serving: Ticket, clock: ManualClock
) -> None:
    clock.advance(3 * MINUTE)
    done_at = clock.now()
    terminal.finish(serving, 1, None, "press-1")
    clock.advance(timedelta(days=1))
    hall.issue("payment")
    assert hall.ticket(serving.id).state is TicketState.EXPIRED
    outage = terminal.deliver(hall)
    assert outage is not None
    assert outage.finished == 1
    done = hall.ticket(serving.id)
    assert (done.state, done.finished_at) == (TicketState.FINISHED, done_at)
    assert hall.verify().clean


def test_yesterday_s_finish_is_delivered_though_today_s_was_before_it(
    hall: Hall, terminal: Keeper, serving: Ticket, clock: ManualClock
) -> None:
    clock.advance(timedelta(days=1))
    hall.issue("payment")
    today = hall.call_next(2)
    assert today is not None
    terminal.finish(today, 2, None, "press-1")
    terminal.deliver(hall)
    terminal.finish(serving, 1, None, "press-2")
    terminal.deliver(hall)
    assert hall.ticket(today.id).state is TicketState.FINISHED
    assert hall.ticket(serving.id).state is TicketState.FINISHED
    assert hall.verify().clean


def test_what_is_not_at_the_counter_cannot_be_finished(hall: Hall, terminal: Keeper, serving: Ticket) -> None:
    done = hall.finish(1, holding=serving.id)
    with pytest.raises(Refused) as refusal:
        terminal.finish(done, 1, None, "press-1")
    assert refusal.value.code is RefusalCode.WRONG_STATE
    assert not terminal.pending()
