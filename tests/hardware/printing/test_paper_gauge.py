from __future__ import annotations

from dataclasses import replace

from hardware.printing.paper_gauge import FLICKER, LEAST_WARNING, PaperGauge
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


def test_a_sensor_that_flickers_on_its_edge_begins_no_new_count() -> None:
    gauge = PaperGauge(30)
    gauge.read(OK)
    gauge.read(LOW)
    for _ in range(4):
        gauge.printed(1)
        assert gauge.read(OK) == OK
        gauge.printed(1)
        gauge.read(LOW)
    assert gauge.read(LOW).tickets_left == 22


def test_a_roll_that_was_changed_before_its_end_begins_a_new_count() -> None:
    gauge = PaperGauge(30)
    gauge.read(OK)
    gauge.read(LOW)
    gauge.printed(10)
    for _ in range(FLICKER):
        gauge.read(OK)
        gauge.printed(1)
    assert gauge.read(LOW).tickets_left == 30


def test_without_a_sensor_whole_rolls_are_counted() -> None:
    gauge = PaperGauge(roll_tickets=100)
    assert gauge.read(OK) == replace(OK, tickets_left=100)
    gauge.printed(59)
    assert gauge.read(OK) == replace(OK, tickets_left=41)
    gauge.printed(1)
    assert gauge.read(OK) == DeviceStatus(Health.ATTENTION, (Cause.PAPER_LOW,), tickets_left=40)
    gauge.read(down(Cause.PAPER_OUT))
    assert gauge.read(OK) == replace(OK, tickets_left=100)


def test_a_counted_roll_warns_at_least_twenty_tickets_ahead_of_its_end() -> None:
    gauge, healths = PaperGauge(5, roll_tickets=100), []
    for _ in range(100):
        healths.append(gauge.read(OK).health)
        gauge.printed(1)
    assert healths.count(Health.ATTENTION) >= LEAST_WARNING
    assert gauge.read(OK).tickets_left == 0


def test_a_sensor_corrects_a_counted_roll_and_not_the_other_way_round() -> None:
    gauge = PaperGauge(30, roll_tickets=100)
    assert gauge.read(LOW).tickets_left == 30
    for _ in range(FLICKER):
        gauge.read(OK)
        gauge.printed(1)
    assert gauge.read(OK).tickets_left == 95, "a new roll, of which five are gone"


def test_a_count_goes_on_after_a_restart_and_ends_with_the_roll() -> None:
    gauge = PaperGauge(30)
    gauge.resume(12)
    assert gauge.read(LOW).tickets_left == 12
    counted = PaperGauge(roll_tickets=100)
    counted.resume(0)
    assert counted.read(OK).tickets_left == 100
