"""A button that shows its key: beside the label at the desk, beneath it in the bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

if TYPE_CHECKING:
    from counter_terminal.look import Look

DESK_HEIGHT = 3.6
BAR_HEIGHT = 48
_ICON = 1.35
"""Sizes in multiples of the body text; the bar is 48 px by its purpose."""


class ActionButton(QAbstractButton):
    """One action: icon, label and key. The primary one is filled."""

    def __init__(
        self,
        look: Look,
        label: str,
        key: str,
        *,
        icon: str = "",
        primary: bool = False,
        slim: bool = False,
        reserve: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._key = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        self._icon = icon
        self._primary = primary
        self._slim = slim
        self._reserve = reserve
        self._label_font = look.font("body", bold=primary)
        self._key_font = look.font("small")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_label(label)

    def show_label(self, label: str, icon: str | None = None) -> None:
        """Show another label, for a button whose meaning turns (pause and reopen)."""
        if icon is not None and icon != self._icon:
            self._icon = icon
            self.update()
        if label != self.text():
            self.setText(label)
            self.setAccessibleName(label)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for icon, label and key."""
        metrics = QFontMetrics(self._label_font)
        label = max(metrics.horizontalAdvance(text) for text in (self.text(), *self._reserve))
        if self._slim:
            key = QFontMetrics(self._key_font).horizontalAdvance(self._key)
            return QSize(max(label, key) + 2 * self._look.space("s"), BAR_HEIGHT - 2 * self._look.space("xs"))
        key_width = QFontMetrics(self._key_font).horizontalAdvance(self._key)
        icon_width = self._icon_px + self._look.space("xs") if self._icon else 0
        width = max(label + icon_width, key_width) + 2 * self._look.space("s")
        return QSize(width, round(self._look.theme.sizes["body"] * DESK_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """A label is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, icon, label and key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, ink, quiet = self._roles()
        focus = self.hasFocus() and self.isEnabled()
        width = 2 if focus else 1
        painter.setPen(QPen(self._look.colour("focus" if focus else edge), width))
        painter.setBrush(self._look.colour(ground))
        radius = self._look.theme.radius_control
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)
        self._draw_label(painter, self._label_box(), ink)
        painter.setFont(self._key_font)
        painter.setPen(self._look.colour(quiet))
        painter.drawText(self._key_box(), Qt.AlignmentFlag.AlignCenter, self._key)
        painter.end()

    @property
    def _icon_px(self) -> int:
        return round(self._look.theme.sizes["body"] * _ICON)

    def _label_box(self) -> QRect:
        return QRect(0, round(self.height() * 0.10), self.width(), round(self.height() * 0.52))

    def _key_box(self) -> QRect:
        return QRect(0, round(self.height() * 0.60), self.width(), round(self.height() * 0.30))

    def _draw_label(self, painter: QPainter, box: QRect, ink: str) -> None:
        painter.setFont(self._label_font)
        painter.setPen(self._look.colour(ink))
        if not self._icon or self._slim:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
            return
        gap, icon = self._look.space("xs"), self._icon_px
        text = QFontMetrics(self._label_font).horizontalAdvance(self.text())
        left = (self.width() - icon - gap - text) // 2
        painter.drawPixmap(left, box.center().y() - icon // 2, self._look.pixmap(self._icon, ink, icon))
        text_box = QRect(left + icon + gap, box.top(), text + gap, box.height())
        painter.drawText(text_box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _roles(self) -> tuple[str, str, str, str]:
        """Ground, edge, ink and quiet ink of the present state."""
        if not self.isEnabled():
            return "ground", "line", "outline", "outline"
        if self._primary:
            ground = "action_pressed" if self.isDown() else "action"
            return ground, ground, "on_action", "on_action"
        if self.isDown():
            return "action_pale", "action", "text", "text_quiet"
        return ("raised" if self.underMouse() else "surface"), "outline", "text", "text_quiet"
