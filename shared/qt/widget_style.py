"""A theme as Qt Widgets wear it: a palette and a style sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from shared.qt.theme import Theme

_ROLES = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text_quiet",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "action",
    QPalette.ColorRole.HighlightedText: "on_action",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Link: "action",
    QPalette.ColorRole.Mid: "line",
}


def palette(theme: Theme) -> QPalette:
    """Return the theme's colours as a Qt palette; forbidden actions take the quiet ink."""
    made = QPalette()
    for qt_role, role in _ROLES.items():
        made.setColor(qt_role, QColor(theme.colour(role)))
    for qt_role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, qt_role, QColor(theme.colour("outline")))
    return made


def style_sheet(theme: Theme) -> str:
    """Return the style of the plain controls; `role="primary"` marks a page's one main action."""
    colour, size, space = theme.colour, theme.size, theme.space
    control = round(theme.radius_control)
    return f"""
QWidget {{ font-family: "{theme.family}"; font-size: {size("body")}px; color: {colour("text")}; }}
QMainWindow, QDialog {{ background: {colour("ground")}; }}
QPushButton {{ background: {colour("surface")}; border: 1px solid {colour("outline")};
  border-radius: {control}px; padding: {space("xs")}px {space("m")}px;
  min-height: {round(theme.sizes["body"] * 1.5)}px; }}
QPushButton:hover {{ background: {colour("raised")}; }}
QPushButton:pressed {{ background: {colour("action_pale")}; }}
QPushButton:focus {{ border: 2px solid {colour("focus")}; }}
QPushButton:disabled {{ color: {colour("outline")}; border-color: {colour("line")};
  background: {colour("ground")}; }}
QPushButton[role="primary"] {{ background: {colour("action")}; border-color: {colour("action")};
  color: {colour("on_action")}; font-weight: {theme.weight_bold}; }}
QPushButton[role="primary"]:pressed {{ background: {colour("action_pressed")}; }}
QPushButton[role="primary"]:disabled {{ background: {colour("raised")}; border-color: {colour("line")};
  color: {colour("outline")}; }}
QPushButton[role="danger"] {{ color: {colour("danger")}; border-color: {colour("danger")}; }}
QLineEdit, QComboBox, QSpinBox {{ background: {colour("surface")}; border: 1px solid {colour("outline")};
  border-radius: {control}px; padding: {space("xs")}px {space("s")}px; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{ border: 2px solid {colour("focus")}; }}
QTableView, QListView {{ background: {colour("surface")}; border: 1px solid {colour("line")};
  gridline-color: {colour("line")}; selection-background-color: {colour("action_pale")};
  selection-color: {colour("text")}; }}
QHeaderView::section {{ background: {colour("ground")}; color: {colour("text_quiet")}; border: 0;
  border-bottom: 1px solid {colour("line")}; padding: {space("xs")}px {space("s")}px; }}
QProgressBar {{ background: {colour("raised")}; border: 0; border-radius: {control}px; text-align: center; }}
QProgressBar::chunk {{ background: {colour("action")}; border-radius: {control}px; }}
QToolTip {{ background: {colour("raised")}; color: {colour("text")}; border: 1px solid {colour("line")}; }}
""".strip()
