"""A kiosk's printing: its queue, the watch over the printer, the memory of its paper, and the word to the hall."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from hardware.printing.printer import TicketPrinter
from hardware.status import DeviceStatus
from kiosk.print_desk import PrintDesk
from kiosk.printer_watch import TROUBLED_MS, PrinterWatch
from shared.domain.device_health import DeviceKind
from shared.domain.snapshot import HallSnapshot
from shared.hall import Hall
from shared.qt.device_reporter import DeviceReporter
from shared.qt.lanes import Lane

DEVICE = "printer"
"""The printer's name among the devices of its kiosk."""


class PrintRig(QObject):
    """`settled` carries `PaperNews`, `heard` the printer's `DeviceStatus`.

    `may_print` is about the hall's tickets, not about those of a second desk (see `PrintDesk`).
    The printer is asked when the hall is first heard of: what is left of its paper stands in the hall's store.
    """

    settled = Signal(object)
    heard = Signal(object)

    def __init__(
        self,
        hall: Callable[[], Hall],
        printer: TicketPrinter,
        name: str,
        address: str,
        reporter: DeviceReporter,
        *,
        store_lane: Lane,
        printer_lane: Lane,
        may_print: Callable[[], bool] = lambda: True,
        troubled_ms: int = TROUBLED_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hall = hall
        self._printer = printer
        self._name = name
        self._address = address
        self._reporter = reporter
        self._store_lane, self._printer_lane = store_lane, printer_lane
        self._has_begun = False
        self._desk = PrintDesk(
            hall,
            printer,
            name,
            store_lane=store_lane,
            printer_lane=printer_lane,
            may_print=may_print,
            parent=self,
        )
        self._watch = PrinterWatch(printer, printer_lane, troubled_ms=troubled_ms, parent=self)
        self._desk.settled.connect(self.settled)
        self._desk.came_out.connect(self._watch.take)
        self._watch.heard.connect(self._hear)

    @Slot(object)
    def follow(self, snapshot: HallSnapshot) -> None:
        """There is news of the hall."""
        if not self._has_begun:
            self._has_begun = True
            self._store_lane.submit(self._left_of_paper, self._begin, self._begin_later)
        self._desk.follow(snapshot)

    @Slot()
    def look(self) -> None:
        """A ticket was issued: print it."""
        self._desk.look()

    def second_desk(self, hall: Callable[[], Hall], store_lane: Lane) -> PrintDesk:
        """A desk on the same printer for tickets that another store holds; begin it by its `look`."""
        desk = PrintDesk(
            hall,
            self._printer,
            self._name,
            store_lane=store_lane,
            printer_lane=self._printer_lane,
            parent=self,
        )
        desk.settled.connect(self.settled)
        desk.came_out.connect(self._watch.take)
        self.heard.connect(desk.hear)
        return desk

    def stop(self) -> None:
        """Ask the printer no more."""
        self._watch.stop()

    def _left_of_paper(self) -> int | None:
        mine = (self._name, DEVICE)
        known = {(health.report.machine, health.report.device): health for health in self._hall().devices()}
        return known[mine].report.tickets_left if mine in known else None

    def _begin(self, tickets_left: int | None) -> None:
        if tickets_left is not None:
            self._printer_lane.submit(lambda: self._printer.resume_paper(tickets_left))
        self._watch.ask()

    def _begin_later(self, _error: Exception) -> None:
        """The change feed tells the store's outage; the next news tries again."""
        self._has_begun = False

    def _hear(self, status: DeviceStatus) -> None:
        self._desk.hear(status)
        self._reporter.note(DEVICE, DeviceKind.PRINTER, self._address, status)
        self.heard.emit(status)
