"""The main job with the three real programs as processes: a tap becomes paper, Next reaches lobby and sign."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import zxingcpp

from hardware.simulators.printer import PrintedTicket, SimulatedPrinter
from hardware.simulators.tcp_printer import TcpPrinterSimulator
from operations.demo.actor import Actor
from shared.hall import Hall, Ticket
from tools.testing.patience import PATIENCE_S
from tools.testing.programs import programs_of
from tools.testing.waiting import until

COUNTER = 3


@dataclass(frozen=True)
class Stage:
    """A hall with its programs."""

    hall: Hall
    kiosk: Actor
    terminal: Actor
    lobby: Actor
    papers: queue.SimpleQueue[PrintedTicket]
    sign_frames: Path


@pytest.fixture
def stage(database_url: str, tmp_path: Path) -> Iterator[Stage]:
    papers: queue.SimpleQueue[PrintedTicket] = queue.SimpleQueue()
    frames = tmp_path / "frames.bin"
    with programs_of(database_url, tmp_path) as programs:
        printer = programs.stack.enter_context(
            TcpPrinterSimulator(SimulatedPrinter("kiosk-1", 576, None, papers.put))
        )

        yield Stage(
            programs.hall,
            programs.start(
                "kiosk",
                "kiosk",
                "--name",
                "kiosk-1",
                "--printer",
                f"escpos+tcp://127.0.0.1:{printer.port}?answer_ms=60000&printed_ms=120000",
            ),
            programs.start(
                "counter",
                "counter_terminal",
                "--counter",
                str(COUNTER),
                "--sign",
                f"sign+file://{frames}?preset=strip_aa_bb&address={COUNTER}",
            ),
            programs.start("lobby", "lobby_display"),
            papers,
            frames,
        )


def test_a_tap_becomes_paper_and_next_reaches_lobby_and_sign(stage: Stage) -> None:
    until("the kiosk's first page", lambda: stage.kiosk.tell("show")["page"] == "services")

    stage.kiosk.tell("tap", "payment")
    paper = stage.papers.get(timeout=PATIENCE_S)
    codes = zxingcpp.read_barcodes(paper.picture.convert("L"))

    def on_paper() -> list[Ticket]:
        return [ticket for ticket in stage.hall.waiting() if any(ticket.id in code.text for code in codes)]

    # Where the store was slow the number is the kiosk's own, and comes to the hall after the paper.
    until("the ticket that the paper's QR code names", lambda: len(on_paper()) == 1)
    (ticket,) = on_paper()
    assert ticket.service == "payment"
    until("the number on the kiosk", lambda: stage.kiosk.tell("show")["number"] == ticket.number)
    until("the printer's confirmation", lambda: stage.hall.print_jobs() == ())

    stage.terminal.tell("login", "1003", "2468")
    until("the clerk at the counter", lambda: stage.terminal.tell("state")["clerk"] == "1003")
    stage.terminal.tell("next")
    until("the ticket on the terminal", lambda: stage.terminal.tell("state")["ticket"] == ticket.number)
    call = {"number": ticket.number, "counter": COUNTER}
    until("the call in the lobby", lambda: call in stage.lobby.tell("show")["calls"])
    until("the number on the sign", lambda: ticket.number.encode() in stage.sign_frames.read_bytes())

    called = stage.hall.ticket(ticket.id)
    assert (called.state, called.counter, called.clerk) == ("called", COUNTER, "1003")
    assert stage.hall.verify().clean
    assert [stage.kiosk.stop(), stage.terminal.stop(), stage.lobby.stop()] == [0, 0, 0]
