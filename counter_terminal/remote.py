"""What the remote control can do with a counter terminal: the same as its keys.

`counter N`, `login BADGE PIN`, `take-over`, the actions that need no answer by their names (`next`, `recall`,
`no-show`, `hold`, `start`, `finish`, `undo`, `bar`, `language`, `log-out`), `transfer-to SERVICE`,
`transfer-to-counter N`, `pause-for REASON`, `open`, `scan CODE`, `state`, which answers with what the screen shows,
`question`, which answers with what it asks, and `answer DIGIT`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from counter_terminal.actions import COMMANDS, Action
from counter_terminal.choice_dialog import ChoiceDialog
from counter_terminal.desk_work import PAUSE_REASONS
from shared.qt.remote_control import CommandError

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_terminal.view_model import CounterViewModel

_WITHOUT_ANSWER = (
    *COMMANDS,
    Action.NEXT,
    Action.UNDO,
    Action.BAR,
    Action.LANGUAGE,
    Action.LOG_OUT,
)


def commands_of(view_model: CounterViewModel) -> dict[str, Callable[..., object]]:
    """The commands by name."""
    session, desk = view_model.session, view_model.desk
    presses: dict[str, Callable[..., object]] = {
        str(action): partial(view_model.press, action)
        for action in _WITHOUT_ANSWER
        if action is not Action.TRANSFER
    }
    return presses | {
        "counter": lambda number: session.choose_counter(int(number)),
        "login": session.log_in,
        "take-over": session.take_over,
        "open": desk.open_again,
        "scan": view_model.scans.scan,
        "transfer-to": lambda service: desk.transfer(service=service),
        "transfer-to-counter": lambda number: desk.transfer(to_counter=int(number)),
        "pause-for": partial(_pause, view_model),
        "state": partial(_state, view_model),
    }


def question_commands() -> dict[str, Callable[..., object]]:
    """The commands about what the screen asks the clerk."""

    def question() -> dict[str, object]:
        asked = QApplication.activeModalWidget()
        return {"title": None if asked is None else asked.windowTitle()}

    def answer(digit: str) -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, ChoiceDialog) or not asked.choose_by_digit(digit):
            raise CommandError(f"nothing that is asked has the answer {digit}")

    return {"question": question, "answer": answer}


def _pause(view_model: CounterViewModel, reason: str) -> None:
    if reason not in PAUSE_REASONS:
        raise CommandError(f"no such reason; there are: {', '.join(PAUSE_REASONS)}")
    view_model.desk.pause(reason)


def _state(view_model: CounterViewModel) -> dict[str, object]:
    state = view_model.state
    ticket = state.ticket
    return {
        "page": str(state.page),
        "shape": str(state.shape),
        "counter": state.counter,
        "clerk": state.clerk,
        "status": None if state.counter_status is None else str(state.counter_status),
        "ticket": None if ticket is None else ticket.number,
        "ticket_state": None if ticket is None else str(ticket.state),
        "waiting": len(state.waiting),
        "busy": state.busy,
        "stale": state.stale,
        "standby": state.standby,
        "line": None if state.line is None else state.line.word,
        "sign": str(state.sign),
        "devices": [f"{one.report.machine} {one.report.device} {one.report.cause}" for one in state.troubled],
        "rated": 0 if state.figures is None else state.figures.satisfaction.rated,
        "not_rated": 0 if state.figures is None else state.figures.satisfaction.not_rated,
    }
