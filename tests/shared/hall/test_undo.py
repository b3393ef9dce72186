from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from shared.domain.clock import ManualClock
from shared.domain.counter import CounterState
from shared.domain.errors import RefusalCode, Refused
from shared.domain.event import EventKind
from shared.domain.ticket import Ticket
from shared.hall import Hall

Action = Callable[[Hall], object]


def tickets_and_counters(hall: Hall) -> tuple[dict[str, Ticket], dict[int, CounterState]]:
    snapshot = hall.snapshot()
    at_counters = [line.ticket for line in snapshot.counters if line.ticket is not None]
    known = [*snapshot.waiting, *snapshot.held, *snapshot.no_shows, *at_counters]
    return {ticket.number: ticket for ticket in known}, {
        line.plan.number: line.state for line in snapshot.counters
    }


def id_of(hall: Hall, number: str) -> str:
    return tickets_and_counters(hall)[0][number].id


def call(hall: Hall) -> object:
    return hall.call_next(1)


PREPARED: dict[str, list[Action]] = {
    "call": [],
    "call next": [call, lambda hall: hall.start(1)],
    "start": [call],
    "finish": [call, lambda hall: hall.start(1)],
    "finish unstarted": [call],
    "no_show": [call],
    "return": [call, lambda hall: hall.no_show(1)],
    "hold": [call, lambda hall: hall.start(1)],
    "hold waiting": [],
    "resume": [call, lambda hall: hall.hold(1)],
    "transfer": [lambda hall: hall.open_counter(3), call, lambda hall: hall.start(1)],
    "cancel": [],
    "pause": [],
    "open": [lambda hall: hall.pause_counter(1, "lunch")],
    "close": [],
}
ACTIONS: dict[str, tuple[EventKind, Action]] = {
    "call": (EventKind.CALLED, call),
    "call next": (EventKind.CALLED, call),
    "start": (EventKind.STARTED, lambda hall: hall.start(1)),
    "finish": (EventKind.FINISHED, lambda hall: hall.finish(1)),
    "finish unstarted": (EventKind.FINISHED, lambda hall: hall.finish(1)),
    "no_show": (EventKind.NO_SHOW, lambda hall: hall.no_show(1)),
    "return": (EventKind.RETURNED, lambda hall: hall.return_ticket(id_of(hall, "B001"), counter=1)),
    "hold": (EventKind.HELD, lambda hall: hall.hold(1)),
    "hold waiting": (EventKind.HELD, lambda hall: hall.hold_ticket(id_of(hall, "B002"), counter=1)),
    "resume": (EventKind.RESUMED, lambda hall: hall.resume(id_of(hall, "B001"), counter=1)),
    "transfer": (EventKind.TRANSFERRED, lambda hall: hall.transfer(1, "broadband", 3)),
    "cancel": (EventKind.CANCELLED, lambda hall: hall.cancel(id_of(hall, "B002"), counter=1)),
    "pause": (EventKind.COUNTER_PAUSED, lambda hall: hall.pause_counter(1, "tea")),
    "open": (EventKind.COUNTER_OPENED, lambda hall: hall.open_counter(1)),
    "close": (EventKind.COUNTER_CLOSED, lambda hall: hall.close_counter(1)),
}


def prepare(hall: Hall, clock: ManualClock, name: str) -> None:
    """A morning with counter 1 open and three customers, in the state that the action needs."""
    hall.open_counter(1)
    for _ in range(3):
        hall.issue("payment")
        clock.advance(timedelta(seconds=30))
    for step in PREPARED[name]:
        step(hall)
        clock.advance(timedelta(seconds=30))


@pytest.mark.parametrize("name", ACTIONS)
def test_undo_restores_exactly_and_what_was_undone_can_be_done_again(
    hall: Hall, clock: ManualClock, name: str
) -> None:
    prepare(hall, clock, name)
    kind, action = ACTIONS[name]
    before = tickets_and_counters(hall)
    action(hall)
    after = tickets_and_counters(hall)
    clock.advance(timedelta(seconds=10))
    undone = hall.undo(1)
    assert after != before
    assert tickets_and_counters(hall) == before
    assert (undone.counter, undone.took_back) == (1, kind)
    assert [before[0][ticket.number] for ticket in undone.tickets] == list(undone.tickets)
    action(hall)
    assert hall.undo(1).took_back is kind
    assert hall.verify().differences == ()


def test_undoing_the_first_call_of_a_closed_counter_closes_it_again(hall: Hall) -> None:
    hall.issue("payment")
    before = tickets_and_counters(hall)
    hall.call_next(1)
    hall.undo(1)
    assert tickets_and_counters(hall) == before
    assert hall.verify().differences == ()


def refused(hall: Hall, counter: int = 1) -> RefusalCode:
    before = hall.snapshot().seq
    with pytest.raises(Refused) as refusal:
        hall.undo(counter)
    assert hall.snapshot().seq == before
    return refusal.value.code


def test_too_late(hall: Hall, clock: ManualClock) -> None:
    prepare(hall, clock, "call")
    hall.call_next(1)
    clock.advance(timedelta(seconds=10, microseconds=1))
    assert refused(hall) is RefusalCode.UNDO_TOO_LATE


def test_nothing_to_take_back(hall: Hall) -> None:
    hall.issue("payment")
    assert refused(hall) is RefusalCode.NOTHING_TO_UNDO


def test_no_action_is_taken_back_twice(hall: Hall, clock: ManualClock) -> None:
    prepare(hall, clock, "start")
    hall.start(1)
    hall.undo(1)
    assert refused(hall) is RefusalCode.NOTHING_TO_UNDO


def test_a_recall_was_heard_and_stays(hall: Hall, clock: ManualClock) -> None:
    prepare(hall, clock, "start")
    hall.recall(1)
    assert refused(hall) is RefusalCode.NOTHING_TO_UNDO


def test_logging_in_and_out_is_not_taken_back(hall: Hall) -> None:
    hall.add_clerk("1001", "王芳", "1234")
    hall.log_in(1, "1001", "1234")
    assert refused(hall) is RefusalCode.NOTHING_TO_UNDO
    hall.log_in(2, "1001", "1234")
    assert refused(hall, 1) is RefusalCode.NOTHING_TO_UNDO
    hall.log_out(2)
    assert refused(hall, 2) is RefusalCode.NOTHING_TO_UNDO


def test_another_counters_action_is_not_taken_back(hall: Hall) -> None:
    hall.issue("payment")
    hall.call_next(1)
    assert refused(hall, 2) is RefusalCode.NOTHING_TO_UNDO


def test_a_ticket_that_has_moved_on_is_not_brought_back(hall: Hall) -> None:
    hall.issue("payment")
    hall.call_next(1)
    hall.open_counter(2)
    hall.transfer(1, to_counter=2)
    moved = hall.call_next(2)
    assert moved is not None
    assert refused(hall) is RefusalCode.UNDO_OVERTAKEN
    assert hall.ticket(moved.id) == moved


def test_an_action_of_yesterday_is_not_taken_back(hall: Hall, clock: ManualClock) -> None:
    clock.advance(timedelta(hours=18, minutes=59, seconds=55))
    hall.issue("payment")
    hall.call_next(1)
    clock.advance(timedelta(seconds=6))
    with pytest.raises(Refused) as refusal:
        hall.undo(1)
    assert refusal.value.code is RefusalCode.NOTHING_TO_UNDO


def test_an_unknown_counter(hall: Hall) -> None:
    hall.issue("payment")
    assert refused(hall, 9) is RefusalCode.UNKNOWN_COUNTER
