"""The hall goes on without its database: the real programs, with the line to a real server cut, hung and mended."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import pytest
import zxingcpp

from hardware.simulators.printer import PrintedTicket, SimulatedPrinter
from hardware.simulators.tcp_printer import TcpPrinterSimulator
from operations.demo.actor import Actor
from shared.hall import Hall, TicketState
from tools.testing.cuttable_line import CuttableLine
from tools.testing.patience import PATIENCE_S
from tools.testing.programs import TEN_IN_SHANGHAI, programs_of

COUNTER = 3
PATIENT = "answer_ms=20000&printed_ms=60000"

pytestmark = pytest.mark.timeout(3 * PATIENCE_S)


@dataclass
class Stage:
    """A hall behind a line, and what starts its programs."""

    hall: Hall
    line: CuttableLine
    start: Callable[..., Actor]
    papers: SimpleQueue[PrintedTicket]
    printer: str

    def start_kiosk(self) -> Actor:
        """Start the kiosk, and wait until it could go on by itself."""
        kiosk = self.start("kiosk", "kiosk", "--name", "kiosk-1", "--printer", self.printer)
        until("the kiosk's first page", lambda: kiosk.tell("show")["page"] == "services")
        until("the kiosk's own series", lambda: kiosk.tell("show")["standby"])
        return kiosk

    def numbers(self) -> list[str]:
        """The numbers that wait, in the hall's own order."""
        return [ticket.number for ticket in self.hall.waiting()]


@pytest.fixture
def stage(postgres_url: str, line: CuttableLine, tmp_path: Path) -> Iterator[Stage]:
    papers: SimpleQueue[PrintedTicket] = SimpleQueue()
    with programs_of(postgres_url, tmp_path, reached_at=line.url) as programs:
        printer = programs.stack.enter_context(
            TcpPrinterSimulator(SimulatedPrinter("kiosk-1", 576, None, papers.put))
        )

        url = f"escpos+tcp://127.0.0.1:{printer.port}?{PATIENT}"
        yield Stage(programs.hall, line, programs.start, papers, url)


def drained(papers: SimpleQueue[PrintedTicket]) -> Iterator[PrintedTicket]:
    """The papers that nobody has looked at."""
    while not papers.empty():
        yield papers.get()


def printed(paper: PrintedTicket) -> str:
    """What the QR code of a paper says."""
    return " ".join(code.text for code in zxingcpp.read_barcodes(paper.picture.convert("L")))


def until(what: str, happened: Callable[[], object]) -> None:
    """Wait for another process: there is nothing of ours to wait on, so ask again and again."""
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline, f"{what} did not happen within {PATIENCE_S} s"


def test_the_kiosk_goes_on_and_delivers_what_it_kept(stage: Stage) -> None:
    kiosk = stage.start_kiosk()
    stage.line.cut()
    kiosk.tell("tap", "payment")
    until("a kept number", lambda: kiosk.tell("show")["number"] == "BX001")
    stage.papers.get(timeout=PATIENCE_S)
    assert stage.numbers() == []

    stage.line.mend()
    until("the delivery", lambda: stage.numbers() == ["BX001"])
    until("the line for the staff", lambda: kiosk.tell("show")["outage"] == 1)
    until("the kept paper in the store", lambda: stage.hall.print_jobs() == ())
    (outage,) = stage.hall.standby.outages(TEN_IN_SHANGHAI)
    assert (outage.machine, outage.tickets, outage.trouble) == ("kiosk-1", 1, ())
    assert outage.until is not None
    assert stage.hall.waiting()[0].issued_at < outage.until
    assert stage.papers.empty()
    assert stage.hall.verify().clean
    assert kiosk.stop() == 0


def test_a_request_that_hangs_and_comes_through_later_gives_no_second_ticket(stage: Stage) -> None:
    kiosk = stage.start_kiosk()
    stage.line.hold_answers()
    kiosk.tell("tap", "payment")
    until("a kept number", lambda: kiosk.tell("show")["number"] == "BX001")
    stage.papers.get(timeout=PATIENCE_S)
    stage.line.mend()
    until("one live ticket", lambda: stage.numbers() == ["BX001"])
    until("the end of the outage", lambda: kiosk.tell("show")["outage"] == 1)
    others = {ticket.state for ticket in stage.hall.tickets() if ticket.number != "BX001"}
    assert others <= {TicketState.CANCELLED}
    assert stage.numbers() == ["BX001"]
    assert stage.hall.verify().clean
    assert kiosk.stop() == 0
    assert [printed(paper) for paper in drained(stage.papers)] == [], "the unseen number was printed"


def test_a_clerk_finishes_without_the_store_and_everybody_reads_of_it(stage: Stage) -> None:
    ticket = stage.hall.issue("payment")
    terminal = stage.start("counter", "counter_terminal", "--counter", str(COUNTER))
    until("the terminal's own file", lambda: terminal.tell("state")["standby"])
    terminal.tell("login", "1003", "2468")
    until("the clerk at the counter", lambda: terminal.tell("state")["clerk"] == "1003")
    terminal.tell("next")
    until("the ticket on the terminal", lambda: terminal.tell("state")["ticket"] == ticket.number)

    stage.line.cut()
    until("the banner", lambda: terminal.tell("state")["stale"])
    assert terminal.tell("state")["ticket"] == ticket.number
    terminal.tell("finish")
    until("the kept finish", lambda: terminal.tell("state")["line"] == "counter-kept-finish")
    assert stage.hall.ticket(ticket.id).state is TicketState.CALLED

    stage.line.mend()
    until("the delivery", lambda: stage.hall.ticket(ticket.id).state is TicketState.FINISHED)
    until("the line for the clerk", lambda: terminal.tell("state")["line"] == "common-outage")
    assert terminal.tell("state")["ticket"] is None
    assert stage.hall.verify().clean
    assert terminal.stop() == 0


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX's")
def test_a_kiosk_that_is_killed_in_an_outage_starts_in_it_and_delivers(stage: Stage) -> None:
    kiosk = stage.start_kiosk()
    stage.line.cut()
    kiosk.tell("tap", "payment")
    until("a kept number", lambda: kiosk.tell("show")["number"] == "BX001")
    kiosk.kill()
    reborn = stage.start_kiosk()
    reborn.tell("tap", "payment")
    until("the next kept number", lambda: reborn.tell("show")["number"] == "BX002")
    stage.line.mend()
    until("the delivery", lambda: stage.numbers() == ["BX001", "BX002"])
    assert stage.hall.verify().clean
