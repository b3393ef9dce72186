from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QPushButton

from shared.qt.theme import Mode, Theme, make_theme
from shared.qt.widget_style import palette, style_sheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture(params=[Mode.LIGHT, Mode.DARK])
def theme(request: pytest.FixtureRequest) -> Theme:
    return make_theme(request.param, 14, family="Noto Sans SC")


def test_the_palette_takes_its_colours_from_the_theme(qtbot: QtBot, theme: Theme) -> None:
    made = palette(theme)
    assert made.color(QPalette.ColorRole.Window) == QColor(theme.colour("ground"))
    assert made.color(QPalette.ColorRole.ButtonText) == QColor(theme.colour("text"))


def test_what_is_forbidden_is_written_in_a_quieter_ink(qtbot: QtBot, theme: Theme) -> None:
    made = palette(theme)
    forbidden = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    assert forbidden == QColor(theme.colour("outline"))
    assert forbidden != made.color(QPalette.ColorRole.ButtonText)


def test_the_main_action_is_drawn_in_the_colour_of_actions(qtbot: QtBot, theme: Theme) -> None:
    button = QPushButton()
    button.setProperty("role", "primary")
    button.setStyleSheet(style_sheet(theme))
    button.resize(80, 40)
    qtbot.addWidget(button)
    middle = button.grab().toImage().pixelColor(40, 20)
    assert middle == QColor(theme.colour("action"))
