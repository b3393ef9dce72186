"""Customers' votes at this counter: each becomes one command to the hall, and the lack of one is noted in time."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_terminal import lines
from counter_terminal.one_press import OnePress, Worker
from counter_terminal.state import Tone
from shared.domain.rating import NOT_RATED_AFTER

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from counter_terminal.state_keeper import StateKeeper
    from shared.domain.errors import StoreUnavailable
    from shared.domain.ticket import Ticket
    from shared.hall import Hall


class RatingDesk(QObject):
    """Takes votes beside the clerk's presses: neither waits for the other.

    `invited` asks the rating pad to invite the customer, `changed` tells that the counter's figures did. `asks` is
    set where a rating pad stands: only there is a service without a vote noted as not rated.
    """

    invited = Signal()
    changed = Signal()

    def __init__(
        self, keeper: StateKeeper, hall: Callable[[], Hall], worker: Worker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.asks = False
        self._keeper = keeper
        self._hall = hall
        self._worker = worker
        self._press = OnePress(worker, keeper.clock, self)
        self._over_at: deque[datetime] = deque()
        keeper.changed.connect(self._note_in_time)

    def vote(self, level: int) -> None:
        """Give the service just finished its rating. A second press while one is on its way is the same vote."""
        counter = self._keeper.state.counter
        if counter is None:
            return
        pressed_at = self._keeper.clock.now()
        self._press.begin(
            lambda request: self._hall().rate(counter, level, request, pressed_at=pressed_at),
            self._rated,
            self._not_counted,
            self._retrying,
        )

    def service_finished(self) -> None:
        """A service ended: invite its customer, and see later whether there was a vote."""
        if self.asks:
            self._over_at.append(self._keeper.clock.now() + NOT_RATED_AFTER)
            self.invited.emit()

    def try_again(self) -> None:
        """Send a vote that waits for the store now, because it answers again."""
        self._press.try_again()

    def stop(self) -> None:
        """Send nothing more."""
        self._press.stop()

    def _rated(self, ticket: Ticket) -> None:
        now = self._keeper.clock.now()
        line = lines.line("counter-rated", Tone.DONE, now, number=ticket.number, level=ticket.rating or 0)
        self._keeper.say(line)
        self.changed.emit()

    def _not_counted(self, error: Exception) -> None:
        self._keeper.say(lines.not_done(error, self._keeper.clock.now()))

    def _retrying(self, _error: StoreUnavailable) -> None:
        self._keeper.say(lines.line("counter-retrying", Tone.TROUBLE, self._keeper.clock.now()))

    def _note_in_time(self) -> None:
        now, counter = self._keeper.clock.now(), self._keeper.state.counter
        if counter is None or not self._over_at or now < self._over_at[0]:
            return
        while self._over_at and self._over_at[0] <= now:
            self._over_at.popleft()
        self._worker.submit(lambda: self._hall().note_not_rated(counter), self._noted, self._note_later)

    def _noted(self, tickets: tuple[Ticket, ...]) -> None:
        if tickets:
            self.changed.emit()

    def _note_later(self, _error: Exception) -> None:
        # What cannot be noted now is noted with the next service, or after the next wait.
        self._over_at.append(self._keeper.clock.now() + NOT_RATED_AFTER)
