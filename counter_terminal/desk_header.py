"""The strip on top of the desk: where, who, when, how the devices are, and what is seldom needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from counter_terminal import wording
from counter_terminal.actions import KEYS, Action, why_not
from counter_terminal.look import SIGN_ROLES
from counter_terminal.parts import ElidedLabel, SignedText, flat_button, give_tip, label
from counter_terminal.state import SignHealth

if TYPE_CHECKING:
    from counter_terminal.action_set import ActionSet
    from counter_terminal.look import Look
    from counter_terminal.state import TerminalState

_BUTTONS = {
    Action.DEVICES: "warning",
    Action.UNPRINTED: "printer",
    Action.QUOTES: "clock",
    Action.LANGUAGE: "globe",
    Action.BAR: "chevron-up",
    Action.LOG_OUT: "log-out",
}


class DeskHeader(QFrame):
    """One line, always there."""

    def __init__(self, look: Look, actions: ActionSet) -> None:
        super().__init__()
        self.setProperty("strip", True)
        self.setObjectName("header")
        self.setStyleSheet("#header { border-bottom: 0; }")
        self._look = look
        self._counter = label(look, step="large", bold=True)
        self._clerk = label(look, role="text_quiet")
        self._hall = ElidedLabel(look, role="text_quiet")
        self._clock = label(look, bold=True)
        self._sign = SignedText(look)
        self._buttons = {action: self._button(action, icon, actions) for action, icon in _BUTTONS.items()}
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space("m"), look.space("xs"), look.space("m"), look.space("xs"))
        row.setSpacing(look.space("s"))
        row.addWidget(self._counter)
        row.addWidget(self._clerk)
        row.addSpacing(look.space("s"))
        row.addWidget(self._hall, 1)
        row.addWidget(self._sign)
        row.addSpacing(look.space("s"))
        for button in self._buttons.values():
            row.addWidget(button)
        row.addSpacing(look.space("s"))
        row.addWidget(self._clock)

    def show_state(self, state: TerminalState) -> None:
        """Show the state."""
        words = self._look.words
        self._counter.setText(words.say("common-counter", counter=state.counter or 0))
        self._clerk.setText(words.say("common-badge", badge=state.clerk or ""))
        if state.snapshot is not None:
            plan = state.snapshot.plan
            self._hall.show_text(plan.name.in_language(words.language))
            self._clock.setText(wording.clock_time(plan, state.now))
        self._show_sign(state.sign)
        unprinted = self._buttons[Action.UNPRINTED]
        unprinted.setVisible(bool(state.unprinted))
        unprinted.setText(words.say("counter-unprinted-count", count=len(state.unprinted)))
        devices = self._buttons[Action.DEVICES]
        devices.setVisible(bool(state.troubled))
        devices.setText(words.say("counter-devices-count", count=len(state.troubled)))
        for action, button in self._buttons.items():
            reason = why_not(action, state)
            button.setEnabled(reason is None)
            give_tip(button, words.say(reason or f"counter-tip-{action}") + f"  {KEYS[action][0]}")

    def _show_sign(self, health: SignHealth) -> None:
        self._sign.setVisible(health is not SignHealth.ABSENT)
        if health is not SignHealth.ABSENT:
            icon = "warning" if health is SignHealth.DOWN else "counter"
            self._sign.show_status(self._look.words.say(f"counter-sign-{health}"), icon, SIGN_ROLES[health])

    def _button(self, action: Action, icon: str, actions: ActionSet) -> QPushButton:
        text = self._look.words.say(f"counter-action-{action}")
        made = flat_button(self._look, text, icon)
        made.setObjectName(f"header-{action}")
        made.clicked.connect(actions[action].trigger)
        return made
