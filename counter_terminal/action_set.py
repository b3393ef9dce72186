"""The actions of the window as Qt sees them: keys, greying, and the buttons that stand for them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from counter_terminal.action_button import ActionButton
from counter_terminal.actions import KEYS, Action, why_not
from counter_terminal.state import Shape
from shared.domain.counter import CounterStatus

if TYPE_CHECKING:
    from counter_terminal.look import Look
    from counter_terminal.state import TerminalState

ICONS = {
    Action.NEXT: "bell",
    Action.RECALL: "speaker",
    Action.NO_SHOW: "person-missing",
    Action.HOLD: "hold",
    Action.TRANSFER: "transfer",
    Action.START: "play",
    Action.FINISH: "check",
    Action.PAUSE: "pause",
    Action.UNDO: "undo",
}


class ActionSet(QObject):
    """One QAction for each action, on the whole window; `triggered` carries the action that was asked for.

    Buttons are greyed out, but keys stay live: a key that does nothing and says nothing would leave the clerk
    guessing, so a forbidden one is answered with the reason.
    """

    triggered = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._actions = {action: self._make(action, window) for action in Action}
        self._buttons: list[tuple[Action, ActionButton]] = []

    def __getitem__(self, action: Action) -> QAction:
        return self._actions[action]

    def forget_buttons(self) -> None:
        """Let go of the buttons of pages that are about to be taken down."""
        self._buttons.clear()

    def button(self, action: Action, look: Look, *, slim: bool = False) -> ActionButton:
        """A button for an action."""
        made = ActionButton(
            look,
            look.words.say(f"counter-action-{action}"),
            KEYS[action][0],
            icon=ICONS.get(action, ""),
            primary=action is Action.NEXT,
            slim=slim,
            reserve=_reserved(action, look),
        )
        made.setObjectName(f"{action}-{'slim' if slim else 'wide'}")
        made.clicked.connect(self._actions[action].trigger)
        self._buttons.append((action, made))
        return made

    def show_state(self, state: TerminalState, look: Look) -> None:
        """Grey out what the rules forbid now, and say why in the tool tip."""
        for action, button in self._buttons:
            reason = why_not(action, state)
            label, tip, icon = _meaning(action, state)
            button.setEnabled(reason is None)
            button.show_label(_label(look, label, state), icon)
            words = look.words.say(reason or f"counter-tip-{tip}")
            if button.toolTip() != words:
                button.setToolTip(words)
                button.setAccessibleDescription(words)

    def _make(self, action: Action, window: QWidget) -> QAction:
        made = QAction(window)
        made.setObjectName(str(action))
        made.setShortcuts([QKeySequence(key) for key in KEYS[action]])
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        made.setAutoRepeat(False)
        made.triggered.connect(partial(self._tell, action))
        window.addAction(made)
        return made

    def _tell(self, action: Action, _checked: object = None) -> None:
        self.triggered.emit(action)


def _reserved(action: Action, look: Look) -> tuple[str, ...]:
    """The labels that a button must have room for, so that nothing moves when it changes."""
    if action is Action.PAUSE:
        return (look.words.say("counter-action-open"),)
    if action is Action.UNDO:
        return (look.words.say("counter-action-undo-left", seconds=10),)
    return ()


def _meaning(action: Action, state: TerminalState) -> tuple[str, str, str]:
    """Label, tip and icon of a button; two of them turn into their opposite."""
    if action is Action.PAUSE and state.counter_status is not CounterStatus.OPEN:
        return "open", "open", "play"
    if action is Action.BAR and state.shape is Shape.BAR:
        return "desk", "desk", ""
    return str(action), str(action), ICONS.get(action, "")


def _label(look: Look, label: str, state: TerminalState) -> str:
    if label == Action.UNDO and state.can_undo:
        return look.words.say("counter-action-undo-left", seconds=state.undo_seconds)
    return look.words.say(f"counter-action-{label}")
