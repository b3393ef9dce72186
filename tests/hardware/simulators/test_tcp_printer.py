from __future__ import annotations

import contextlib
import queue
import socket
import threading
from collections.abc import Iterator

import pytest
import zxingcpp
from PIL import Image

from hardware.lines.tcp import TcpLine
from hardware.printing.fonts import TicketFont
from hardware.printing.opening import open_printer
from hardware.printing.paper import Paper
from hardware.printing.printer import EscposPrinter, Patience, PrintState, TicketPrinter
from hardware.simulators.faults import Fault
from hardware.simulators.printer import PrintedTicket, SimulatedPrinter
from hardware.simulators.tcp_printer import TcpPrinterSimulator
from hardware.status import Cause, Health
from shared.domain.slip import Slip
from tools.testing.patience import PATIENCE_S


@pytest.fixture
def tickets() -> queue.Queue[PrintedTicket]:
    return queue.Queue()


@pytest.fixture
def simulator(tickets: queue.Queue[PrintedTicket]) -> Iterator[TcpPrinterSimulator]:
    with TcpPrinterSimulator(SimulatedPrinter("tcp", 576, None, tickets.put)) as running:
        yield running


@pytest.fixture
def printer(simulator: TcpPrinterSimulator, font: TicketFont) -> TicketPrinter:
    return open_printer(f"escpos+tcp://127.0.0.1:{simulator.port}?answer_ms=300&printed_ms=1000", font=font)


def test_a_ticket_over_tcp_is_the_picture_that_was_drawn(
    printer: TicketPrinter,
    tickets: queue.Queue[PrintedTicket],
    chinese_ticket: Slip,
    chinese_picture: Image.Image,
) -> None:
    assert printer.print_slip(chinese_ticket).state is PrintState.PRINTED
    picture = tickets.get(timeout=PATIENCE_S).picture
    assert picture.crop((0, 0, *chinese_picture.size)).tobytes() == chinese_picture.tobytes()
    assert len(zxingcpp.read_barcodes(picture.convert("L"))) == 1


def test_ticket_after_ticket_each_on_a_connection_of_its_own(
    printer: TicketPrinter, tickets: queue.Queue[PrintedTicket], small_slip: Slip
) -> None:
    assert [printer.print_slip(small_slip).state for _ in range(3)] == [PrintState.PRINTED] * 3
    assert tickets.qsize() == 3


@pytest.mark.expects_log("is down: paper_out")
def test_paper_out_is_told_and_printing_goes_on_when_it_is_cleared(
    printer: TicketPrinter, simulator: TcpPrinterSimulator, small_slip: Slip
) -> None:
    simulator.printer.faults.fail(Fault.PAPER_OUT)
    assert printer.print_slip(small_slip).cause is Cause.PAPER_OUT
    simulator.printer.faults.recover()
    assert printer.print_slip(small_slip).state is PrintState.PRINTED


@pytest.mark.expects_log("is down: unreachable")
def test_an_unplugged_printer_is_unreachable(
    printer: TicketPrinter, simulator: TcpPrinterSimulator, small_slip: Slip
) -> None:
    simulator.printer.faults.fail(Fault.UNPLUGGED)
    outcome = printer.print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.FAILED, Cause.UNREACHABLE)


@pytest.mark.parametrize(
    ("fault", "cause"), [(Fault.SILENT, Cause.NO_ANSWER), (Fault.GARBAGE, Cause.GARBAGE)]
)
def test_a_dumb_printer_is_unknown(
    fault: Fault, cause: Cause, printer: TicketPrinter, simulator: TcpPrinterSimulator
) -> None:
    simulator.printer.faults.fail(fault)
    status = printer.status()
    assert (status.health, status.cause) == (Health.UNKNOWN, cause)


def test_a_peer_that_takes_bytes_and_never_speaks_is_not_called_a_failure(
    font: TicketFont, small_slip: Slip
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"escpos+tcp://127.0.0.1:{server.getsockname()[1]}?answer_ms=50&printed_ms=50"
        outcome = open_printer(url, font=font).print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.SENT_UNCONFIRMED, Cause.NO_ANSWER)


def flood(server: socket.socket) -> None:
    """Say the same nonsense until the other side hangs up."""
    peer, _ = server.accept()
    with peer, contextlib.suppress(OSError):
        while True:
            peer.sendall(b"\xff" * 65536)


def test_a_peer_that_floods_the_line_keeps_nobody_waiting(font: TicketFont) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        peer = threading.Thread(target=flood, args=(server,), name="flood")
        peer.start()
        status = open_printer(f"escpos+tcp://127.0.0.1:{server.getsockname()[1]}", font=font).status()
        peer.join()
    assert (status.health, status.cause) == (Health.UNKNOWN, Cause.GARBAGE)


def test_a_stall_after_the_ticket_began_is_not_called_a_failure(
    simulator: TcpPrinterSimulator, font: TicketFont, small_slip: Slip
) -> None:
    """The printer stops reading while the program rests between two strips."""
    printer = EscposPrinter(
        TcpLine("127.0.0.1", simulator.port),
        Paper(80, strip_rows=24, strip_delay_ms=1),
        font,
        patience=Patience(answer_s=0.5, printed_s=0.1),
        sleep=lambda _: simulator.printer.faults.fail(Fault.STALLED),
    )
    outcome = printer.print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.SENT_UNCONFIRMED, Cause.NO_ANSWER)


def test_a_slow_printer_still_prints(
    simulator: TcpPrinterSimulator, font: TicketFont, small_slip: Slip
) -> None:
    simulator.printer.faults.fail(Fault.SLOW)
    url = f"escpos+tcp://127.0.0.1:{simulator.port}?width=58&feed=0&printed_ms=10000&answer_ms=5000"
    assert open_printer(url, font=font).print_slip(small_slip).state is PrintState.PRINTED


def test_answers_that_come_byte_by_byte_are_waited_for(
    simulator: TcpPrinterSimulator, font: TicketFont, small_slip: Slip
) -> None:
    simulator.printer.faults.fail(Fault.TRICKLE)
    url = f"escpos+tcp://127.0.0.1:{simulator.port}?confirm=id&answer_ms=5000"
    assert open_printer(url, font=font).print_slip(small_slip).state is PrintState.PRINTED


def test_answers_that_trickle_for_too_long_are_not_believed(
    simulator: TcpPrinterSimulator, font: TicketFont, small_slip: Slip
) -> None:
    simulator.printer.faults.fail(Fault.TRICKLE)
    url = f"escpos+tcp://127.0.0.1:{simulator.port}?confirm=id&answer_ms=5000&printed_ms=120"
    outcome = open_printer(url, font=font).print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.SENT_UNCONFIRMED, Cause.GARBAGE)


def test_a_taken_port_is_said_at_once(simulator: TcpPrinterSimulator) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        TcpPrinterSimulator(simulator.printer, port=taken.getsockname()[1])
