"""What a command's answer tells of the hall is what the hall's next picture shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from shared.domain.counter import CounterState, CounterStatus
from shared.domain.picture_after import picture_after
from shared.domain.snapshot import HallSnapshot
from shared.domain.ticket import Ticket
from shared.hall import Hall
from shared.hall.command_runner import LogPlace
from shared.hall.queueing import Undone

COUNTER = 2
Command = Callable[[Hall], Ticket | Undone | CounterState | None]


def call_and(hall: Hall, command: Command) -> Ticket:
    """The ticket called to the counter, after one command more."""
    ticket = hall.call_next(COUNTER)
    assert ticket is not None
    command(hall)
    return ticket


def nothing(_hall: Hall) -> None:
    """No command more."""


def called(hall: Hall) -> Ticket:
    return call_and(hall, nothing)


def missed(hall: Hall) -> Ticket:
    return call_and(hall, lambda hall: hall.no_show(COUNTER))


def held(hall: Hall) -> Ticket:
    return call_and(hall, lambda hall: hall.hold(COUNTER))


STEPS: dict[str, tuple[Callable[[Hall], object], Command]] = {
    "the first call opens its counter": (nothing, lambda hall: hall.call_next(COUNTER)),
    "the next call ends a service": (called, lambda hall: hall.call_next(COUNTER)),
    "recall": (called, lambda hall: hall.recall(COUNTER)),
    "start": (called, lambda hall: hall.start(COUNTER)),
    "finish": (called, lambda hall: hall.finish(COUNTER)),
    "no-show": (called, lambda hall: hall.no_show(COUNTER)),
    "hold": (called, lambda hall: hall.hold(COUNTER)),
    "hold a waiting one": (nothing, lambda hall: hall.hold_ticket(hall.waiting()[0].id)),
    "cancel a waiting one": (nothing, lambda hall: hall.cancel(hall.waiting()[0].id)),
    "transfer": (called, lambda hall: hall.transfer(COUNTER, "broadband")),
    "resume": (held, lambda hall: hall.resume(hall.snapshot().held[0].id)),
    "return": (missed, lambda hall: hall.return_ticket(hall.snapshot().no_shows[0].id)),
    "undo a no-show": (missed, lambda hall: hall.undo(COUNTER)),
    "undo a call that ended a service": (
        lambda hall: (called(hall), called(hall)),
        lambda hall: hall.undo(COUNTER),
    ),
    "pause": (called, lambda hall: hall.pause_counter(COUNTER, "meal")),
    "open": (lambda hall: hall.pause_counter(COUNTER, "meal"), lambda hall: hall.open_counter(COUNTER)),
}


def told(picture: HallSnapshot) -> HallSnapshot:
    """The picture without what no answer tells, and without an order where there is none."""
    return replace(
        picture,
        held=tuple(sorted(picture.held, key=lambda ticket: ticket.id)),
        no_shows=tuple(sorted(picture.no_shows, key=lambda ticket: ticket.id)),
        services=(),
        calls=(),
    )


def after(picture: HallSnapshot, seq: int, result: Ticket | Undone | CounterState | None) -> HallSnapshot:
    match result:
        case Undone(tickets=tickets):
            return picture_after(picture, seq, tickets)
        case CounterState() as state:
            return picture_after(picture, seq, state=state)
        case Ticket() as ticket:
            return picture_after(picture, seq, (ticket,))
        case None:
            return picture_after(picture, seq, freed=COUNTER)


@pytest.mark.parametrize("step", STEPS)
def test_an_answer_tells_what_the_next_picture_shows(hall: Hall, step: str) -> None:
    for service in ("payment", "broadband", "enquiry", "payment"):
        hall.issue(service)
    prepare, command = STEPS[step]
    prepare(hall)
    before = hall.snapshot()
    result = command(hall)
    place = hall.answered_at
    assert place is not None
    assert told(after(before, place.seq, result)) == told(hall.snapshot())


def test_a_call_for_nobody_frees_the_counter(hall: Hall) -> None:
    hall.issue("payment")
    called(hall)
    before = hall.snapshot()
    assert hall.call_next(COUNTER) is None
    place = hall.answered_at
    assert place is not None
    assert told(after(before, place.seq, None)) == told(hall.snapshot())


def test_a_repeated_request_tells_the_place_of_its_first_answer(hall: Hall) -> None:
    hall.issue("payment")
    hall.call_next(COUNTER, "request-1")
    first = hall.answered_at
    hall.start(COUNTER)
    assert hall.answered_at == LogPlace(hall.snapshot().day, hall.snapshot().seq)
    hall.call_next(COUNTER, "request-1")
    assert hall.answered_at == first


def test_a_command_that_changed_nothing_has_no_place(hall: Hall) -> None:
    hall.open_counter(COUNTER)
    assert hall.answered_at is not None
    assert hall.call_next(COUNTER) is None
    assert hall.answered_at is None


def test_a_closed_counter_is_opened_by_its_call(hall: Hall) -> None:
    hall.issue("payment")
    before = hall.snapshot()
    ticket = called(hall)
    assert before.counter(COUNTER).state.status is CounterStatus.CLOSED
    picture = picture_after(before, 9, (ticket,))
    assert picture.counter(COUNTER).state.status is CounterStatus.OPEN
    assert picture.seq == 9
