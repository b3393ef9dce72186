"""Prints this kiosk's queued tickets, one after another: the paper on the printer's lane, its state on the store's."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from PySide6.QtCore import QObject, Signal, Slot

from hardware.printing.printer import PrintOutcome, TicketPrinter
from hardware.printing.printer import PrintState as Outcome
from hardware.status import Cause, DeviceStatus, Health
from kiosk.visit import Paper, PaperNews
from shared.domain.errors import StoreUnavailable
from shared.domain.plan import HallPlan
from shared.domain.slip import Slip
from shared.domain.snapshot import HallSnapshot, PrintJob, PrintState
from shared.domain.ticket import Ticket, TicketState
from shared.hall import Hall
from shared.hall.ticket_slip import ticket_slip
from shared.hall.ticket_specimen import specimen_slip
from shared.qt.lanes import Lane
from shared.words import Language, Words

log = logging.getLogger(__name__)

OVER = frozenset({TicketState.FINISHED, TicketState.CANCELLED, TicketState.EXPIRED})
"""A ticket in one of these needs no paper any more."""

UNEXPECTED = "failed"
"""The cause of a paper that failed by an error of ours; it has a traceback in the log."""


_words_in = cache(Words)
"""The words of each language, put together once: a customer waits for the paper."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A job to print, with all that its slip is made of: once it is claimed, the store is not needed for it."""

    job: PrintJob
    plan: HallPlan
    ticket: Ticket

    def slip(self) -> Slip:
        return ticket_slip(self.plan, self.ticket, _words_in(self.ticket.language), copy=self.job.copy)


@dataclass(frozen=True, slots=True)
class _Ended:
    """What became of a job, to be written down; `was_claimed` once this desk alone was at it."""

    job: PrintJob
    news: PaperNews
    was_claimed: bool = True

    def save(self, hall: Hall) -> bool:
        """Write it down; tells whether the job was still there to be ended.

        Paper that may be out stays `sent`, with its cause: that is what is known of it.
        """
        job, news = self.job, self.news
        if news.paper is Paper.PRINTED:
            return hall.print_succeeded(job)
        if news.may_be_out:
            return hall.print_unconfirmed(job, news.cause or UNEXPECTED)
        return hall.print_failed(job, news.cause or UNEXPECTED)

    def leave_word(self, hall: Hall) -> None:
        """Write down what is known of a job that was taken out of the queue; whoever took it may not hear of it now."""
        if self.news.paper is Paper.PRINTED:
            hall.note_taken_print(self.job, None)
        elif not self.news.may_be_out:
            hall.note_taken_print(self.job, self.news.cause or UNEXPECTED)


