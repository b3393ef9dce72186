"""Asks the ticket printer how it is while nobody prints, so that staff know before a customer does.

Questions wait their turn on the printer's lane, one at a time, and are asked more often while something is wrong.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hardware.printing.printer import PrintOutcome, TicketPrinter
from hardware.status import DeviceStatus, Health
from shared.qt.lanes import Lane

CALM_MS = 30_000
TROUBLED_MS = 3_000


class PrinterWatch(QObject):
    """`heard` carries a `DeviceStatus` after every question and every paper."""

    heard = Signal(object)

    def __init__(
        self,
        printer: TicketPrinter,
        lane: Lane,
        *,
        calm_ms: int = CALM_MS,
        troubled_ms: int = TROUBLED_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._printer = printer
        self._lane = lane
        self._calm_ms = calm_ms
        self._troubled_ms = troubled_ms
        self._asking = False
        self._stopped = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.ask)

    @Slot()
    def ask(self) -> None:
        """Ask now, unless a question is under way."""
        if not self._asking:
            self._asking = True
            self._lane.submit(self._printer.status, self._answered, self._broke)

    @Slot(object)
    def take(self, outcome: PrintOutcome) -> None:
        """A paper told how the printer is; the next question can wait."""
        self._tell(outcome.status)

    def stop(self) -> None:
        """Ask no more; an answer that is on its way is passed over."""
        self._stopped = True
        self._timer.stop()

    def _answered(self, status: DeviceStatus) -> None:
        self._asking = False
        self._tell(status)

    def _broke(self, _error: Exception) -> None:
        """A bug, which the lane raises; asking goes on."""
        self._asking = False
        if not self._stopped:
            self._timer.start(self._calm_ms)

    def _tell(self, status: DeviceStatus) -> None:
        if self._stopped:
            return
        self._timer.start(self._troubled_ms if status.health is Health.DOWN else self._calm_ms)
        self.heard.emit(status)
