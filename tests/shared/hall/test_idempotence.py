from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.clock import ManualClock
from shared.domain.errors import RefusalCode, Refused
from shared.hall import Hall, create_hall
from tools.testing.hall_commands import CASES, ONCE, Command, called
from tools.testing.halls import small_plan


@pytest.mark.parametrize("name", CASES)
def test_a_repeated_request_gets_the_first_result(hall: Hall, clock: ManualClock, name: str) -> None:
    """At once, as for a double tap; and later, when everything has moved on, as after a long time out."""
    prepare, command, go_on = CASES[name]
    prepare(hall)
    clock.advance(timedelta(seconds=5))
    first = command(hall)
    seq = hall.snapshot().seq
    assert command(hall) == first
    assert hall.snapshot().seq == seq
    clock.advance(timedelta(minutes=1))
    go_on(hall)
    seq = hall.snapshot().seq
    assert seq > 0
    assert command(hall) == first
    assert hall.snapshot().seq == seq
    assert hall.verify().differences == ()


def test_a_call_that_only_ended_a_service_says_nobody_again(hall: Hall) -> None:
    hall.issue("payment")
    hall.call_next(1)
    assert hall.call_next(1, ONCE) is None
    waiting = hall.issue("payment")
    assert hall.call_next(1, ONCE) is None
    assert hall.waiting() == (waiting,)


def test_a_request_over_the_roll_over_is_answered_with_yesterdays_result(
    hall: Hall, clock: ManualClock
) -> None:
    clock.advance(timedelta(hours=18, minutes=59))
    first = hall.issue("payment", request_id=ONCE)
    clock.advance(timedelta(minutes=2))
    assert hall.issue("payment", request_id=ONCE) == first
    assert hall.issue("payment").number == "B001"


def test_a_paper_is_not_printed_again(hall: Hall) -> None:
    hall.issue("payment", request_id=ONCE, print_at="kiosk-1")
    hall.issue("payment", request_id=ONCE, print_at="kiosk-1")
    assert len(hall.print_jobs()) == 1


def test_a_request_that_was_refused_may_be_tried_again(hall: Hall) -> None:
    with pytest.raises(Refused):
        hall.start(1, ONCE)
    called(hall)
    assert hall.start(1, ONCE).number == "B001"


@pytest.mark.parametrize(
    "other",
    [
        lambda hall: hall.issue("enquiry", request_id=ONCE),
        lambda hall: hall.issue("payment", "senior", ONCE),
        lambda hall: hall.call_next(1, ONCE),
        lambda hall: hall.undo(1, ONCE),
        lambda hall: hall.open_counter(1, ONCE),
    ],
)
def test_a_request_id_of_another_command_is_refused(hall: Hall, other: Command) -> None:
    hall.issue("payment", request_id=ONCE)
    with pytest.raises(Refused, match="issue payment ordinary") as refusal:
        other(hall)
    assert refusal.value.code is RefusalCode.REQUEST_REUSED
    assert len(hall.waiting()) == 1


def test_another_hall_may_use_the_same_request_id(hall: Hall, database_url: str, clock: ManualClock) -> None:
    with create_hall(database_url, small_plan("other"), clock=clock) as other:
        hall.issue("payment", request_id=ONCE)
        assert other.issue("enquiry", request_id=ONCE).number == "A001"
