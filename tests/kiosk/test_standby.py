"""One customer, one paper: the store's desk leaves alone what a delivery is going to cancel."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from kiosk.print_rig import PrintRig
from kiosk.standby import KioskStandby
from kiosk.standby_office import StandbyOffice
from kiosk.ticket_office import TicketOffice
from kiosk.visit import Intent
from shared.domain.snapshot import PrintState
from shared.hall import Hall, create_hall
from shared.hall.standby.keeper import Keeper
from shared.qt.courier import Courier
from shared.qt.device_reporter import DeviceReporter
from shared.qt.lanes import Lane
from shared.words import Language
from tools.testing.halls import small_plan
from tools.testing.patience import PATIENCE_MS, PATIENCE_S
from tools.testing.printers import FakePrinter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from shared.domain.clock import ManualClock
    from shared.domain.ticket import Ticket

NAME = "kiosk-1"


class CutOffKiosk:
    """A kiosk's papers beside a store whose ticket office can be made to hang."""

    def __init__(self, hall: Hall, file: Path, clock: ManualClock) -> None:
        self.hall = hall
        self.printer = FakePrinter()
        self.store_answers = threading.Event()
        self.store_answers.set()
        self.tickets: list[Ticket] = []
        self.store_lane, self.printer_lane = Lane("store"), Lane("printer")
        keeper, keep_lane, post_lane = Keeper(file, NAME, clock), Lane("keep"), Lane("post")
        keeper.prepare(hall)
        store_office = TicketOffice(self._slow_hall, self.store_lane, NAME)
        self.standby = KioskStandby(
            keeper,
            StandbyOffice(store_office, keeper, keep_lane, NAME, patience_ms=30),
            Courier(
                keeper,
                lambda: hall,
                lambda keeper, hall, _snapshot: keeper.prepare(hall),
                clock,
                post_lane=post_lane,
                keep_lane=keep_lane,
            ),
            keep_lane,
            post_lane,
        )
        self.reporter = DeviceReporter(lambda: hall, self.store_lane, lambda: NAME, pause_ms=1)
        self.rig = PrintRig(
            lambda: hall,
            self.printer,
            NAME,
            "fake",
            self.reporter,
            store_lane=self.store_lane,
            printer_lane=self.printer_lane,
            may_print=self.standby.may_print,
        )
        self.standby.office.kept.connect(self.standby.courier.note_kept)
        self.standby.print_beside(self.rig)

    def _slow_hall(self) -> Hall:
        self.store_answers.wait(PATIENCE_S)
        return self.hall

    def tap(self, request_id: str) -> None:
        """A customer wants a number."""
        intent = Intent(request_id, "payment", "ordinary", None, Language.ZH)
        self.standby.office.issue(intent, self.tickets.append, self._no_ticket)

    def _no_ticket(self, error: Exception) -> None:
        raise AssertionError(error)

    def jobs(self) -> list[tuple[str, PrintState]]:
        """The store's papers that are not known to exist."""
        return [(job.number, job.state) for job in self.hall.print_jobs(NAME)]

    def rests(self) -> bool:
        """Whether the store's desk has nothing under way."""
        return not self.rig._desk._busy

    def news(self) -> None:
        """The change feed reads the hall."""
        self.standby.courier.follow(self.hall.snapshot())

    def stop(self) -> None:
        """End it as the kiosk does."""
        self.store_answers.set()
        self.printer.free.set()
        self.rig.stop()
        self.reporter.stop()
        for lane in (self.store_lane, self.printer_lane):
            lane.stop(PATIENCE_S)
        self.standby.stop(PATIENCE_S)


@pytest.fixture
def kiosk(qtbot: QtBot, sqlite_url: str, clock: ManualClock, tmp_path: Path) -> Iterator[CutOffKiosk]:
    with create_hall(sqlite_url, small_plan(), clock=clock) as hall:
        made = CutOffKiosk(hall, tmp_path / "standby" / "kiosk-1.db", clock)
        made.news()
        qtbot.waitUntil(lambda: not made.standby.courier.pending, timeout=PATIENCE_MS)
        yield made
        made.stop()


def test_a_desk_that_looks_by_itself_prints_no_second_number_of_a_kept_one(
    kiosk: CutOffKiosk, qtbot: QtBot
) -> None:
    kiosk.printer.free.clear()
    first = kiosk.hall.issue("payment", print_at=NAME)
    kiosk.rig.look()
    qtbot.waitUntil(lambda: kiosk.printer.numbers() == [first.number], timeout=PATIENCE_MS)
    kiosk.store_answers.clear()
    kiosk.tap("tap-2")
    qtbot.waitUntil(lambda: [ticket.number for ticket in kiosk.tickets] == ["BX001"], timeout=PATIENCE_MS)
    kiosk.store_answers.set()
    qtbot.waitUntil(lambda: ("B002", PrintState.QUEUED) in kiosk.jobs(), timeout=PATIENCE_MS)
    kiosk.printer.free.set()
    qtbot.waitUntil(lambda: first.number not in dict(kiosk.jobs()) and kiosk.rests(), timeout=PATIENCE_MS)
    assert kiosk.jobs() == [("B002", PrintState.QUEUED)], "a second number of one customer was printed"

    qtbot.waitUntil(lambda: kiosk.printer.numbers() == ["B001", "BX001"], timeout=PATIENCE_MS)
    kiosk.news()
    qtbot.waitUntil(lambda: not kiosk.standby.courier.pending, timeout=PATIENCE_MS)
    later = kiosk.hall.issue("payment", print_at=NAME)
    kiosk.news()
    qtbot.waitUntil(lambda: later.number in kiosk.printer.numbers(), timeout=PATIENCE_MS)
    assert kiosk.printer.numbers() == ["B001", "BX001", "B003"]


def test_a_paper_that_comes_out_after_its_delivery_is_known_in_the_hall(
    kiosk: CutOffKiosk, qtbot: QtBot
) -> None:
    kiosk.printer.free.clear()
    kiosk.store_answers.clear()
    kiosk.tap("tap-1")
    qtbot.waitUntil(lambda: kiosk.printer.numbers() == ["BX001"], timeout=PATIENCE_MS)
    kiosk.store_answers.set()
    kiosk.news()
    qtbot.waitUntil(lambda: ("BX001", PrintState.SENT) in kiosk.jobs(), timeout=PATIENCE_MS)
    kiosk.printer.free.set()
    qtbot.waitUntil(lambda: "BX001" not in dict(kiosk.jobs()), timeout=PATIENCE_MS)
    assert kiosk.printer.numbers() == ["BX001"]
