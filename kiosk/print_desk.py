"""Prints this kiosk's queued tickets, one after another: the paper on the printer's lane, its state on the store's."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from hardware.printing.printer import PrintOutcome, TicketPrinter
from hardware.printing.printer import PrintState as Outcome
from hardware.status import Health
from kiosk.visit import Paper, PaperNews
from shared.domain.errors import StoreUnavailable
from shared.domain.slip import Slip
from shared.domain.snapshot import HallSnapshot, PrintJob, PrintState
from shared.hall import Hall
from shared.hall.ticket_slip import ticket_slip
from shared.qt.lanes import Lane
from shared.words import Words

log = logging.getLogger(__name__)

UNEXPECTED = "failed"
"""The cause of a paper that failed by an error of ours; it has a traceback in the log."""


class PrintDesk(QObject):
    """Follows the queue of one printer.

    A job is marked `sent` before its first byte leaves: one that a crash left behind as `sent` may be in somebody's
    hand already, so it is not printed again unless a clerk asks for it. `settled` carries `PaperNews`.
    """

    settled = Signal(object)

    def __init__(
        self,
        hall: Callable[[], Hall],
        printer: TicketPrinter,
        name: str,
        *,
        store_lane: Lane,
        printer_lane: Lane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hall = hall
        self._printer = printer
        self._name = name
        self._store_lane = store_lane
        self._printer_lane = printer_lane
        self._busy = False
        self._look_again = False
        self._unsaved: list[tuple[PrintJob, PaperNews]] = []

    @Slot(object)
    def follow(self, snapshot: HallSnapshot) -> None:
        """See whether the hall wants paper from this printer, or whether an outcome waits to be written down."""
        wanted = any(
            job.printer == self._name and job.state is PrintState.QUEUED for job in snapshot.unprinted
        )
        if wanted or self._unsaved:
            self.look()

    @Slot()
    def look(self) -> None:
        """Print what is queued; while busy it is remembered."""
        if self._busy:
            self._look_again = True
            return
        self._busy = True
        self._look_again = False
        unsaved, self._unsaved = self._unsaved, []
        self._store_lane.submit(
            lambda: self._take_next(unsaved), self._print, partial(self._store_gone, unsaved)
        )

    def _take_next(self, unsaved: list[tuple[PrintJob, PaperNews]]) -> tuple[PrintJob, Slip] | None:
        hall = self._hall()
        while unsaved:
            _save(hall, *unsaved[0])
            del unsaved[0]
        for job in hall.print_jobs(self._name):
            if job.state is PrintState.QUEUED and hall.claim_print(job):
                ticket = hall.ticket(job.ticket)
                return job, ticket_slip(hall.plan, ticket, Words(ticket.language), copy=job.copy)
        return None

    def _print(self, taken: tuple[PrintJob, Slip] | None) -> None:
        if taken is None:
            self._rest()
            return
        job, slip = taken
        self._printer_lane.submit(
            lambda: self._printer.print_slip(slip), partial(self._came_out, job), partial(self._broke, job)
        )

    def _came_out(self, job: PrintJob, outcome: PrintOutcome) -> None:
        cause = str(outcome.cause) if outcome.cause else None
        self._settle(job, PaperNews(job.ticket, _paper(outcome), cause))

    def _broke(self, job: PrintJob, error: Exception) -> None:
        log.error("printing %s failed: %s", job.number, error)
        self._settle(job, PaperNews(job.ticket, Paper.FAILED, UNEXPECTED))

    def _settle(self, job: PrintJob, news: PaperNews) -> None:
        self.settled.emit(news)
        self._unsaved.append((job, news))
        self._busy = False
        self.look()

    def _store_gone(self, unsaved: list[tuple[PrintJob, PaperNews]], error: Exception) -> None:
        """The change feed tells the outage and its end; the next look tries again what could not be saved."""
        if not isinstance(error, StoreUnavailable):
            log.error("the queue of %s cannot be read: %s", self._name, error)
        self._unsaved = unsaved + self._unsaved
        self._look_again = False
        self._rest()

    def _rest(self) -> None:
        self._busy = False
        if self._look_again:
            self.look()


def _paper(outcome: PrintOutcome) -> Paper:
    if outcome.state is Outcome.PRINTED:
        return Paper.PRINTED
    if outcome.state is Outcome.SENT_UNCONFIRMED and outcome.status.health is not Health.DOWN:
        return Paper.UNCONFIRMED
    return Paper.FAILED


def _save(hall: Hall, job: PrintJob, news: PaperNews) -> None:
    """Unconfirmed paper stays `sent`: that is what is known of it."""
    if news.paper is Paper.PRINTED:
        hall.print_succeeded(job)
    elif news.paper is Paper.FAILED:
        hall.print_failed(job, news.cause or UNEXPECTED)
