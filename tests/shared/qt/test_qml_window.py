from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor

from shared.qt.qml_window import QmlLoadError, open_qml

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

WINDOW = """
import QtQuick
import Hall.Shared

Window {{
    required property var view
    width: 64
    height: 64
    Icon {{ name: "check-circle"; color: view.tint; size: 64 }}
    {extra}
}}
"""

TINT = QColor(23, 115, 74)


def write(tmp_path: Path, extra: str = "") -> Path:
    file = tmp_path / "Window.qml"
    file.write_text(WINDOW.format(extra=extra), encoding="utf-8")
    return file


def test_a_window_gets_its_properties_and_our_icons(qtbot: QtBot, tmp_path: Path) -> None:
    opened = open_qml(write(tmp_path), {"view": {"tint": TINT.name()}})
    opened.window.show()
    image = opened.window.grabWindow()
    found = {image.pixelColor(x, 32).rgb() for x in range(64)}
    opened.close()
    assert TINT.rgb() in found


@pytest.mark.expects_log("qml: .*nowhere")
def test_a_qml_warning_is_a_logged_warning(qtbot: QtBot, tmp_path: Path) -> None:
    opened = open_qml(
        write(tmp_path, extra="property var broken: nowhere.at_all"), {"view": {"tint": TINT.name()}}
    )
    shown = opened.window.title()
    opened.close()
    assert shown == ""


@pytest.mark.qt_log_ignore("failed to load component")
@pytest.mark.expects_log("qml: .*Nonsense is not a type")
def test_a_file_that_cannot_be_loaded_is_an_error(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(QmlLoadError, match=r"Window\.qml cannot be shown"):
        open_qml(write(tmp_path, extra="Nonsense {}"), {"view": {"tint": TINT.name()}})
