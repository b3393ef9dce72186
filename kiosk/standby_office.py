"""The ticket office that goes on without the store: when there is no answer in time, the ticket is kept here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.ticket_office import TicketSource
from kiosk.visit import Intent
from shared.domain.errors import StoreUnavailable
from shared.domain.ticket import Ticket
from shared.hall.standby.keeper import Keeper
from shared.qt.lanes import Lane

PATIENCE_MS = 1_500
"""A customer has a number within two seconds of the tap: so long the store may take, the rest is for the disk."""

_NOT_FOR_KEEPING = frozenset({"clock", "newer_schema", "no_schema"})
"""What is wrong with this machine itself: a ticket kept by it would be wrong too."""


@dataclass(slots=True)
class _Asking:
    """One intent under way.

    `given_up`: the store is waited for no longer, whatever it may say yet. `needs_store`: nothing can be kept here.
    """

    intent: Intent
    on_done: Callable[[Ticket], None]
    on_error: Callable[[Exception], None]
    asked: bool = False
    given_up: bool = False
    needs_store: bool = False
    store_error: Exception | None = None
    store_ticket: Ticket | None = None


class StandbyOffice(QObject):
    """Asks the store's office first, unless that is known to be useless; exactly one of the two decides.

    `from_store` and `kept` tell where the ticket came from, and so which of the two must print it.
    """

    from_store = Signal()
    kept = Signal()

    def __init__(
        self,
        office: TicketSource,
        keeper: Keeper,
        lane: Lane,
        printer: str | None,
        *,
        patience_ms: int = PATIENCE_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._keeper, self._lane, self._printer = office, keeper, lane, printer
        self._away = False
        self._unanswered = 0
        self._asking: _Asking | None = None
        self._failed_request: str | None = None
        self._patience = QTimer(self, singleShot=True, interval=patience_ms)
        self._patience.timeout.connect(self._lose_patience)

    @property
    def keeping(self) -> bool:
        """Whether a ticket is being kept now: the store's answer would come too late for its customer."""
        return self._asking is not None and self._asking.given_up

    @Slot()
    def find_store(self) -> None:
        """The store answers."""
        self._away = False

    @Slot()
    def lose_store(self) -> None:
        """The store does not answer."""
        self._away = True

    def stop(self) -> None:
        """Wait for nothing any more."""
        self._patience.stop()

    def issue(
        self, intent: Intent, on_done: Callable[[Ticket], None], on_error: Callable[[Exception], None]
    ) -> None:
        """Ask for the ticket; exactly one of the two is called later."""
        asking = self._asking = _Asking(intent, on_done, on_error)
        if intent.request_id == self._failed_request:
            # Its first answer may only have been lost: a ticket that is kept here already comes back.
            self._lane.submit(
                lambda: self._keeper.kept(intent.request_id),
                partial(self._looked_up, asking),
                lambda _error: self._ask(asking),
                pressed=True,
            )
        else:
            self._ask(asking)

    def _looked_up(self, asking: _Asking, ticket: Ticket | None) -> None:
        if ticket is None:
            self._ask(asking)
        else:
            self._take_kept(asking, ticket)

    def _ask(self, asking: _Asking) -> None:
        if self._away or self._unanswered:
            self._keep(asking)
        else:
            self._ask_store(asking)
            self._patience.start()

    def _ask_store(self, asking: _Asking) -> None:
        asking.asked = True
        self._unanswered += 1
        self._office.issue(asking.intent, partial(self._answered, asking), partial(self._refused, asking))

    def _answered(self, asking: _Asking, ticket: Ticket) -> None:
        self._unanswered -= 1
        if asking.given_up:
            # Kept meanwhile, and delivered by the same request id: the store's number is cancelled then.
            asking.store_ticket = ticket
            return
        self._end(asking)
        # The paper is looked for while the page is drawn.
        self.from_store.emit()
        asking.on_done(ticket)

    def _refused(self, asking: _Asking, error: Exception) -> None:
        self._unanswered -= 1
        asking.store_error = error
        if asking.given_up:
            return
        cut_off = isinstance(error, StoreUnavailable) and error.cause not in _NOT_FOR_KEEPING
        self._away = self._away or cut_off
        if cut_off and not asking.needs_store:
            self._keep(asking)
        else:
            self._fail(asking, error)

    def _lose_patience(self) -> None:
        asking = self._asking
        if asking is not None and not asking.given_up:
            self._keep(asking)

    def _keep(self, asking: _Asking) -> None:
        self._patience.stop()
        asking.given_up = True
        intent = asking.intent
        self._lane.submit(
            lambda: self._keeper.issue(
                intent.service,
                intent.priority,
                intent.request_id,
                appointed_for=intent.appointed_for,
                print_at=self._printer,
                language=intent.language,
            ),
            partial(self._take_kept, asking),
            partial(self._not_kept, asking),
            pressed=True,
        )

    def _take_kept(self, asking: _Asking, ticket: Ticket) -> None:
        self._end(asking)
        self.kept.emit()
        asking.on_done(ticket)

    def _not_kept(self, asking: _Asking, error: Exception) -> None:
        """Nothing can be kept here: then the store decides after all, now or when it answers."""
        asking.given_up, asking.needs_store = False, True
        if asking.store_ticket is not None:
            self._end(asking)
            self.from_store.emit()
            asking.on_done(asking.store_ticket)
        elif asking.store_error is not None:
            self._fail(asking, asking.store_error)
        elif not asking.asked:
            if isinstance(error, StoreUnavailable):
                self._ask_store(asking)
            else:
                self._fail(asking, error)

    def _fail(self, asking: _Asking, error: Exception) -> None:
        self._end(asking)
        self._failed_request = asking.intent.request_id
        asking.on_error(error)

    def _end(self, asking: _Asking) -> None:
        if self._asking is asking:
            self._asking = None
            self._patience.stop()
