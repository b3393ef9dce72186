"""Asks once at which counter this computer stands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from counter_terminal.parts import label, make_tall

if TYPE_CHECKING:
    from counter_terminal.look import Look
    from counter_terminal.state import TerminalState
    from shared.domain.snapshot import CounterLine

_FEW = 12
"""Up to this many counters get large buttons, four in a row; more get small ones, eight in a row."""


class CounterPage(QWidget):
    """One button a counter; its number key chooses it too."""

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._numbers: tuple[int, ...] = ()
        self._typed = ""
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
        """Digits choose the counter of that number, at once when no longer number begins so, else with Enter."""
        if event.text().isdigit():
            self._type(event.text())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._typed in map(str, self._numbers):
            self.chosen.emit(int(self._typed))
        else:
            super().keyPressEvent(event)

    def _type(self, digit: str) -> None:
        typed = self._typed + digit
        found = [number for number in self._numbers if str(number).startswith(typed)]
        self._typed = typed if found else ""
        if len(found) == 1:
            self.chosen.emit(found[0])
        elif typed in map(str, found):
            self.buttons[int(typed)].setFocus()

    def _rebuild(self, numbers: tuple[int, ...]) -> None:
        for button in self.buttons.values():
            self._grid.removeWidget(button)
            button.deleteLater()
        self._numbers = numbers
        self.buttons = {number: self._button(number) for number in numbers}
        for index, button in enumerate(self.buttons.values()):
            self._grid.addWidget(button, *divmod(index, 4 if len(numbers) <= _FEW else 8))

    def _button(self, number: int) -> QPushButton:
        made = QPushButton()
        body = self._look.theme.sizes["body"]
        made.setFixedWidth(round(body * (13 if len(self._numbers) <= _FEW else 8.5)))
        make_tall(made, round(body * 5.5), self._look)
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
            text += f"\n{words.say('common-badge', badge=line.state.clerk)}"
        return text
