"""The supervisor's page of wait quotes: how good last week's were, beside what simpler predictors would have said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from counter_terminal.parts import label
from shared.hall.phrases import score_lines

if TYPE_CHECKING:
    from counter_terminal.look import Look
    from counter_terminal.view_model import CounterViewModel

_SIZE = (50, 24)
"""In multiples of the body text."""


class QuotesDialog(QDialog):
    """Has the score read when it opens, and follows the terminal's state while it is open."""

    def __init__(self, parent: QWidget, look: Look, view_model: CounterViewModel) -> None:
        super().__init__(parent)
        self._look = look
        self._view_model = view_model
        words, body = look.words, look.theme.sizes["body"]
        self.setWindowTitle(words.say("counter-quotes-title"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setStyleSheet(look.style_sheet())
        self.resize(round(body * _SIZE[0]), round(body * _SIZE[1]))
        self.text = label(look)
        self.text.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("l"), look.space("l"), look.space("l"), look.space("m"))
        column.setSpacing(look.space("m"))
        column.addWidget(label(look, words.say("counter-quotes-title"), step="large", bold=True))
        column.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._quiet(words.say("counter-quotes-explained")))
        column.addWidget(label(look, words.say("counter-devices-keys"), role="text_quiet"))
        view_model.changed.connect(self._follow)
        view_model.look_at_quotes()
        self._follow()

    def _quiet(self, text: str) -> QLabel:
        made = label(self._look, text, role="text_quiet")
        made.setWordWrap(True)
        return made

    def _follow(self) -> None:
        state, words = self._view_model.state, self._look.words
        if state.quotes_known:
            self.text.setText("\n".join(score_lines(state.quote_score, words)))
        else:
            self.text.setText(words.say("counter-why-stale" if state.stale else "counter-quotes-reading"))
