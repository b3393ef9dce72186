"""Tickets that are held before the desk's scanner: each is looked up, and the window asks what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_terminal import lines
from counter_terminal.state import Page
from shared.hall.check_in import find_by_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_terminal.one_press import Worker
    from counter_terminal.state_keeper import StateKeeper
    from shared.domain.ticket import Ticket
    from shared.hall import Hall


class ScanDesk(QObject):
    """`found` carries the ticket of a code; what is no ticket of today is said in the quiet line."""

    found = Signal(object)

    def __init__(
        self, keeper: StateKeeper, hall: Callable[[], Hall], worker: Worker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._hall = hall
        self._worker = worker
        self._looking = False

    def scan(self, code: str) -> None:
        """Look the ticket of a code up; one at a time, however fast a scanner reads."""
        if self._looking or self._keeper.state.page is not Page.DESK:
            return
        self._looking = True
        self._worker.submit(
            lambda: find_by_code(self._hall(), code), self._take, self._not_found, pressed=True
        )

    def _take(self, ticket: Ticket) -> None:
        self._looking = False
        self.found.emit(ticket)

    def _not_found(self, error: Exception) -> None:
        self._looking = False
        self._keeper.say(lines.not_looked_up(error, self._keeper.clock.now()))
