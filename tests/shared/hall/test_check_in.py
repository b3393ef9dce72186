from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.clock import ManualClock
from shared.domain.errors import RefusalCode, Refused
from shared.domain.ticket import Ticket, TicketState
from shared.hall import Hall
from shared.hall.check_in import CheckInOutcome, check_in
from shared.hall.ticket_slip import ticket_code


def code_of(hall: Hall, ticket: Ticket) -> str:
    return ticket_code(hall.plan, ticket)


def missed(hall: Hall) -> Ticket:
    """A customer who was called and did not come, while three others wait."""
    ticket = hall.issue("payment")
    hall.call_next(1)
    hall.no_show(1)
    for _ in range(3):
        hall.issue("payment")
    return ticket


def test_a_no_show_returns_and_is_told_who_is_ahead(hall: Hall) -> None:
    ticket = missed(hall)
    found = check_in(hall, code_of(hall, ticket), "scan-1")
    assert (found.outcome, found.people_ahead) == (CheckInOutcome.RETURNED, 3)
    assert hall.ticket(ticket.id).state is TicketState.WAITING
    assert hall.verify().clean


def test_a_second_scan_finds_it_waiting(hall: Hall) -> None:
    code = code_of(hall, missed(hall))
    check_in(hall, code)
    seq = hall.snapshot().seq
    assert check_in(hall, code).outcome is CheckInOutcome.WAITING
    assert hall.snapshot().seq == seq


def test_whoever_missed_two_calls_takes_a_new_ticket(hall: Hall) -> None:
    ticket = hall.issue("payment")
    for _ in range(2):
        if hall.ticket(ticket.id).state is TicketState.NO_SHOW:
            check_in(hall, code_of(hall, ticket))
        hall.call_next(1)
        hall.no_show(1)
    with pytest.raises(Refused) as refusal:
        check_in(hall, code_of(hall, ticket))
    assert refusal.value.code is RefusalCode.ALREADY_RETURNED


def test_a_held_ticket_is_resumed(hall: Hall) -> None:
    ticket = hall.issue("payment")
    hall.hold_ticket(ticket.id)
    found = check_in(hall, code_of(hall, ticket))
    assert (found.outcome, found.ticket.state) == (CheckInOutcome.RESUMED, TicketState.WAITING)


def test_an_appointment_is_told_how_many_are_before_it(hall: Hall, clock: ManualClock) -> None:
    hall.issue("payment")
    booked = hall.issue("payment", "appointment", appointed_for=clock.now() + timedelta(hours=1))
    found = check_in(hall, code_of(hall, booked))
    assert (found.outcome, found.people_ahead) == (CheckInOutcome.WAITING, 1)


def test_a_called_ticket_and_a_finished_one_are_explained_and_left_alone(hall: Hall) -> None:
    ticket = hall.issue("payment")
    hall.call_next(1)
    found = check_in(hall, code_of(hall, ticket))
    assert (found.outcome, found.ticket.counter) == (CheckInOutcome.CALLED, 1)
    hall.finish(1)
    assert check_in(hall, code_of(hall, ticket)).outcome is CheckInOutcome.OVER


def test_codes_that_are_not_of_today_or_not_of_here(hall: Hall, clock: ManualClock) -> None:
    ticket = hall.issue("payment")
    codes = {
        "6901234567892": RefusalCode.FOREIGN_CODE,
        f"jiaohao:elsewhere/{ticket.id}": RefusalCode.OTHER_HALL,
        f"jiaohao:small/{ticket.id[:-1]}9": RefusalCode.UNKNOWN_TICKET,
        "jiaohao:small/20261122-B001": RefusalCode.OTHER_DAY,
        "jiaohao:small/20991231-B001": RefusalCode.OTHER_DAY,
    }
    for code, expected in codes.items():
        with pytest.raises(Refused) as refusal:
            check_in(hall, code)
        assert refusal.value.code is expected
    clock.advance(timedelta(days=1))
    with pytest.raises(Refused) as refusal:
        check_in(hall, code_of(hall, ticket))
    assert refusal.value.code is RefusalCode.OTHER_DAY
