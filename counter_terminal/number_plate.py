"""The number of the current ticket, as large as there is room for: the hero of the desk and of the bar."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from counter_terminal.look import Look

_STROKE = 0.03
_WIDEST = "A0000"
"""Numbers up to this width fit without shrinking: 1000 of a service is a busy day."""


class NumberPlate(QWidget):
    """Draws a number; while it is called, on the warm colour that means "it is your turn"."""

    def __init__(self, look: Look, pixels: float, *, centred: bool = False) -> None:
        super().__init__()
        self._look = look
        self._least = self._font_of(pixels)
        self._font = self._least
        self._centred = centred
        self._number = ""
        self._called = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_pixels(self, pixels: float) -> None:
        """Draw in this size from now on."""
        self._font = self._font_of(pixels)
        self.updateGeometry()
        self.update()

    def _font_of(self, pixels: float) -> QFont:
        return self._look.font("body", bold=True, times=pixels / self._look.theme.sizes["body"])

    def show_number(self, number: str, *, called: bool) -> None:
        """Show a number."""
        if (number, called) != (self._number, self._called):
            self._number, self._called = number, called
            self.setAccessibleName(number)
            self.update()

    def sizeHint(self) -> QSize:
        """Room for the widest number."""
        return _room(self._font)

    def minimumSizeHint(self) -> QSize:
        """Room for it in the smallest size, so that a window that was large can become small again."""
        return _room(self._least)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate."""
        if not self._number:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(self._font)
        pad = metrics.capHeight() * 0.35
        width = metrics.horizontalAdvance(self._number) + 2 * pad
        left = (self.width() - width) / 2 if self._centred else 0.0
        plate = QRectF(left, 0, width, self.height())
        if self._called:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("call"))
            painter.drawRoundedRect(plate, self._look.theme.radius_control, self._look.theme.radius_control)
        x = plate.left() + (pad if self._called or self._centred else 0.0)
        outline = QPainterPath()
        outline.addText(x, (self.height() + metrics.capHeight()) / 2, self._font, self._number)
        ink = self._look.colour("on_call" if self._called else "text")
        painter.setPen(QPen(ink, self._font.pixelSize() * _boldening(self._look.theme.family)))
        painter.setBrush(ink)
        painter.drawPath(outline)
        painter.end()


@functools.cache
def _boldening(family: str) -> float:
    """The stroke to add, as a part of the font size: Qt makes no bold of its own for outlines this large."""
    return 0.0 if "Bold" in QFontDatabase.styles(family) else _STROKE


def _room(font: QFont) -> QSize:
    metrics = QFontMetricsF(font)
    pad = metrics.capHeight() * 0.35
    return QSize(round(metrics.horizontalAdvance(_WIDEST) + 2 * pad), round(metrics.capHeight() * 1.7))
