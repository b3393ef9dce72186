from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.clock import ManualClock
from shared.domain.counter import CounterState, CounterStatus
from shared.domain.errors import RefusalCode, Refused
from shared.hall import Hall


def state(hall: Hall, counter: int = 1) -> CounterState:
    return hall.snapshot().counter(counter).state


def test_open_pause_close(hall: Hall, clock: ManualClock) -> None:
    assert state(hall) == CounterState(1)
    hall.open_counter(1)
    assert state(hall) == CounterState(1, CounterStatus.OPEN, since=clock.now())
    paused_at = clock.advance(timedelta(minutes=1))
    assert hall.pause_counter(1, "lunch") == CounterState(1, CounterStatus.PAUSED, "lunch", since=paused_at)
    hall.close_counter(1)
    assert state(hall) == CounterState(1, CounterStatus.CLOSED, since=paused_at)


def test_what_is_so_already_changes_nothing(hall: Hall) -> None:
    hall.open_counter(1)
    seq = hall.snapshot().seq
    assert hall.open_counter(1).status is CounterStatus.OPEN
    hall.close_counter(2)
    assert hall.snapshot().seq == seq


def test_a_counter_with_a_customer_is_not_closed(hall: Hall) -> None:
    hall.issue("payment")
    hall.call_next(1)
    with pytest.raises(Refused, match="B001 is still at counter 1") as refusal:
        hall.close_counter(1)
    assert refusal.value.code is RefusalCode.COUNTER_BUSY
    assert state(hall).status is CounterStatus.OPEN


@pytest.mark.parametrize("command", ["open_counter", "close_counter", "log_out"])
def test_unknown_counters(hall: Hall, command: str) -> None:
    with pytest.raises(Refused) as refusal:
        getattr(hall, command)(9)
    assert refusal.value.code is RefusalCode.UNKNOWN_COUNTER


def test_figures_count_what_stands(hall: Hall, clock: ManualClock) -> None:
    for _ in range(4):
        hall.issue("payment")
    for minutes in (10, 30):
        hall.call_next(1)
        hall.start(1)
        clock.advance(timedelta(minutes=minutes))
        hall.finish(1)
    hall.call_next(1)
    hall.no_show(1)
    figures = hall.figures(1)
    assert (figures.served, figures.no_shows, figures.within_limit) == (2, 1, 1)
    assert figures.mean_service == timedelta(minutes=20)


def test_a_finish_that_was_taken_back_counts_where_the_service_ended(hall: Hall) -> None:
    hall.issue("payment")
    hall.call_next(1)
    hall.finish(1)
    hall.undo(1)
    hall.open_counter(2)
    hall.transfer(1, to_counter=2)
    hall.call_next(2)
    hall.finish(2)
    assert (hall.figures(1).served, hall.figures(2).served) == (0, 1)


def test_a_ticket_sent_to_a_counter_that_closes_may_go_to_any(hall: Hall) -> None:
    hall.open_counter(1)
    ticket = hall.issue("payment")
    assert hall.call_next(2) == hall.ticket(ticket.id)
    assert hall.transfer(2, to_counter=1).target_counter == 1
    assert hall.call_next(2) is None
    hall.close_counter(1)
    assert hall.ticket(ticket.id).target_counter is None
    called = hall.call_next(2)
    assert called is not None
    assert called.id == ticket.id
    assert hall.verify().clean


def test_undoing_the_closing_sends_the_ticket_there_again(hall: Hall) -> None:
    hall.open_counter(1)
    ticket = hall.issue("payment")
    hall.call_next(2)
    hall.transfer(2, to_counter=1)
    hall.close_counter(1)
    hall.undo(1)
    assert hall.ticket(ticket.id).target_counter == 1
    assert hall.snapshot().counter(1).state.status is CounterStatus.OPEN
    assert hall.verify().clean


def test_no_ticket_is_sent_to_a_closed_counter(hall: Hall) -> None:
    hall.issue("payment")
    hall.call_next(2)
    with pytest.raises(Refused) as refused:
        hall.transfer(2, to_counter=1)
    assert refused.value.code is RefusalCode.COUNTER_CLOSED
