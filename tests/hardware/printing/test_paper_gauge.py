from __future__ import annotations

from hardware.printing.paper_gauge import PaperGauge
from hardware.status import OK, Cause, DeviceStatus, Health, down

LOW = DeviceStatus(Health.ATTENTION, (Cause.PAPER_LOW,))


def test_from_the_warning_on_each_ticket_is_one_less() -> None:
    gauge = PaperGauge(30)
    assert gauge.read(OK).tickets_left is None
    assert gauge.read(LOW).tickets_left == 30
    gauge.printed(2)
    assert gauge.read(LOW).tickets_left == 28


def test_it_never_counts_below_nothing() -> None:
    gauge = PaperGauge(1)
    gauge.read(OK)
    gauge.read(LOW)
    gauge.printed(2)
    assert gauge.read(LOW).tickets_left == 0


def test_no_paper_is_no_tickets_and_a_new_roll_forgets() -> None:
    gauge = PaperGauge()
    assert gauge.read(down(Cause.PAPER_OUT)).tickets_left == 0
    assert gauge.read(OK) == OK


def test_paper_that_was_low_before_we_looked_is_not_guessed() -> None:
    assert PaperGauge(30).read(LOW).tickets_left is None


def test_a_printer_that_was_away_keeps_its_count() -> None:
    gauge = PaperGauge(30)
    gauge.read(OK)
    gauge.read(LOW)
    gauge.printed(5)
    gauge.read(down(Cause.UNREACHABLE))
    assert gauge.read(LOW).tickets_left == 25
