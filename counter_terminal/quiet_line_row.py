"""The quiet line: what the last press did, or why not, with the offer to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from counter_terminal import wording
from counter_terminal.look import TONE_ICONS, TONE_ROLES
from counter_terminal.parts import ElidedLabel, icon_px

if TYPE_CHECKING:
    from counter_terminal.look import Look
    from counter_terminal.state import TerminalState


class QuietLineRow(QWidget):
    """One line with a sign."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._icon = QLabel()
        self._icon.setFixedWidth(icon_px(look))
        self._text = ElidedLabel(look)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space("s"))
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        self._shown: object = None

    @property
    def text(self) -> str:
        """The line as it is shown."""
        return self._text.whole_text

    def show_state(self, state: TerminalState) -> None:
        """Show the state's line."""
        line, words = state.line, self._look.words
        if line is None:
            self._icon.clear()
            self._text.show_text("")
            self._shown = None
            return
        text = wording.quiet_line(words, line, None if state.snapshot is None else state.snapshot.plan)
        role = TONE_ROLES[line.tone]
        if self._shown != line.tone:
            self._icon.setPixmap(self._look.pixmap(TONE_ICONS[line.tone], role, icon_px(self._look)))
            self._shown = line.tone
        self._text.show_text(text, role)
