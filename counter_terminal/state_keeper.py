"""Keeps the one state of a counter terminal and tells when it changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from shared.domain.dispatch import may_take, order_at

if TYPE_CHECKING:
    from counter_terminal.answer import Answer
    from counter_terminal.state import QuietLine, TerminalState
    from shared.domain.clock import Clock
    from shared.domain.snapshot import HallSnapshot
    from shared.domain.ticket import Ticket

TICK_MS = 1000
LINE_FOR = timedelta(seconds=30)
"""How long a quiet line stays: a reason that is old explains nothing any more."""


class StateKeeper(QObject):
    """Holds the state; every change replaces it as a whole."""

    changed = Signal()

    def __init__(self, state: TerminalState, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._passed_over = False
        self.clock = clock
        self._ticker = QTimer(self, interval=TICK_MS)
        self._ticker.timeout.connect(self.tick)
        self._ticker.start()

    def stop(self) -> None:
        """Let the time stand still."""
        self._ticker.stop()

    @property
    def state(self) -> TerminalState:
        """The state as it is now."""
        return self._state

    @property
    def counter(self) -> int:
        """The number of the counter. RuntimeError before one is chosen: no command can be given then."""
        if self._state.counter is None:
            raise RuntimeError("no counter is chosen yet")
        return self._state.counter

    def change(self, **fields: object) -> None:
        """Replace fields of the state; whoever draws hears of it when something differs."""
        state = replace(self._state, now=self.clock.now(), **fields)  # type: ignore[arg-type]
        if state != self._state:
            self._state = state
            self.changed.emit()

    def say(self, line: QuietLine) -> None:
        """Show a quiet line."""
        self.change(line=line)

    def tick(self) -> None:
        """Let the time go on: waits grow, the offer to undo runs out, what was said is forgotten."""
        line = self._state.line
        if line is not None and self.clock.now() - line.at > LINE_FOR:
            self.change(line=None)
        else:
            self.change()

    def show_hall(self, snapshot: HallSnapshot, **fields: object) -> None:
        """Show a fresh picture of the hall, unless a later one is shown; other fields change with it."""
        if self._is_older(snapshot):
            self.change(**fields)
            return
        self._passed_over = False
        self.change(
            snapshot=snapshot,
            waiting=waiting_for(snapshot, self._state.counter),
            stale=False,
            stale_since=None,
            **fields,
        )

    def show_answer(self, answer: Answer[object], **fields: object) -> bool:
        """Show what a command's own answer tells of the hall; other fields change with it.

        Returns whether the screen shows the hall as the command left it: False asks for a fresh picture. While the
        feed is silent it is asked for too: the store has answered, and only a picture says that news came again.
        """
        shown, place = self._state.snapshot, answer.place
        if shown is None or place is None or place.day != shown.day:
            self.change(**fields)
            return False
        if place.seq <= shown.seq:
            self.change(**fields)
            if not answer.is_told_by(shown):
                # The store went back: a later picture would tell of the command. The next one is believed.
                self._passed_over = True
                return False
            return not self._state.stale
        picture = answer.shown_in(shown, place.seq)
        if picture is None:
            self.change(**fields)
            return False
        self._passed_over = False
        self.change(snapshot=picture, waiting=waiting_for(picture, self._state.counter), **fields)
        return not self._state.stale

    def _is_older(self, snapshot: HallSnapshot) -> bool:
        """Whether a picture is older than the one that is shown.

        A command's answer overtakes at most the one picture that the change feed is reading meanwhile. A second one
        in a row is no late one: the store itself went back, to a backup or to a standby server that knew less.
        """
        shown = self._state.snapshot
        if shown is None or snapshot.day != shown.day or snapshot.seq >= shown.seq or self._passed_over:
            return False
        self._passed_over = True
        return True


def waiting_for(snapshot: HallSnapshot, counter: int | None) -> tuple[Ticket, ...]:
    """The tickets that a counter may take, in the order in which it takes them."""
    plan = next((line.plan for line in snapshot.counters if line.plan.number == counter), None)
    if plan is None:
        return ()
    mine = (ticket for ticket in snapshot.waiting if may_take(plan, ticket))
    return tuple(sorted(mine, key=lambda ticket: order_at(plan, ticket)))
