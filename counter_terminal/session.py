"""Who sits at the counter: choosing the counter, logging in, taking over, logging out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_terminal import lines
from counter_terminal.actions import Action, why_not
from counter_terminal.state import LogIn, QuietLine, Tone
from counter_terminal.state_keeper import waiting_for
from shared.domain.errors import RefusalCode, Refused, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_terminal.one_press import Worker
    from counter_terminal.state_keeper import StateKeeper
    from shared.domain.snapshot import HallSnapshot
    from shared.hall import Hall


class Session:
    """Opens and closes the clerk's session at this counter."""

    def __init__(self, keeper: StateKeeper, hall: Callable[[], Hall], worker: Worker) -> None:
        self._keeper = keeper
        self._hall = hall
        self._worker = worker
        self._tried: tuple[str, str] | None = None

    def choose_counter(self, number: int | None) -> None:
        """Work at this counter of the plan; None asks for one."""
        snapshot = self._keeper.state.snapshot
        waiting = () if snapshot is None else waiting_for(snapshot, number)
        self._keeper.change(counter=number, waiting=waiting, log_in=LogIn())

    def log_in(self, badge: str, pin: str) -> None:
        """Log a clerk in with badge number and PIN; the counter opens with it."""
        if self._keeper.state.log_in.checking:
            return
        if not badge or not pin:
            self._problem("counter-log-in-empty")
            return
        self._tried = (badge, pin)
        self._check(take_over=False)

    def take_over(self) -> None:
        """Answer the question whether to take the counter over with yes."""
        if self._keeper.state.log_in.taken_by is not None:
            self._check(take_over=True)

    def leave_it(self) -> None:
        """Answer the question whether to take the counter over with no."""
        self._tried = None
        self._keeper.change(log_in=LogIn())

    def log_out(self) -> None:
        """Close the counter and log its clerk out."""
        reason = why_not(Action.LOG_OUT, self._keeper.state)
        if reason is not None:
            self._keeper.say(lines.line(reason, Tone.REFUSED, self._keeper.clock.now()))
            return
        counter = self._keeper.counter

        def leave() -> HallSnapshot:
            hall = self._hall()
            hall.log_out(counter)
            return hall.snapshot()

        self._keeper.change(busy=Action.LOG_OUT.value)
        self._worker.submit(leave, self._left, self._not_left, pressed=True)

    def check_clerk(self) -> None:
        """End the session here when the hall says that somebody else, or nobody, sits at this counter."""
        state = self._keeper.state
        if state.clerk is None or state.counter_state is None or state.counter_state.clerk == state.clerk:
            return
        other = state.counter_state.clerk
        now = self._keeper.clock.now()
        if other is None:
            line = lines.line("counter-logged-out-elsewhere", Tone.REFUSED, now)
        else:
            line = lines.line("counter-taken-over", Tone.REFUSED, now, badge=other)
        self._leave(line)

    def _check(self, *, take_over: bool) -> None:
        if self._tried is None:
            return
        badge, pin = self._tried
        counter = self._keeper.counter

        def enter() -> tuple[str, HallSnapshot]:
            hall = self._hall()
            clerk = hall.log_in(counter, badge, pin, take_over=take_over)
            return clerk.badge, hall.snapshot()

        self._keeper.change(log_in=replace(LogIn(), checking=True))
        self._worker.submit(enter, self._entered, self._not_entered, pressed=True)

    def _entered(self, result: tuple[str, HallSnapshot]) -> None:
        badge, snapshot = result
        self._tried = None
        now = self._keeper.clock.now()
        line = lines.line("counter-welcome", Tone.DONE, now, badge=badge)
        self._keeper.show_hall(snapshot, clerk=badge, log_in=LogIn(), line=line, undo_until=None)

    def _not_entered(self, error: Exception) -> None:
        if isinstance(error, Refused) and error.code is RefusalCode.COUNTER_TAKEN:
            self._keeper.change(log_in=LogIn(taken_by=str(error.facts.get("badge", ""))))
            return
        self._tried = None
        if isinstance(error, StoreUnavailable):
            self._problem(f"store-{error.cause}")
        else:
            self._keeper.change(log_in=LogIn(problem=lines.not_done(error, self._keeper.clock.now())))

    def _problem(self, word: str) -> None:
        self._keeper.change(log_in=LogIn(problem=lines.line(word, Tone.REFUSED, self._keeper.clock.now())))

    def _left(self, snapshot: HallSnapshot) -> None:
        self._leave(None)
        self._keeper.show_hall(snapshot)

    def _not_left(self, error: Exception) -> None:
        self._keeper.change(busy=None, line=lines.not_done(error, self._keeper.clock.now()))

    def _leave(self, problem: QuietLine | None) -> None:
        self._keeper.change(
            clerk=None,
            busy=None,
            line=None,
            undo_until=None,
            figures=None,
            overtaken_by=(),
            log_in=LogIn(problem=problem),
        )
