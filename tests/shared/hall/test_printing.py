from __future__ import annotations

import pytest

from shared.domain.errors import RefusalCode, Refused
from shared.domain.snapshot import PrintState
from shared.hall import Hall


def test_the_way_of_a_paper(hall: Hall) -> None:
    ticket = hall.issue("payment", print_at="kiosk-1")
    (job,) = hall.print_jobs("kiosk-1")
    assert (job.ticket, job.number, job.copy, job.state) == (ticket.id, "B001", 1, PrintState.QUEUED)
    assert hall.claim_print(job)
    assert not hall.claim_print(job)
    assert hall.print_succeeded(job)
    assert hall.print_jobs() == ()
    assert hall.snapshot().unprinted == ()


def test_a_ticket_without_a_printer_has_no_paper(hall: Hall) -> None:
    ticket = hall.issue("payment")
    assert hall.print_jobs() == ()
    with pytest.raises(Refused) as refusal:
        hall.reprint(ticket.id)
    assert refusal.value.code is RefusalCode.UNKNOWN_TICKET
    assert hall.reprint(ticket.id, "kiosk-2").printer == "kiosk-2"


def test_a_failed_paper_is_shown_and_reprinted_elsewhere(hall: Hall) -> None:
    ticket = hall.issue("payment", print_at="kiosk-1")
    (job,) = hall.print_jobs()
    hall.claim_print(job)
    assert hall.print_failed(job, "paper_out")
    (failed,) = hall.snapshot().unprinted
    assert (failed.state, failed.cause, failed.attempts) == (PrintState.FAILED, "paper_out", 1)
    reprint = hall.reprint(ticket.id, "kiosk-2")
    assert (reprint.copy, reprint.printer, reprint.state) == (2, "kiosk-2", PrintState.QUEUED)
    assert hall.print_jobs() == (reprint,)
    assert not hall.print_succeeded(job)


def test_an_unconfirmed_paper_is_asked_about_while_its_customer_may_need_it(hall: Hall) -> None:
    numbers = [hall.issue("payment", print_at="kiosk-1").number for _ in range(3)]
    for job in hall.papers_to_print("kiosk-1"):
        assert hall.claim_print(job)
    assert hall.papers_to_print("kiosk-1") == ()
    assert [job.number for job in hall.snapshot().unprinted] == numbers
    hall.open_counter(1)
    hall.call_next(1)
    assert [job.number for job in hall.snapshot().unprinted] == numbers[1:], (
        "who was called has come, or will be asked for"
    )
    hall.no_show(1)
    assert [job.number for job in hall.snapshot().unprinted] == numbers, (
        "perhaps nobody came for want of a number"
    )
    hall.call_next(1)
    hall.finish(1)
    assert [job.number for job in hall.snapshot().unprinted] == [numbers[0], numbers[2]]
    assert [job.number for job in hall.print_jobs("kiosk-1")] == numbers


def test_a_reprint_goes_to_the_last_printer(hall: Hall) -> None:
    ticket = hall.issue("payment", print_at="kiosk-1")
    hall.reprint(ticket.id, "kiosk-2")
    assert hall.reprint(ticket.id).printer == "kiosk-2"


def test_an_issue_that_is_refused_prints_nothing(hall: Hall) -> None:
    with pytest.raises(Refused):
        hall.issue("haircut", print_at="kiosk-1")
    assert hall.print_jobs() == ()


def test_paper_is_no_part_of_the_log(hall: Hall) -> None:
    hall.issue("payment", print_at="kiosk-1")
    seq = hall.snapshot().seq
    hall.claim_print(hall.print_jobs()[0])
    assert hall.snapshot().seq == seq
    assert hall.verify().clean
