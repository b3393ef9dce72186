from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from hardware.printing.fonts import TicketFont
from hardware.printing.opening import open_printer
from hardware.printing.printer import PrintState, TicketPrinter
from hardware.simulators.bench import SimulatorBench
from hardware.simulators.faults import Fault
from hardware.simulators.printer import PrintedTicket, SimulatedPrinterLine
from hardware.status import Cause, Health
from shared.domain.slip import Slip

STOPPING = [Fault.PAPER_OUT, Fault.COVER_OPEN, Fault.OFFLINE, Fault.CUTTER_ERROR]


@pytest.fixture
def tickets() -> list[PrintedTicket]:
    return []


@pytest.fixture
def bench(tickets: list[PrintedTicket]) -> SimulatorBench:
    return SimulatorBench(on_ticket=tickets.append)


@pytest.fixture
def printer(bench: SimulatorBench, font: TicketFont) -> TicketPrinter:
    return open_printer("sim://printer/p1", font=font, bench=bench)


def test_the_paper_shows_exactly_the_picture_that_was_drawn(
    printer: TicketPrinter, tickets: list[PrintedTicket], chinese_ticket: Slip, chinese_picture: Image.Image
) -> None:
    assert printer.print_slip(chinese_ticket).state is PrintState.PRINTED
    (ticket,) = tickets
    drawn = ticket.picture.crop((0, 0, *chinese_picture.size))
    assert drawn.tobytes() == chinese_picture.tobytes()


@pytest.mark.expects_log("printer sim://printer/p1 is down")
@pytest.mark.parametrize("fault", STOPPING)
def test_a_fault_before_the_ticket_prints_nothing_and_has_its_name(
    fault: Fault,
    printer: TicketPrinter,
    bench: SimulatorBench,
    tickets: list[PrintedTicket],
    small_slip: Slip,
) -> None:
    bench.printers["p1"].faults.fail(fault)
    outcome = printer.print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.FAILED, Cause(fault.value))
    bench.printers["p1"].recover()
    assert printer.status().health is Health.OK
    assert not tickets


@pytest.mark.expects_log("printer sim://printer/p1 is down")
@pytest.mark.parametrize(
    ("fault", "state", "cause"),
    [
        (Fault.UNPLUGGED, PrintState.FAILED, Cause.UNREACHABLE),
        (Fault.STALLED, PrintState.FAILED, Cause.TIMEOUT),
    ],
)
def test_a_printer_that_cannot_be_reached_failed(
    fault: Fault,
    state: PrintState,
    cause: Cause,
    printer: TicketPrinter,
    bench: SimulatorBench,
    small_slip: Slip,
) -> None:
    bench.printers["p1"].faults.fail(fault)
    outcome = printer.print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (state, cause)


@pytest.mark.parametrize(
    ("fault", "cause"), [(Fault.SILENT, Cause.NO_ANSWER), (Fault.GARBAGE, Cause.GARBAGE)]
)
def test_a_printer_that_makes_no_sense_prints_but_is_not_believed(
    fault: Fault,
    cause: Cause,
    printer: TicketPrinter,
    bench: SimulatorBench,
    tickets: list[PrintedTicket],
    small_slip: Slip,
) -> None:
    bench.printers["p1"].faults.fail(fault)
    outcome = printer.print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.SENT_UNCONFIRMED, cause)
    assert len(tickets) == 1


def test_low_paper_prints_and_warns(printer: TicketPrinter, bench: SimulatorBench, small_slip: Slip) -> None:
    bench.printers["p1"].faults.fail(Fault.PAPER_LOW)
    outcome = printer.print_slip(small_slip)
    assert (outcome.state, outcome.status.health) == (PrintState.PRINTED, Health.ATTENTION)
    assert outcome.status.cause is Cause.PAPER_LOW


def test_a_ticket_caught_by_a_fault_comes_out_once_when_it_is_cleared(
    bench: SimulatorBench, tickets: list[PrintedTicket]
) -> None:
    line = bench.printer_line("p2", 384, None)
    printer = bench.printers["p2"]
    line.open()
    line.write(b"\x1b@\x1dv0\x00\x30\x00\x01\x00" + bytes(48))
    printer.faults.fail(Fault.PAPER_OUT)
    line.write(b"\x1dV\x00")
    line.close()
    assert not tickets
    printer.recover(Fault.PAPER_OUT)
    printer.recover()
    assert [ticket.picture.size for ticket in tickets] == [(384, 1)]


def test_a_slow_printer_takes_its_time(bench: SimulatorBench) -> None:
    rests: list[float] = []
    bench.printer_line("p3", 384, None)
    line = SimulatedPrinterLine(bench.printers["p3"], rests.append)
    bench.printers["p3"].faults.fail(Fault.SLOW)
    line.open()
    line.write(b"\x1b@")
    assert rests == [0.5]


def test_a_file_makes_a_printer_fail_from_another_process(
    tmp_path: Path, font: TicketFont, bench: SimulatorBench
) -> None:
    printer = open_printer(f"sim://printer/p4?folder={tmp_path}", font=font, bench=bench)
    (tmp_path / "p4.faults").write_text("paper_low\nnonsense\n", encoding="utf-8")
    assert printer.status().cause is Cause.PAPER_LOW
    (tmp_path / "p4.faults").unlink()
    assert printer.status().health is Health.OK


@pytest.mark.expects_log("is down: write_failed")
def test_a_folder_that_cannot_be_written_is_a_fault_and_no_crash(
    tmp_path: Path, font: TicketFont, small_slip: Slip
) -> None:
    (tmp_path / "file").touch()
    outcome = open_printer(f"sim://printer/p5?folder={tmp_path}/file", font=font).print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.SENT_UNCONFIRMED, Cause.WRITE_FAILED)


@pytest.mark.parametrize("width", [58, 80])
def test_a_text_ticket_comes_out_with_a_qr_code_that_decodes(
    width: int,
    bench: SimulatorBench,
    tickets: list[PrintedTicket],
    font: TicketFont,
    chinese_ticket: Slip,
    golden: Callable[[str, bytes], bytes],
) -> None:
    url = f"sim://printer/t{width}?width={width}&render=text&confirm=id"
    assert open_printer(url, font=font, bench=bench).print_slip(chinese_ticket).state is PrintState.PRINTED
    (ticket,) = tickets
    (code,) = zxingcpp.read_barcodes(ticket.picture.convert("L"))
    assert code.text.endswith("A023")
    png = io.BytesIO()
    ticket.picture.save(png, format="PNG")
    approved = Image.open(io.BytesIO(golden(f"text_ticket_{width}mm.png", png.getvalue())))
    assert ticket.picture.tobytes() == approved.tobytes()


def test_without_a_cutter_a_ticket_comes_out_too(
    bench: SimulatorBench, tickets: list[PrintedTicket], font: TicketFont, small_slip: Slip
) -> None:
    open_printer("sim://printer/n?profile=usual_58", font=font, bench=bench).print_slip(small_slip)
    assert len(tickets) == 1
