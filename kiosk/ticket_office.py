"""Where the kiosk gets its tickets: the hall, on the store's lane."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from kiosk.visit import Intent
from shared.domain.request_id import new_request_id
from shared.domain.ticket import Ticket
from shared.hall import Hall
from shared.hall.check_in import CheckIn, check_in
from shared.qt.lanes import Lane


class TicketSource(Protocol):
    """Gives one ticket for one intent, however often it is asked."""

    def issue(
        self, intent: Intent, on_done: Callable[[Ticket], None], on_error: Callable[[Exception], None]
    ) -> None:
        """Ask for the ticket; exactly one of the two is called later."""
        ...


class CheckInDesk(Protocol):
    """Takes in a ticket whose code was scanned."""

    def check_in(
        self, code: str, on_done: Callable[[CheckIn], None], on_error: Callable[[Exception], None]
    ) -> None:
        """Check the ticket of a code in; exactly one of the two is called later."""
        ...


class TicketOffice:
    """Issues tickets and, where this kiosk has a printer, queues the paper in the same transaction."""

    def __init__(self, hall: Callable[[], Hall], lane: Lane, printer: str | None) -> None:
        self._hall = hall
        self._lane = lane
        self._printer = printer

    def issue(
        self, intent: Intent, on_done: Callable[[Ticket], None], on_error: Callable[[Exception], None]
    ) -> None:
        """Issue on the store's lane, before its looks at the hall; a repeated intent brings back its first ticket."""
        self._lane.submit(lambda: self._issue(intent), on_done, on_error, pressed=True)

    def check_in(
        self, code: str, on_done: Callable[[CheckIn], None], on_error: Callable[[Exception], None]
    ) -> None:
        """Check in on the store's lane."""
        request_id = new_request_id()
        self._lane.submit(lambda: check_in(self._hall(), code, request_id), on_done, on_error, pressed=True)

    def _issue(self, intent: Intent) -> Ticket:
        return self._hall().issue(
            intent.service,
            intent.priority,
            intent.request_id,
            appointed_for=intent.appointed_for,
            print_at=self._printer,
            language=intent.language,
        )
