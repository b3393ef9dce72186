"""What a clerk can do, by which key, and why something cannot be done now."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from shared.domain.counter import CounterStatus
from shared.domain.ticket import Command, Ticket, TicketState, allows

if TYPE_CHECKING:
    from counter_terminal.state import TerminalState


class Action(StrEnum):
    """The actions that have a key; each value is also its name in the words and in the remote control."""

    NEXT = "next"
    RECALL = "recall"
    NO_SHOW = "no-show"
    HOLD = "hold"
    TRANSFER = "transfer"
    START = "start"
    FINISH = "finish"
    PAUSE = "pause"
    UNDO = "undo"
    UNPRINTED = "unprinted"
    DEVICES = "devices"
    QUOTES = "quotes"
    BAR = "bar"
    LANGUAGE = "language"
    LOG_OUT = "log-out"


KEYS: Mapping[Action, tuple[str, ...]] = MappingProxyType(
    {
        Action.NEXT: ("F1",),
        Action.RECALL: ("F2",),
        Action.NO_SHOW: ("F3",),
        Action.HOLD: ("F4",),
        Action.TRANSFER: ("F5",),
        Action.START: ("F6",),
        Action.FINISH: ("F7",),
        Action.PAUSE: ("F8",),
        Action.UNDO: ("Backspace", "Ctrl+Z"),
        Action.UNPRINTED: ("F9",),
        Action.DEVICES: ("F10",),
        Action.QUOTES: ("Ctrl+Q",),
        Action.BAR: ("F11",),
        Action.LANGUAGE: ("F12",),
        Action.LOG_OUT: ("Ctrl+L",),
    }
)
"""The first key is the one shown on the button."""

COMMANDS: Mapping[Action, Command] = MappingProxyType(
    {
        Action.RECALL: Command.RECALL,
        Action.NO_SHOW: Command.NO_SHOW,
        Action.HOLD: Command.HOLD,
        Action.TRANSFER: Command.TRANSFER,
        Action.START: Command.START,
        Action.FINISH: Command.FINISH,
    }
)
"""The domain's command behind each action on the current ticket."""

ALWAYS = frozenset({Action.BAR, Action.LANGUAGE, Action.DEVICES, Action.QUOTES})
"""What only changes or opens windows."""


_STALE = "counter-why-stale"


def why_not(action: Action, state: TerminalState) -> str | None:
    """The id of the word that says why an action is forbidden now; None when it is allowed."""
    if action in ALWAYS:
        return None
    reason = why_nothing(state)
    if reason == _STALE and action is Action.FINISH and state.standby:
        reason = _why_busy(state)
    if reason is not None:
        return reason
    if action in COMMANDS:
        return why_ticket_not(COMMANDS[action], state.ticket)
    return _why_counter_not(action, state)


def why_not_in_list(command: Command, ticket: Ticket, state: TerminalState) -> str | None:
    """The same for a ticket of one of the lists: waiting, held or missed."""
    if command is Command.CALL and (reason := why_not(Action.NEXT, state)) is not None:
        return reason
    return why_nothing(state) or why_ticket_not(command, ticket)


def why_ticket_not(command: Command, ticket: Ticket | None) -> str | None:
    """The id of the word that says why the rules forbid a command for a ticket; None when they allow it."""
    if ticket is None:
        return "refusal-counter_free"
    if allows(command, ticket):
        return None
    return "counter-why-serving" if ticket.state is TicketState.SERVING else "refusal-wrong_state"


def why_nothing(state: TerminalState) -> str | None:
    """The id of the word that says why no command can be given now; None when one can."""
    if state.snapshot is None:
        return "counter-why-loading"
    return _STALE if state.stale else _why_busy(state)


def _why_busy(state: TerminalState) -> str | None:
    return None if state.busy is None else "counter-why-busy"


def _why_counter_not(action: Action, state: TerminalState) -> str | None:
    if action is Action.NEXT and state.counter_status is CounterStatus.PAUSED:
        return "refusal-counter_paused"
    if action is Action.LOG_OUT and state.ticket is not None:
        return "refusal-counter_busy"
    if action is Action.UNDO and not state.can_undo:
        return "refusal-nothing_to_undo"
    if action is Action.UNPRINTED and not state.unprinted:
        return "counter-why-all-printed"
    return None
