"""A kiosk's printing against a printer over TCP that fails: nothing is lost, nothing comes twice, staff are told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from hardware.printing.opening import open_printer
from hardware.printing.paper_gauge import LEAST_WARNING
from hardware.printing.printer import PrintState as PrintOutcomeState
from hardware.printing.printer import TicketPrinter
from hardware.simulators.escpos_device import EscposConversation, EscposDevice
from hardware.simulators.escpos_reader import Command
from hardware.simulators.faults import Fault, FaultSwitch
from hardware.simulators.printer import PrintedTicket, SimulatedPrinter
from hardware.simulators.tcp_printer import TcpPrinterSimulator
from kiosk.print_rig import PrintRig
from kiosk.visit import Paper, PaperNews
from shared.domain.clock import ManualClock
from shared.domain.device_health import DeviceHealth, DeviceState
from shared.domain.slip import Slip, Text
from shared.domain.snapshot import PrintState
from shared.hall import Hall, create_hall
from shared.qt.device_reporter import DeviceReporter
from shared.qt.lanes import Lane
from tools.testing.patience import PATIENCE_MS, PATIENCE_S
from tools.testing.sample_hall import MORNING, make_plan

NAME = "kiosk-1"
QUICK_MS = 20


class Midway(EscposDevice):
    """Its fault begins when the first picture of a ticket has arrived."""

    def __init__(self, printer: SimulatedPrinter, faults: FaultSwitch, fault: Fault) -> None:
        super().__init__(384, faults, printer._printed)
        self._fault: Fault | None = fault
        self._switch = faults

    def take(self, conversation: EscposConversation, command: Command) -> None:
        if Fault.UNPLUGGED in self.faults:
            return  # bytes that had arrived already print nothing without power
        super().take(conversation, command)
        if command.name == b"\x1dv0" and self._fault is not None:
            self._switch.fail(self._fault)
            self._fault = None


class Shop:
    """A hall, a printer and the rig between them."""

    def __init__(self, hall: Hall, stack: ExitStack) -> None:
        self.hall = hall
        self.papers: list[PrintedTicket] = []
        self.on_paper: Callable[[], None] = lambda: None
        self._arrived = threading.Lock()
        self.printer = SimulatedPrinter(NAME, 384, None, self._take)
        self.simulator = stack.enter_context(TcpPrinterSimulator(self.printer))
        self.adapter: TicketPrinter
        self.news: list[PaperNews] = []
        self._stack = stack

    def begin(self, options: str = "&printed_ms=120000") -> PrintRig:
        """Start a kiosk's printing; end it with `stop_rig`."""
        url = f"escpos+tcp://127.0.0.1:{self.simulator.port}?width=58&answer_ms=60000{options}"
        printer = self.adapter = open_printer(url)
        lanes = Lane("store"), Lane("printer")
        reporter = DeviceReporter(lambda: self.hall, lanes[0], lambda: NAME, pause_ms=1)
        rig = PrintRig(
            lambda: self.hall,
            printer,
            NAME,
            url,
            reporter,
            store_lane=lanes[0],
            printer_lane=lanes[1],
            troubled_ms=QUICK_MS,
        )
        rig.settled.connect(self._hear)
        for lane in reversed(lanes):
            self._stack.callback(lane.stop, PATIENCE_S)
        for stop in (rig.stop, reporter.stop):
            self._stack.callback(stop)
        rig.follow(self.hall.snapshot())
        return rig

    def _hear(self, news: PaperNews) -> None:
        self.news.append(news)

    def _take(self, paper: PrintedTicket) -> None:
        with self._arrived:
            self.papers.append(paper)
        self.on_paper()

    @property
    def device(self) -> DeviceHealth | None:
        """The printer as the hall knows it."""
        return next(iter(self.hall.devices()), None)

    def is_told(self, state: DeviceState, cause: str | None = None) -> bool:
        """Whether the hall knows it to be so."""
        report = None if self.device is None else self.device.report
        return report is not None and (report.state, report.cause) == (state, cause)

    def has_heard(self, papers: int) -> bool:
        """Whether the outcome of so many papers was told."""
        return len(self.news) == papers

    def jobs(self) -> list[tuple[PrintState, str | None]]:
        """The papers that are not known to exist."""
        return [(job.state, job.cause) for job in self.hall.print_jobs(NAME)]


@pytest.fixture
def shop(qtbot: QtBot, sqlite_url: str) -> Iterator[Shop]:
    clock = ManualClock(MORNING)
    with create_hall(sqlite_url, make_plan(), clock=clock) as hall, ExitStack() as stack:
        yield Shop(hall, stack)


@pytest.mark.expects_log("is down")
@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (Fault.PAPER_OUT, "paper_out"),
        (Fault.COVER_OPEN, "cover_open"),
        (Fault.CUTTER_ERROR, "cutter_error"),
        (Fault.OFFLINE, "offline"),
        (Fault.UNPLUGGED, "unreachable"),
    ],
)
def test_what_was_taken_while_the_printer_failed_comes_out_once_when_it_is_well_again(
    fault: Fault, cause: str, shop: Shop, qtbot: QtBot
) -> None:
    rig = shop.begin()
    qtbot.waitUntil(lambda: shop.is_told(DeviceState.OK), timeout=PATIENCE_MS)
    shop.printer.faults.fail(fault)
    numbers = [shop.hall.issue("payment", print_at=NAME).number for _ in range(2)]
    rig.look()
    qtbot.waitUntil(lambda: shop.jobs() == [(PrintState.FAILED, cause)] * 2, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: shop.is_told(DeviceState.DOWN, cause), timeout=PATIENCE_MS)
    assert {(news.paper, news.cause) for news in shop.news} == {(Paper.FAILED, cause)}
    assert shop.papers == []
    shop.printer.recover()
    qtbot.waitUntil(lambda: shop.jobs() == [], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: shop.is_told(DeviceState.OK), timeout=PATIENCE_MS)
    assert len(shop.papers) == len(numbers)
    assert shop.device is not None
    # A fault that ends between two questions of one asking looks like a printer that is merely offline.
    assert shop.device.last_error in {cause, "offline"}


