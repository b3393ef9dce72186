"""What a clerk does at the desk: each press becomes one command to the hall, and one quiet line."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from counter_terminal import lines
from counter_terminal.actions import COMMANDS, Action, why_not, why_not_in_list, why_nothing
from counter_terminal.answer import Answer
from counter_terminal.one_press import OnePress, Worker
from counter_terminal.state import QuietLine, Tone
from shared.domain.counter import CounterStatus
from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.domain.request_id import new_request_id
from shared.domain.ticket import Command, Ticket
from shared.hall import Hall
from shared.hall.queueing import UNDO_WITHIN

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from counter_terminal.finish_keeping import FinishKeeping
    from counter_terminal.state_keeper import StateKeeper
    from shared.domain.snapshot import PrintJob

T = TypeVar("T")

NEXT_AGAIN_AFTER = timedelta(milliseconds=700)
"""A second press of Next within this is a slip of the finger, not a decision."""

PAUSE_REASONS = ("meal", "short", "meeting", "fault", "closing")
"""Why a counter is paused; each has a word `counter-pause-<reason>`."""


_WORK = {
    Action.RECALL: Hall.recall,
    Action.START: Hall.start,
    Action.FINISH: Hall.finish,
    Action.NO_SHOW: Hall.no_show,
    Action.HOLD: Hall.hold,
}
_LIST_WORK = {
    Command.HOLD: Hall.hold_ticket,
    Command.RESUME: Hall.resume,
    Command.RETURN: Hall.return_ticket,
    Command.CANCEL: Hall.cancel,
}


class DeskWork:
    """Sends the clerk's commands, one at a time. A forbidden one says why and changes nothing."""

    def __init__(
        self,
        keeper: StateKeeper,
        hall: Callable[[], Hall],
        worker: Worker,
        on_service_finished: Callable[[], None],
        keeping: FinishKeeping | None = None,
    ) -> None:
        self._keeper = keeper
        self._on_service_finished = on_service_finished
        self._hall = hall
        self._worker = worker
        self._press = OnePress(worker, keeper.clock, keeper)
        self._last_next: datetime | None = None
        self._keeping = keeping
        if keeping is not None:
            keeping.impatient.connect(self._keep_press)

    def may(self, action: Action) -> bool:
        """Whether an action is allowed now; when it is not, the quiet line says why."""
        return self._allowed(why_not(action, self._keeper.state))

    def call_next(self) -> None:
        """End the current service and call the next ticket."""
        if self._is_slip() or not self.may(Action.NEXT):
            return
        counter, holding = self._keeper.counter, self._holding
        self._call(lambda hall, request: hall.call_next(counter, request, holding=holding))

    def call_chosen(self, ticket: Ticket) -> None:
        """End the current service and call this waiting ticket, whether or not it is its turn."""
        if self._is_slip() or not self._allowed(why_not_in_list(Command.CALL, ticket, self._keeper.state)):
            return
        counter, holding = self._keeper.counter, self._holding
        self._call(lambda hall, request: hall.call_ticket(counter, ticket.id, request, holding=holding))

    def carry_out(self, action: Action) -> None:
        """Recall, start, finish, miss or hold the current ticket."""
        if not self.may(action):
            return
        if action is Action.FINISH and self._can_keep:
            if self._keeper.state.stale:
                self._keep_finish(new_request_id())
                return
            if self._keeping is not None:
                self._keeping.watch()
        counter, holding = self._keeper.counter, self._holding
        self._send(
            action,
            lambda hall, request: _WORK[action](hall, counter, request, holding=holding),
            lambda ticket: lines.done(COMMANDS[action], ticket, self._now()),
            undoable=action is not Action.RECALL,
            finishes=action is Action.FINISH,
        )

    def transfer(self, *, service: str | None = None, to_counter: int | None = None) -> None:
        """Send the current ticket to another service or counter."""
        if self.may(Action.TRANSFER):
            counter, holding = self._keeper.counter, self._holding
            self._send(
                Action.TRANSFER,
                lambda hall, request: hall.transfer(counter, service, to_counter, request, holding=holding),
                lambda ticket: lines.transferred(ticket, self._now()),
            )

    def pause(self, reason: str) -> None:
        """Pause the counter for one of `PAUSE_REASONS`."""
        if self.may(Action.PAUSE):
            counter = self._keeper.counter
            self._send(
                Action.PAUSE,
                lambda hall, request: hall.pause_counter(counter, reason, request),
                lambda _: lines.line("counter-done-pause", Tone.DONE, self._now()),
            )

    def open_again(self) -> None:
        """Take customers again after a pause."""
        if self._keeper.state.counter_status is not CounterStatus.OPEN and self.may(Action.PAUSE):
            counter = self._keeper.counter
            self._send(
                Action.PAUSE,
                lambda hall, request: hall.open_counter(counter, request),
                lambda _: lines.line("counter-done-open", Tone.DONE, self._now()),
            )

    def undo(self) -> None:
        """Take the last action back."""
        if self.may(Action.UNDO):
            counter = self._keeper.counter
            self._send(
                Action.UNDO,
                lambda hall, request: hall.undo(counter, request),
                lambda undone: lines.undone(undone.tickets, self._now()),
                undoable=False,
            )

    def with_listed(self, command: Command, ticket: Ticket) -> None:
        """Call, hold or cancel a ticket that waits, resume a held one, take a no-show back."""
        if command is Command.CALL:
            self.call_chosen(ticket)
        elif self._allowed(why_not_in_list(command, ticket, self._keeper.state)):
            counter = self._keeper.counter
            self._send(
                command,
                lambda hall, request: _LIST_WORK[command](hall, ticket.id, request, counter=counter),
                lambda done: lines.done(command, done, self._now()),
            )

    def reprint(self, job: PrintJob) -> None:
        """Print a ticket once more, on the printer that failed."""
        if self.may(Action.UNPRINTED):
            self._send(
                Action.UNPRINTED,
                lambda hall, _: hall.reprint(job.ticket, job.printer, seen=job),
                lambda _: lines.line("counter-done-reprint", Tone.DONE, self._now(), number=job.number),
                undoable=False,
            )

    def reprint_ticket(self, ticket: Ticket) -> None:
        """Print a ticket anew, on the printer that it came from."""
        if self._allowed(why_nothing(self._keeper.state)):
            self._send(
                Action.UNPRINTED,
                lambda hall, _: hall.reprint(ticket.id),
                lambda _: lines.line("counter-done-reprint", Tone.DONE, self._now(), number=ticket.number),
                undoable=False,
            )

    def confirm_paper(self, job: PrintJob) -> None:
        """Note that the paper of a ticket lay in the tray, as a person saw."""
        if self.may(Action.UNPRINTED):
            self._send(
                Action.UNPRINTED,
                lambda hall, _: hall.print_succeeded(job),
                lambda _: lines.line("counter-done-paper", Tone.DONE, self._now(), number=job.number),
                undoable=False,
            )

    def try_again(self) -> None:
        """Send a press that waits for the store now, because it answers again."""
        self._press.try_again()

    def _now(self) -> datetime:
        return self._keeper.clock.now()

    def stop(self) -> None:
        """Send nothing more."""
        self._press.stop()
        if self._keeping is not None:
            self._keeping.stop()

    def _is_slip(self) -> bool:
        """Whether somebody was called a moment ago: a double press must not call two."""
        return (
            self._last_next is not None and timedelta(0) <= self._now() - self._last_next < NEXT_AGAIN_AFTER
        )

    def _call(self, work: Callable[[Hall, str], Ticket | None]) -> None:
        self._last_next = self._now()
        before = self._keeper.state.ticket
        self._send(
            Action.NEXT,
            work,
            lambda ticket: lines.called(ticket, before, self._now()),
            finishes=before is not None,
            frees=self._keeper.counter,
        )

    @property
    def _holding(self) -> str | None:
        """The ticket that this terminal believes to be at the counter."""
        ticket = self._keeper.state.ticket
        return None if ticket is None else ticket.id

    def _allowed(self, reason: str | None) -> bool:
        if reason is not None and not self._press.busy:
            self._keeper.say(lines.line(reason, Tone.REFUSED, self._now()))
        return reason is None

    def _send(
        self,
        name: str,
        work: Callable[[Hall, str], T],
        describe: Callable[[T], QuietLine],
        *,
        undoable: bool = True,
        finishes: bool = False,
        frees: int | None = None,
    ) -> None:
        def carried_out(request: str) -> Answer[T]:
            hall = self._hall()
            result = work(hall, request)
            return Answer(result, hall.answered_at, frees)

        def finished(answer: Answer[T]) -> None:
            if self._keeping is not None:
                self._keeping.stop()
            until = self._now() + UNDO_WITHIN if undoable else None
            line = describe(answer.result)
            if line.tone is Tone.NOTE:
                until = self._keeper.state.undo_until
            # The clerk sees the answer at once; the hall's next picture, which the change feed brings, confirms it.
            told = self._keeper.show_answer(answer, busy=None, retrying=False, line=line, undo_until=until)
            if not told:
                self._read_again()
            if finishes:
                self._on_service_finished()

        if not self._press.busy:
            self._keeper.change(busy=str(name))
            self._press.begin(carried_out, finished, self._failed, self._retrying)

    def _failed(self, error: Exception) -> None:
        if self._keeping is not None:
            self._keeping.stop()
        line = lines.not_done(error, self._now())
        self._keeper.change(busy=None, retrying=False, line=line)
        if isinstance(error, Refused) and error.code in _OUT_OF_DATE:
            self._read_again()

    def _read_again(self) -> None:
        self._worker.submit(lambda: self._hall().snapshot(), self._keeper.show_hall, _leave_to_the_feed)

    @property
    def _can_keep(self) -> bool:
        return self._keeping is not None and self._keeper.state.standby

    def _keep_press(self) -> None:
        """The store takes too long with a finish, or cannot be reached: keep it under the press's own request id."""
        request_id = self._press.let_go() if self._keeper.state.busy == Action.FINISH else None
        if request_id is not None:
            self._keep_finish(request_id)

    def _keep_finish(self, request_id: str) -> None:
        state = self._keeper.state
        ticket, counter, clerk = state.ticket, state.counter, state.clerk
        if self._keeping is None or ticket is None or counter is None:
            self._keeper.change(busy=None, retrying=False)
            return

        def kept() -> None:
            line = lines.line("counter-kept-finish", Tone.DONE, self._now(), number=ticket.number)
            self._keeper.change(busy=None, retrying=False, kept=ticket.id, line=line, undo_until=None)

        self._keeper.change(busy=str(Action.FINISH))
        self._keeping.keep(ticket, counter, clerk, request_id, kept, self._failed)

    def _retrying(self, _error: StoreUnavailable) -> None:
        if self._keeper.state.busy == Action.FINISH and self._can_keep:
            self._keep_press()
            return
        self._keeper.change(retrying=True, line=lines.line("counter-retrying", Tone.TROUBLE, self._now()))


_OUT_OF_DATE = frozenset(
    {RefusalCode.STALE_VIEW, RefusalCode.WRONG_STATE, RefusalCode.COUNTER_FREE, RefusalCode.COUNTER_PAUSED}
)
"""Refusals that mean that the screen shows less than what is so."""


def _leave_to_the_feed(_error: Exception) -> None:
    """The change feed says when the hall cannot be read; saying it twice helps nobody."""
