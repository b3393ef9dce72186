"""Asks once at which counter this computer stands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from counter_terminal.parts import label

if TYPE_CHECKING:
    from counter_terminal.look import Look
    from counter_terminal.state import TerminalState
    from shared.domain.snapshot import CounterLine

_ACROSS = 4


class CounterPage(QWidget):
    """One button a counter; its number key chooses it too."""

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._numbers: tuple[int, ...] = ()
        self.buttons: dict[int, QPushButton] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._grid = QGridLayout()
        self._grid.setSpacing(look.space("m"))
        self._note = label(look, look.words.say("counter-loading"), role="text_quiet")
        column = QVBoxLayout(self)
        column.setSpacing(look.space("m"))
        column.addStretch(1)
        title = label(look, look.words.say("counter-choose-title"), step="title", bold=True)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._note, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(look.space("m"))
        middle = QWidget()
        middle.setLayout(self._grid)
        column.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def show_state(self, state: TerminalState) -> None:
        """Show the hall's counters and who sits there."""
        if state.snapshot is None:
            return
        self._note.setText(self._look.words.say("counter-choose-hint"))
        lines = state.snapshot.counters
        numbers = tuple(line.plan.number for line in lines)
        if numbers != self._numbers:
            self._rebuild(numbers)
        for line in lines:
            self.buttons[line.plan.number].setText(self._text(line))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses the counter of that number."""
        if event.text().isdigit() and int(event.text()) in self.buttons:
            self.chosen.emit(int(event.text()))
            return
        super().keyPressEvent(event)

    def _rebuild(self, numbers: tuple[int, ...]) -> None:
        for button in self.buttons.values():
            self._grid.removeWidget(button)
            button.deleteLater()
        self._numbers = numbers
        self.buttons = {number: self._button(number) for number in numbers}
        for index, button in enumerate(self.buttons.values()):
            self._grid.addWidget(button, index // _ACROSS, index % _ACROSS)

    def _button(self, number: int) -> QPushButton:
        made = QPushButton()
        body = self._look.theme.sizes["body"]
        made.setFixedSize(round(body * 13), round(body * 5))
        made.clicked.connect(partial(self._choose, number))
        return made

    def _choose(self, number: int, _checked: object = None) -> None:
        self.chosen.emit(number)

    def _text(self, line: CounterLine) -> str:
        words = self._look.words
        text = words.say("common-counter", counter=line.plan.number)
        if line.plan.barrier_free:
            text += f"\n{words.say('counter-choose-barrier-free')}"
        if line.state.clerk is not None:
            text += f"\n{words.say('counter-choose-taken', badge=line.state.clerk)}"
        return text