@pytest.mark.expects_log("is down")
@pytest.mark.parametrize(
    ("fault", "cause"), [(Fault.PAPER_OUT, "paper_out"), (Fault.CUTTER_ERROR, "cutter_error")]
)
def test_a_ticket_that_a_fault_caught_midway_is_asked_about_and_never_sent_again(
    fault: Fault, cause: str, shop: Shop, qtbot: QtBot
) -> None:
    shop.printer.device = Midway(shop.printer, shop.printer.faults, fault)
    rig = shop.begin("&strip=48&printed_ms=300")
    qtbot.waitUntil(lambda: shop.is_told(DeviceState.OK), timeout=PATIENCE_MS)
    shop.hall.issue("payment", print_at=NAME)
    rig.look()
    qtbot.waitUntil(lambda: shop.jobs() == [(PrintState.SENT, cause)], timeout=PATIENCE_MS)
    assert shop.news[0].paper is Paper.FAILED
    assert shop.papers == []
    shop.printer.recover()
    qtbot.waitUntil(lambda: shop.is_told(DeviceState.OK), timeout=PATIENCE_MS)
    rig.stop()
    patient = shop.begin()
    shop.hall.issue("payment", print_at=NAME)
    patient.look()
    qtbot.waitUntil(lambda: len(shop.news) == 2, timeout=PATIENCE_MS)
    assert shop.news[1].paper is Paper.PRINTED
    assert len(shop.papers) == 2, "the printer printed the rest of the first by itself"
    # Whether the first came out is for a person to say.
    qtbot.waitUntil(lambda: shop.jobs() == [(PrintState.SENT, cause)], timeout=PATIENCE_MS)


@pytest.mark.expects_log("is down")
def test_a_printer_that_loses_its_power_midway_is_found_again_without_a_restart(
    shop: Shop, qtbot: QtBot
) -> None:
    shop.printer.device = Midway(shop.printer, shop.printer.faults, Fault.UNPLUGGED)
    rig = shop.begin("&strip=24&printed_ms=120000")
    qtbot.waitUntil(lambda: shop.is_told(DeviceState.OK), timeout=PATIENCE_MS)
    shop.hall.issue("payment", print_at=NAME)
    rig.look()
    qtbot.waitUntil(lambda: [state for state, _ in shop.jobs()] == [PrintState.SENT], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: shop.is_told(DeviceState.DOWN, "unreachable"), timeout=PATIENCE_MS)
    shop.printer.device = EscposDevice(384, shop.printer.faults, shop.printer._printed)
    shop.printer.recover()
    qtbot.waitUntil(lambda: shop.is_told(DeviceState.OK), timeout=PATIENCE_MS)
    shop.hall.issue("payment", print_at=NAME)
    rig.look()
    qtbot.waitUntil(lambda: len(shop.papers) == 1, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: [state for state, _ in shop.jobs()] == [PrintState.SENT], timeout=PATIENCE_MS)


def test_staff_hear_of_low_paper_at_least_twenty_tickets_before_the_end(shop: Shop, qtbot: QtBot) -> None:
    roll, warning = 24, 22

    def use_paper() -> None:
        if roll - len(shop.papers) == warning:
            shop.printer.faults.fail(Fault.PAPER_LOW)

    def is_told(state: DeviceState) -> bool:
        return shop.device is not None and shop.device.report.state is state

    shop.on_paper = use_paper
    rig = shop.begin(f"&printed_ms=120000&low_tickets={warning}")
    while not shop.is_told(DeviceState.ATTENTION, "paper_low"):
        settled = len(shop.news) + 1
        shop.hall.issue("payment", print_at=NAME)
        rig.look()
        qtbot.waitUntil(partial(shop.has_heard, settled), timeout=PATIENCE_MS)
        state = DeviceState.ATTENTION if Fault.PAPER_LOW in shop.printer.faults.active else DeviceState.OK
        qtbot.waitUntil(partial(is_told, state), timeout=PATIENCE_MS)
    warned_at = len(shop.papers)
    assert shop.device is not None
    assert shop.device.report.tickets_left == roll - warned_at
    rig.stop()
    outcomes = [shop.adapter.print_slip(Slip((Text("A023"),))) for _ in range(roll - warned_at)]
    assert {outcome.state for outcome in outcomes} == {PrintOutcomeState.PRINTED}
    assert outcomes[-1].status.tickets_left == 0
    assert len(shop.papers) == roll
    assert roll - warned_at >= LEAST_WARNING


def test_the_count_of_paper_goes_on_after_a_restart(shop: Shop, qtbot: QtBot) -> None:
    rig = shop.begin("&printed_ms=120000&roll_tickets=30")
    qtbot.waitUntil(lambda: shop.is_told(DeviceState.ATTENTION, "paper_low"), timeout=PATIENCE_MS)
    shop.hall.issue("payment", print_at=NAME)
    rig.look()

    def left() -> int | None:
        return None if shop.device is None else shop.device.report.tickets_left

    qtbot.waitUntil(lambda: left() == 29, timeout=PATIENCE_MS)
    rig.stop()
    again = shop.begin("&printed_ms=120000&roll_tickets=30")
    shop.hall.issue("payment", print_at=NAME)
    again.look()
    qtbot.waitUntil(lambda: left() == 28, timeout=PATIENCE_MS)
