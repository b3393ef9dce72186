"""Finishing a service while the store is away: kept on this machine, under the request id of the press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_terminal.one_press import Worker
    from shared.domain.ticket import Ticket
    from shared.hall.standby.keeper import Keeper

PATIENCE_MS = 1_500
"""So long the store may take with a finish before this machine keeps it."""


class FinishKeeping(QObject):
    """`kept` tells that something waits for its delivery, `impatient` that the store takes too long."""

    kept = Signal()
    impatient = Signal()

    def __init__(
        self, own: Keeper, worker: Worker, *, patience_ms: int = PATIENCE_MS, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._own, self._worker = own, worker
        self._patience = QTimer(self, singleShot=True, interval=patience_ms)
        self._patience.timeout.connect(self.impatient)

    def watch(self) -> None:
        """A finish is on its way to the store."""
        self._patience.start()

    def stop(self) -> None:
        """The store has answered, or nobody waits for it any more."""
        self._patience.stop()

    def keep(
        self,
        ticket: Ticket,
        counter: int,
        clerk: str | None,
        request_id: str,
        on_done: Callable[[], None],
        on_error: Callable[[Exception], None],
    ) -> None:
        """Keep the end of a ticket's service; exactly one of the two is called later."""
        self._patience.stop()

        def done(_nothing: None) -> None:
            self.kept.emit()
            on_done()

        self._worker.submit(lambda: self._own.finish(ticket, counter, clerk, request_id), done, on_error)
