"""A thin bar that fills as a promise is used up, in the colour of its pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_terminal.look import PACE_ROLES
from counter_terminal.pace import NEAR_END

if TYPE_CHECKING:
    from counter_terminal.look import Look
    from counter_terminal.pace import Elapsed, Pace


class PaceBar(QWidget):
    """Shows an `Elapsed`; a notch marks where the promise comes close to its end."""

    def __init__(self, look: Look, height: int) -> None:
        super().__init__()
        self._look = look
        self._height = height
        self._elapsed: Elapsed | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_elapsed(self, elapsed: Elapsed | None) -> None:
        """Show a span, or an empty bar; it is drawn anew when that is a pixel or a colour."""
        before, self._elapsed = self._looks, elapsed
        if self._looks != before:
            self.update()

    @property
    def _looks(self) -> tuple[int, Pace] | None:
        """The filling's end in pixels, and its colour."""
        elapsed = self._elapsed
        return None if elapsed is None else (round(self.width() * elapsed.share), elapsed.pace)

    def sizeHint(self) -> QSize:
        """As thin as it was asked for."""
        return QSize(self._look.space("xl"), self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw trough, filling and notch."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        round_end = self.height() / 2
        painter.setBrush(self._look.colour("raised"))
        painter.drawRoundedRect(self.rect(), round_end, round_end)
        if self._elapsed is not None and self._elapsed.share > 0:
            filled = QRectF(
                0, 0, max(self.height(), round(self.width() * self._elapsed.share)), self.height()
            )
            painter.setBrush(self._look.colour(PACE_ROLES[self._elapsed.pace]))
            painter.drawRoundedRect(filled, round_end, round_end)
        painter.setBrush(self._look.colour("surface"))
        painter.drawRect(QRectF(self.width() * NEAR_END, 0, 2, self.height()))
        painter.end()
