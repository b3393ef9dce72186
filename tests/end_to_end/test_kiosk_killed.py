"""A kiosk that is killed at any moment: its tickets come out once, or are asked about, and none is lost."""

from __future__ import annotations

import os
import queue
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hardware.simulators.faults import Fault
from hardware.simulators.printer import PrintedTicket, SimulatedPrinter
from hardware.simulators.tcp_printer import TcpPrinterSimulator
from operations.demo.actor import Actor
from operations.hall_commands import example_hall_file
from shared.domain.clock import CLOCK_VARIABLE, ScaledClock
from shared.domain.snapshot import PrintState
from shared.hall import Hall, create_hall
from shared.hall.hall_file import load_hall_file
from tools.testing.patience import PATIENCE_S

TEN_IN_SHANGHAI = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NAME = "kiosk-1"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is how POSIX kills a program")


class Stage:
    """A hall and a printer that outlive their kiosk."""

    def __init__(self, url: str, folder: Path, stack: ExitStack) -> None:
        clock = ScaledClock(datetime.now(UTC), TEN_IN_SHANGHAI, 1.0)
        self.hall: Hall = stack.enter_context(
            create_hall(url, load_hall_file(example_hall_file()), clock=clock)
        )
        self.papers: queue.SimpleQueue[PrintedTicket] = queue.SimpleQueue()
        self.printer = SimulatedPrinter(NAME, 576, None, self.papers.put)
        self._port = stack.enter_context(TcpPrinterSimulator(self.printer)).port
        self._stack = stack
        self._environment = {
            CLOCK_VARIABLE: clock.spec(),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_STATE_HOME": str(folder / "state"),
            "XDG_DATA_HOME": str(folder / "data"),
            "JIAOHAO_DATABASE": url,
        }

    def start(self) -> Actor:
        """Start the kiosk."""
        printer = (
            f"escpos+tcp://127.0.0.1:{self._port}?strip=24&write_ms=60000&answer_ms=20000&printed_ms=60000"
        )
        kiosk = Actor("kiosk", "kiosk", ("--name", NAME, "--printer", printer), self._environment)
        self._stack.callback(kiosk.stop)
        until("the kiosk's first page", lambda: kiosk.tell("show")["page"] == "services")
        return kiosk

    def states(self) -> list[PrintState]:
        """The states of the papers that are not known to exist."""
        return [job.state for job in self.hall.print_jobs(NAME)]


@pytest.fixture
def stage(sqlite_url: str, tmp_path: Path) -> Iterator[Stage]:
    with ExitStack() as stack:
        yield Stage(sqlite_url, tmp_path, stack)


def until(what: str, happened: Callable[[], bool]) -> None:
    """Wait for another process: there is nothing of ours to wait on, so ask again and again."""
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline, f"{what} did not happen"


def kill(kiosk: Actor) -> None:
    """End a program without a word of warning, as a power cut does."""
    os.kill(kiosk.pid, signal.SIGKILL)
    kiosk.stop()


@pytest.mark.timeout(300)
def test_a_ticket_that_was_failed_or_queued_when_the_kiosk_died_comes_out_once(stage: Stage) -> None:
    stage.printer.faults.fail(Fault.PAPER_OUT)
    kiosk = stage.start()
    kiosk.tell("tap", "payment")
    until("the failure", lambda: stage.states() == [PrintState.FAILED])
    shown = kiosk.tell("show")
    assert (shown["number"], shown["paper"]) == (stage.hall.waiting()[0].number, "failed")
    kill(kiosk)
    stage.hall.issue("broadband", print_at=NAME)
    assert stage.states() == [PrintState.FAILED, PrintState.QUEUED]
    stage.start()
    until("both failures", lambda: stage.states() == [PrintState.FAILED] * 2)
    stage.printer.recover()
    until("both papers", lambda: stage.states() == [])
    assert stage.papers.qsize() == 2


@pytest.mark.timeout(300)
def test_a_ticket_that_was_on_its_way_when_the_kiosk_died_is_asked_about(stage: Stage) -> None:
    kiosk = stage.start()
    stage.printer.faults.fail(Fault.STALLED)
    kiosk.tell("tap", "payment")
    until("the sending", lambda: stage.states() == [PrintState.SENT])
    kill(kiosk)
    stage.printer.recover()
    again = stage.start()
    again.tell("tap", "broadband")
    until("the next paper", lambda: stage.papers.qsize() >= 1)
    until("its confirmation", lambda: stage.states() == [PrintState.SENT])
    (job,) = stage.hall.print_jobs(NAME)
    assert job.attempts == 1, "the first ticket was not sent again"
    assert job.number == min(ticket.number for ticket in stage.hall.waiting() if ticket.service == "payment")
