"""Small widgets that several parts of the window are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

if TYPE_CHECKING:
    from counter_terminal.look import Look

ICON_TIMES = 1.3
"""An icon beside body text, in multiples of its size."""


def icon_px(look: Look) -> int:
    """The side of an icon beside body text."""
    return round(look.theme.sizes["body"] * ICON_TIMES)


def card(parent: QWidget | None = None) -> QFrame:
    """A surface with a hairline around it."""
    made = QFrame(parent)
    made.setProperty("card", True)
    return made


def label(
    look: Look, text: str = "", *, step: str = "body", bold: bool = False, role: str = "text"
) -> QLabel:
    """A text in a step of the type scale and a colour of the theme."""
    made = QLabel(text)
    made.setFont(look.font(step, bold=bold))
    # The window's style sheet names a size for all widgets, which beats a font that is only set.
    weight = look.theme.weight_bold if bold else look.theme.weight_normal
    made.setStyleSheet(
        f"font-size: {look.theme.size(step)}px; font-weight: {weight}; color: {look.theme.colour(role)};"
    )
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def recolour(shown: QLabel, look: Look, role: str, *, step: str = "body", bold: bool = False) -> None:
    """Give a label of `label` another colour."""
    weight = look.theme.weight_bold if bold else look.theme.weight_normal
    style = f"font-size: {look.theme.size(step)}px; font-weight: {weight}; color: {look.theme.colour(role)};"
    if shown.styleSheet() != style:
        shown.setStyleSheet(style)


def give_tip(shown: QWidget, tip: str) -> None:
    """Give a widget a tool tip; Qt tells each new one about, also when it is the same."""
    if shown.toolTip() != tip:
        shown.setToolTip(tip)


def flat_button(look: Look, text: str, icon: str = "", tip: str = "") -> QPushButton:
    """A button without an edge, for what is seldom needed."""
    made = QPushButton(text)
    made.setProperty("flat", True)
    made.setToolTip(tip)
    made.setAccessibleName(text or tip)
    if icon:
        made.setIcon(look.icon(icon, icon_px(look)))
        made.setIconSize(QSize(icon_px(look), icon_px(look)))
    return made


def make_tall(button: QPushButton, height: int, look: Look) -> None:
    """Give a button a height; the window's style sheet names one that a height that is only set cannot beat."""
    button.setStyleSheet(f"min-height: {height - 2 * look.space('xs') - 2}px;")


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis when there is no room, and is whole in its tool tip."""

    def __init__(self, look: Look, *, step: str = "body", bold: bool = False, role: str = "text") -> None:
        super().__init__()
        self._look = look
        self._role = role
        self._whole = ""
        self._font = look.font(step, bold=bold)
        self.setFont(self._font)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str, role: str | None = None) -> None:
        """Show a text, in another colour if one is given; nothing is drawn anew when both are the same."""
        role = role or self._role
        if (text, role) == (self._whole, self._role):
            return
        self._whole, self._role = text, role
        self.setAccessibleName(text)
        self.update()
        self._fit()

    @property
    def whole_text(self) -> str:
        """The text as it was given."""
        return self._whole

    def minimumSizeHint(self) -> QSize:
        """As high as its text, as narrow as need be."""
        return QSize(0, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text in its role's colour."""
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(self._look.colour(self._role))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()

    def _fit(self) -> None:
        fitted = QFontMetrics(self._font).elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(fitted)
        give_tip(self, self._whole if fitted != self._whole else "")


class SignedText(QWidget):
    """A status: an icon and words in one colour, so that it is told by more than colour."""

    def __init__(self, look: Look, *, step: str = "body", bold: bool = False, wraps: bool = False) -> None:
        super().__init__()
        self._look = look
        self._step = step
        self._bold = bold
        self._icon = QLabel()
        self._text = label(look, step=step, bold=bold)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space("xs"))
        row.addWidget(self._icon)
        if wraps:
            self._text.setWordWrap(True)
            row.addWidget(self._text, 1)
        else:
            row.addWidget(self._text)
            row.addStretch(1)
        self._shown: tuple[str, str, str] | None = None

    def show_status(self, text: str, icon: str, role: str) -> None:
        """Show a status; nothing is drawn anew when it is the same."""
        if (text, icon, role) == self._shown:
            return
        if self._shown is None or self._shown[1:] != (icon, role):
            self._icon.setPixmap(self._look.pixmap(icon, role, icon_px(self._look)))
            recolour(self._text, self._look, role, step=self._step, bold=self._bold)
        self._text.setText(text)
        self._shown = (text, icon, role)

    @property
    def text(self) -> str:
        """The words."""
        return self._text.text()
