"""Badge number and PIN, and the question whether to take over a counter where somebody else sits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from counter_terminal import wording
from counter_terminal.banner import Banner
from counter_terminal.parts import SignedText, flat_button, label, make_tall

if TYPE_CHECKING:
    from counter_terminal.look import Look
    from counter_terminal.state import TerminalState

_WIDTH = 26
_FIELD_HEIGHT = 2.6
_PROBLEM_HEIGHT = 3.0
"""Sizes in multiples of the body text."""
_MOST_DIGITS = 20


class LogInPage(QWidget):
    """The log-in of one counter."""

    entered = Signal(str, str)
    take_over = Signal()
    leave_it = Signal()
    change_counter = Signal()
    change_language = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        words = look.words
        self._counter = label(look, step="title", bold=True)
        self._hall = label(look, role="text_quiet")
        self._banner = Banner(look)
        self.badge = self._field()
        self.pin = self._field()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.button = QPushButton(words.say("counter-log-in-button"))
        self.change = flat_button(look, words.say("counter-log-in-change"), "counter")
        self.language = flat_button(look, f"{words.say('counter-action-language')}  F12", "globe")
        self.problem = SignedText(look, bold=True, wraps=True)
        self.question = _Question(look)
        self._shown_problem: object = None
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_state(self, state: TerminalState) -> None:
        """Show where the log-in stands."""
        words, log_in = self._look.words, state.log_in
        self._counter.setText(words.say("common-counter", counter=state.counter or 0))
        self._banner.show_text(wording.banner(words, state))
        if state.snapshot is not None:
            self._hall.setText(state.snapshot.plan.name.in_language(words.language))
        busy = log_in.checking
        self.button.setText(words.say("counter-log-in-checking" if busy else "counter-log-in-button"))
        for widget in (self.badge, self.pin, self.button):
            widget.setEnabled(not busy)
        self._show_problem(state)
        asked = log_in.taken_by is not None
        if asked:
            self.question.ask(log_in.taken_by or "")
        if asked != (self._pages.currentIndex() == 1):
            self._pages.setCurrentIndex(1 if asked else 0)
            self.take_focus()

    def take_focus(self) -> None:
        """Put the cursor where the clerk goes on."""
        if self._pages.currentIndex() == 1:
            self.question.yes.setFocus()
        else:
            (self.pin if self.badge.text() else self.badge).setFocus()

    def _show_problem(self, state: TerminalState) -> None:
        problem = state.log_in.problem
        if problem is self._shown_problem:
            return
        self._shown_problem = problem
        if problem is None:
            self.problem.show_status("", "info", "surface")
            return
        plan = None if state.snapshot is None else state.snapshot.plan
        self.problem.show_status(wording.quiet_line(self._look.words, problem, plan), "warning", "danger")
        self.pin.clear()
        self.take_focus()

    def _enter(self) -> None:
        if self.badge.text() and not self.pin.text() and self.badge.hasFocus():
            self.pin.setFocus()
            return
        self.entered.emit(self.badge.text().strip(), self.pin.text())

    def _connect(self) -> None:
        self.badge.returnPressed.connect(self._enter)
        self.pin.returnPressed.connect(self._enter)
        self.button.clicked.connect(self._enter)
        self.change.clicked.connect(self.change_counter)
        self.language.clicked.connect(self.change_language)
        self.question.yes.clicked.connect(self.take_over)
        self.question.no.clicked.connect(self.leave_it)

    def _field(self) -> QLineEdit:
        made = QLineEdit()
        made.setMaxLength(_MOST_DIGITS)
        made.setFixedHeight(round(self._look.theme.sizes["body"] * _FIELD_HEIGHT))
        return made

    def _lay_out(self) -> None:
        self.problem.setFixedHeight(round(self._look.theme.sizes["body"] * _PROBLEM_HEIGHT))
        self.button.setProperty("role", "primary")
        make_tall(self.button, round(self._look.theme.sizes["body"] * _FIELD_HEIGHT), self._look)
        self._pages.addWidget(self._form())
        self._pages.addWidget(self.question)
        box = QFrame()
        box.setProperty("card", True)
        box.setFixedWidth(round(self._look.theme.sizes["body"] * _WIDTH))
        inner = QVBoxLayout(box)
        pad = self._look.space("l")
        inner.setContentsMargins(pad, pad, pad, pad)
        inner.setSpacing(self._look.space("s"))
        inner.addWidget(self._counter)
        inner.addWidget(self._hall)
        inner.addSpacing(self._look.space("s"))
        inner.addWidget(self._pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._banner)
        column.addStretch(2)
        column.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        seldom = QHBoxLayout()
        seldom.addStretch(1)
        seldom.addWidget(self.change)
        seldom.addWidget(self.language)
        seldom.addStretch(1)
        column.addLayout(seldom)
        column.addStretch(3)

    def _form(self) -> QWidget:
        words = self._look.words
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.space("xs"))
        for word, field in (("counter-log-in-badge", self.badge), ("counter-log-in-pin", self.pin)):
            name = label(self._look, words.say(word), role="text_quiet")
            name.setBuddy(field)
            field.setAccessibleName(words.say(word))
            column.addWidget(name)
            column.addWidget(field)
            column.addSpacing(self._look.space("s"))
        column.addWidget(self.problem)
        column.addSpacing(self._look.space("s"))
        column.addWidget(self.button)
        return form


class _Question(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        words = look.words
        self._text = label(look, step="large", bold=True)
        self._text.setWordWrap(True)
        hint = label(look, words.say("counter-take-over-hint"), role="text_quiet")
        hint.setWordWrap(True)
        self.yes = QPushButton(words.say("counter-take-over-yes"))
        self.yes.setProperty("role", "primary")
        self.no = QPushButton(words.say("common-back"))
        row = QHBoxLayout()
        row.addWidget(self.no, 1)
        row.addWidget(self.yes, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("m"))
        column.addWidget(self._text)
        column.addWidget(hint)
        column.addStretch(1)
        column.addLayout(row)
        for button in (self.yes, self.no):
            button.setAutoDefault(True)
            make_tall(button, round(look.theme.sizes["body"] * _FIELD_HEIGHT), look)

    def ask(self, badge: str) -> None:
        self._text.setText(self._look.words.say("counter-take-over-question", badge=badge))
