"""What a call pad's and a rating pad's keys do: the same as the clerk's own keys, by the same guards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_terminal import lines
from counter_terminal.actions import Action
from counter_terminal.state import Page, Tone
from hardware.pads.events import PadAction, PadEvent
from shared.domain.counter import CounterStatus
from shared.domain.ticket import Command, TicketState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from counter_terminal.state import TerminalState
    from counter_terminal.view_model import CounterViewModel
    from shared.domain.ticket import Ticket

TRANSFER_WITHIN = timedelta(seconds=10)
"""How long after "transfer" a number is the counter to transfer to."""

CALL_WITHIN = timedelta(seconds=10)
"""How long after a waiting ticket's number the call key calls that ticket."""

PAUSE_REASON = "short"
"""A pad cannot ask why."""

_ACTIONS = {
    PadAction.CALL: Action.NEXT,
    PadAction.RECALL: Action.RECALL,
    PadAction.START: Action.START,
    PadAction.FINISH: Action.FINISH,
    PadAction.NO_SHOW: Action.NO_SHOW,
    PadAction.HOLD: Action.HOLD,
    PadAction.UNDO: Action.UNDO,
}


class PadKeys(QObject):
    """Carries out pad events. `asks` tells whether the screen is asking the clerk something now."""

    def __init__(self, view_model: CounterViewModel, asks: Callable[[], bool]) -> None:
        super().__init__(view_model)
        self._view_model = view_model
        self._asks = asks
        self._transfer_until: datetime | None = None
        self._offered: tuple[Ticket, ...] = ()
        self._offered_until: datetime | None = None

    def press(self, event: PadEvent) -> None:
        """Carry out what a key asks for; what is not possible is answered in the quiet line."""
        if event.action.level:
            self._view_model.ratings.vote(event.action.level)
            return
        if self._state.page is not Page.DESK:
            return
        if self._asks():
            self._say("counter-pad-question", Tone.REFUSED)
            return
        transfers, self._transfer_until = self._transfer_until, None
        offered = self._take_offer()
        calls = event.action is PadAction.CALL
        if transfers is not None and self._view_model.now() <= transfers and event.typed and not calls:
            self._transfer_to(int(event.typed))
        elif len(offered) > 1 and event.typed and 1 <= int(event.typed) <= len(offered):
            self._call_or_offer((offered[int(event.typed) - 1],), calls=calls)
        elif calls and event.digits:
            self._find_to_call(int(event.digits))
        elif calls and len(offered) == 1:
            self._call_or_offer(offered, calls=True)
        elif event.action in _ACTIONS:
            self._view_model.press(_ACTIONS[event.action])
        else:
            self._press_other(event)

    def _press_other(self, event: PadEvent) -> None:
        desk = self._view_model.desk
        match event.action:
            case PadAction.PAUSE if self._state.counter_status is CounterStatus.OPEN:
                desk.pause(PAUSE_REASON)
            case PadAction.PAUSE | PadAction.RESUME:
                desk.open_again()
            case PadAction.EVALUATE:
                self._evaluate()
            case PadAction.TRANSFER if desk.may(Action.TRANSFER):
                self._transfer_until = self._view_model.now() + TRANSFER_WITHIN
                self._say("counter-pad-transfer", Tone.NOTE)
            case PadAction.CALL_BACK:
                self._bring_back(self._aside())
            case PadAction.NUMBER:
                self._find(int(event.digits))

    @property
    def _state(self) -> TerminalState:
        return self._view_model.state

    def _evaluate(self) -> None:
        """Ask for a rating: the service ends with it, as on the pads' own systems; without one, ask once more."""
        if self._state.ticket is None:
            self._view_model.ratings.invited.emit()
        else:
            self._view_model.press(Action.FINISH)

    def _transfer_to(self, counter: int) -> None:
        snapshot = self._state.snapshot
        if snapshot is not None and any(line.plan.number == counter for line in snapshot.counters):
            self._view_model.desk.transfer(to_counter=counter)
        else:
            self._say("refusal-unknown_counter", Tone.REFUSED)

    def _aside(self) -> tuple[Ticket, ...]:
        snapshot = self._state.snapshot
        return () if snapshot is None else (*snapshot.held, *snapshot.no_shows)

    def _find(self, ordinal: int) -> None:
        """Bring back the ticket whose number ends with these digits, or offer to call the one that waits."""
        aside = _with(ordinal, self._aside())
        if aside:
            self._bring_back(aside)
        else:
            self._call_or_offer(_with(ordinal, self._state.waiting), calls=False)

    def _find_to_call(self, ordinal: int) -> None:
        """Call the waiting ticket whose number ends with these digits; one that was put aside comes back first."""
        waiting = _with(ordinal, self._state.waiting)
        if waiting:
            self._call_or_offer(waiting, calls=True)
        else:
            self._find(ordinal)

    def _call_or_offer(self, found: tuple[Ticket, ...], *, calls: bool) -> None:
        if not found:
            self._say("counter-pad-unknown", Tone.NOTE)
        elif calls and len(found) == 1:
            self._view_model.desk.call_chosen(found[0])
        else:
            self._offered, self._offered_until = found, self._view_model.now() + CALL_WITHIN
            if len(found) == 1:
                self._say("counter-pad-waits", Tone.NOTE, number=found[0].number)
            else:
                numbers = " · ".join(f"{place} {ticket.number}" for place, ticket in enumerate(found, 1))
                self._say("counter-pad-several", Tone.NOTE, numbers=numbers, count=len(found))

    def _take_offer(self) -> tuple[Ticket, ...]:
        """What the last number offered to call; any key takes the offer or drops it."""
        offered, until = self._offered, self._offered_until
        self._offered, self._offered_until = (), None
        return offered if until is not None and self._view_model.now() <= until else ()

    def _bring_back(self, found: tuple[Ticket, ...]) -> None:
        if not found:
            self._say("counter-pad-nobody", Tone.NOTE)
        elif len(found) > 1:
            self._say("counter-pad-which", Tone.NOTE, count=len(found))
        else:
            command = Command.RESUME if found[0].state is TicketState.HELD else Command.RETURN
            self._view_model.desk.with_listed(command, found[0])

    def _say(self, word: str, tone: Tone, **values: str | int) -> None:
        self._view_model.say(lines.line(word, tone, self._view_model.now(), **values))


def _with(ordinal: int, tickets: Iterable[Ticket]) -> tuple[Ticket, ...]:
    return tuple(ticket for ticket in tickets if ticket.ordinal == ordinal)
