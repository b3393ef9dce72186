from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage, QWindow
from PySide6.QtWidgets import QWidget

from shared.qt.screenshot import grab

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def widget(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(120, 80)
    qtbot.addWidget(made)
    return made


def test_a_widget_is_grabbed_into_a_new_folder(widget: QWidget, tmp_path: Path) -> None:
    picture = tmp_path / "new" / "widget.png"
    grab(widget, picture)
    assert (QImage(str(picture)).width(), QImage(str(picture)).height()) == (120, 80)


def test_a_picture_that_cannot_be_written_is_said(widget: QWidget, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="cannot write the picture"):
        grab(widget, tmp_path / "picture.unknown-kind")


def test_a_bare_window_has_nothing_to_grab(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="QWindow"):
        grab(QWindow(), tmp_path / "window.png")
