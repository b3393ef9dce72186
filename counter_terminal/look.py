"""How the terminal's widgets look: one theme and one language, from which pages are built anew when either changes."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QIcon, QImage, QPixmap

from counter_terminal.pace import Pace
from counter_terminal.state import SignHealth, Tone
from shared.qt.fonts import make_font
from shared.qt.icon_maker import draw_icon
from shared.qt.theme import Mode, Theme, make_theme
from shared.qt.widget_style import style_sheet

if TYPE_CHECKING:
    from shared.words import Words

SMALLEST_BODY_PX = 15.0
"""A desktop's own font may be smaller; strokes of Chinese characters run together below this."""

LARGEST_BODY_PX = 20.0
BAR_BODY_PX = 16.0
"""Larger text would no longer fit: the desk on a common screen, two lines in the 48 pixels of the bar."""

PACE_ROLES = {Pace.IN_TIME: "ok", Pace.CLOSE: "warn", Pace.OVER: "danger"}
PACE_ICONS = {Pace.IN_TIME: "check-circle", Pace.CLOSE: "clock", Pace.OVER: "warning"}
TONE_ROLES = {Tone.DONE: "ok", Tone.NOTE: "text_quiet", Tone.REFUSED: "warn", Tone.TROUBLE: "danger"}
TONE_ICONS = {Tone.DONE: "check-circle", Tone.NOTE: "info", Tone.REFUSED: "info", Tone.TROUBLE: "warning"}
SIGN_ROLES = {SignHealth.OK: "ok", SignHealth.UNKNOWN: "text_quiet", SignHealth.DOWN: "danger"}
PRIORITY_ICONS = {"senior": "senior", "disabled": "accessible", "vip": "star", "appointment": "calendar"}


@dataclass(frozen=True, slots=True)
class Look:
    """A theme and the words of one language."""

    theme: Theme
    words: Words

    def colour(self, role: str) -> QColor:
        """The colour of a role."""
        return QColor(self.theme.colour(role))

    def font(self, step: str, *, bold: bool = False, times: float = 1.0) -> QFont:
        """The font of a step of the type scale; `times` is for the one number that is the hero."""
        return make_font(self.theme.family, self.theme.sizes[step] * times, bold=bold)

    def space(self, step: str) -> int:
        """A space in pixels."""
        return self.theme.space(step)

    def pixmap(self, icon: str, role: str, pixels: int) -> QPixmap:
        """An icon in the colour of a role, sharp on dense screens."""
        ratio = QGuiApplication.primaryScreen().devicePixelRatio()
        pixmap = QPixmap.fromImage(_drawn(icon, self.theme.colour(role), round(pixels * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def icon(self, name: str, pixels: int) -> QIcon:
        """An icon for a button, greyed when the button is disabled."""
        icon = QIcon(self.pixmap(name, "text", pixels))
        icon.addPixmap(self.pixmap(name, "outline", pixels), QIcon.Mode.Disabled)
        return icon

    def style_sheet(self) -> str:
        """The style of the whole window: the shared controls, and the cards of this program."""
        theme = self.theme
        corner = round(theme.radius_control * 1.5)
        return f"""{style_sheet(theme)}
QFrame[card="true"] {{ background: {theme.colour("surface")}; border: 1px solid {theme.colour("line")};
  border-radius: {corner}px; }}
QFrame[strip="true"] {{ background: {theme.colour("surface")}; border: 0;
  border-bottom: 1px solid {theme.colour("line")}; }}
QLabel {{ background: transparent; border: 0; }}
QLabel[quiet="true"] {{ color: {theme.colour("text_quiet")}; }}
QTableView, QListView {{ border: 2px solid transparent; outline: 0; border-radius: {corner}px; }}
QTableView:focus, QListView:focus {{ border-color: {theme.colour("focus")}; }}
QHeaderView {{ background: transparent; border: 0; }}
QHeaderView::section {{ background: {theme.colour("surface")}; }}
QTableView::item, QListView::item {{ padding: 0 {theme.space("s")}px; border: 0; }}
QTableView::item:selected, QListView::item:selected {{ background: {theme.colour("action_pale")};
  color: {theme.colour("text")}; }}
QScrollBar:vertical {{ background: transparent; width: {theme.space("s") + 4}px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {theme.colour("outline")}; border-radius: {theme.space("xs")}px;
  min-height: {theme.space("xl")}px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none;
  height: 0; }}
QPushButton[flat="true"] {{ border-color: transparent; background: transparent; }}
QPushButton[flat="true"]:hover {{ background: {theme.colour("raised")}; }}
QPushButton[flat="true"]:focus {{ border: 2px solid {theme.colour("focus")}; }}
""".strip()


@functools.lru_cache(maxsize=256)
def _drawn(icon: str, colour: str, pixels: int) -> QImage:
    """Buttons are painted anew with every second that is left for an undo; their icons need not be."""
    return draw_icon(icon, colour, pixels)


def desktop_mode() -> Mode:
    """Light or dark, as the desktop is."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return Mode.DARK if dark else Mode.LIGHT


def make_look(family: str, words: Words, mode: Mode, most_px: float = LARGEST_BODY_PX) -> Look:
    """A look from the desktop's own font size, as far as there is room for it."""
    body_px = min(max(SMALLEST_BODY_PX, float(QFontInfo(QGuiApplication.font()).pixelSize())), most_px)
    return Look(make_theme(mode, body_px, family=family), words)