class PrintDesk(QObject):
    """Follows the queue of one printer.

    A job is marked `sent` before its first byte leaves: one that a crash left behind as `sent`, or whose end nobody
    confirmed, may be in somebody's hand already, so it is not printed again unless a clerk asks for it. A `failed` one
    is known not to be on paper, and is printed as soon as the printer is well again. `settled` carries `PaperNews`,
    `came_out` the printer's `PrintOutcome`. Where a job was taken out of this desk's queue while it was at
    it, `moved_on` carries what writes the outcome down in another hall: a `Callable[[Hall], bool]`.

    `may_print` is asked on this desk's thread for every paper, after its job was read and before it is claimed: what
    this machine heard of the job's ticket before is known by then. After a no, the next news ask again.
    """

    settled = Signal(object)
    came_out = Signal(object)
    moved_on = Signal(object)

    def __init__(
        self,
        hall: Callable[[], Hall],
        printer: TicketPrinter,
        name: str,
        *,
        store_lane: Lane,
        printer_lane: Lane,
        may_print: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._may_print = may_print
        self._hall = hall
        self._printer = printer
        self._name = name
        self._store_lane = store_lane
        self._printer_lane = printer_lane
        self._busy = False
        self._look_again = False
        self._is_down = False
        self._unsaved: list[_Ended] = []
        self._warm_for: int | None = None

    @Slot(object)
    def follow(self, snapshot: HallSnapshot) -> None:
        """See whether the hall wants paper from this printer, or whether an outcome waits to be written down."""
        if self._warm_for != snapshot.plan_version:
            self._warm_up(snapshot)
        wanted = any(job.printer == self._name and self._is_wanted(job) for job in snapshot.unprinted)
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
            lambda: self._find_next(unsaved), self._claim, partial(self._store_gone, unsaved)
        )

    @Slot(object)
    def hear(self, status: DeviceStatus) -> None:
        """The printer told how it is: when it is back, print what failed meanwhile."""
        was_down, self._is_down = self._is_down, status.health is Health.DOWN
        if was_down and not self._is_down:
            self.look()

    def _warm_up(self, snapshot: HallSnapshot) -> None:
        """Draw a specimen of this plan's tickets, so that the first customer need not wait for fonts and logo."""
        self._warm_for = snapshot.plan_version
        slips = [specimen_slip(snapshot.plan, snapshot.at, _words_in(language)) for language in Language]
        for slip in slips:
            self._printer_lane.submit(partial(self._printer.prepare, slip), on_error=self._not_warm)

    def _not_warm(self, error: Exception) -> None:
        log.error("a specimen ticket cannot be drawn: %s", error)

    def _draw_ahead(self, wanted: _Wanted) -> None:
        try:
            self._printer.prepare(wanted.slip())
        except Exception as error:  # noqa: BLE001 - the printing itself meets it again, and tells known errors from bugs
            log.info("%s cannot be drawn ahead: %s", wanted.job.number, error)

    def _find_next(self, unsaved: list[_Ended]) -> _Wanted | None:
        hall = self._hall()
        while unsaved:
            ended = unsaved[0]
            if not ended.save(hall) and ended.was_claimed:
                ended.leave_word(hall)
                self.moved_on.emit(ended.save)
            del unsaved[0]
        for job in hall.papers_to_print(self._name):
            if not self._is_wanted(job):
                continue
            ticket = hall.ticket(job.ticket)
            if job.state is PrintState.FAILED and ticket.state in OVER:
                hall.print_given_up(job)
            else:
                return _Wanted(job, hall.plan, ticket)
        return None

    def _is_wanted(self, job: PrintJob) -> bool:
        """Whether to print a job now. What failed by an error of ours would fail again."""
        if job.state is PrintState.FAILED:
            return not self._is_down and job.cause != UNEXPECTED
        return job.state is PrintState.QUEUED

    def _claim(self, wanted: _Wanted | None) -> None:
        if wanted is None or not self._may_print():
            self._rest()
            return
        # The paper is drawn while the store writes the claim down: the customer waits for the longer of the two.
        self._printer_lane.submit(lambda: self._draw_ahead(wanted))
        # Whether a claim without an answer reached the store is not known, but no byte was sent: not on paper.
        news = PaperNews(wanted.job.ticket, Paper.FAILED, str(Cause.UNREACHABLE))
        unclaimed = _Ended(wanted.job, news, was_claimed=False)
        self._store_lane.submit(
            lambda: wanted if self._hall().claim_print(wanted.job) else None,
            self._print,
            partial(self._store_gone, [unclaimed]),
        )

    def _print(self, wanted: _Wanted | None) -> None:
        if wanted is None:
            # Another program, a reprint or a delivery had it first.
            self._busy = False
            self.look()
            return
        self._printer_lane.submit(
            lambda: self._printer.print_slip(wanted.slip()),
            partial(self._came_out, wanted.job),
            partial(self._broke, wanted.job),
        )

    def _came_out(self, job: PrintJob, outcome: PrintOutcome) -> None:
        cause = str(outcome.cause) if outcome.cause else None
        self._is_down = outcome.status.health is Health.DOWN
        self.came_out.emit(outcome)
        self._settle(job, PaperNews(job.ticket, _paper(outcome), cause, _may_be_out(outcome)))

    def _broke(self, job: PrintJob, error: Exception) -> None:
        log.error("printing %s failed: %s", job.number, error)
        self._settle(job, PaperNews(job.ticket, Paper.FAILED, UNEXPECTED))

    def _settle(self, job: PrintJob, news: PaperNews) -> None:
        self.settled.emit(news)
        self._unsaved.append(_Ended(job, news))
        self._busy = False
        self.look()

    def _store_gone(self, unsaved: list[_Ended], error: Exception) -> None:
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


def _may_be_out(outcome: PrintOutcome) -> bool:
    """Bytes left and no confirmation came: a printer that stopped on the way may print the rest of it later."""
    return outcome.state is Outcome.SENT_UNCONFIRMED
