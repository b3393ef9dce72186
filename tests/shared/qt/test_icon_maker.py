from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

from shared.qt.icon_maker import ICONS, IconProvider, draw_icon, icon_names, make_icon

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TINT = QColor(10, 90, 156)


def inked(image: QImage) -> list[QColor]:
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return [colour for colour in (image.pixelColor(x, y) for x, y in points) if colour.alpha() == 255]


@pytest.mark.parametrize("name", icon_names())
def test_an_icon_takes_the_colour_it_is_given(qtbot: QtBot, name: str) -> None:
    found = inked(draw_icon(name, TINT.name(), 32))
    assert found
    assert all(colour.rgb() == TINT.rgb() for colour in found)


@pytest.mark.parametrize("name", icon_names())
def test_an_icon_stays_in_its_box(qtbot: QtBot, name: str) -> None:
    image = draw_icon(name, TINT.name(), 96)
    edge = [image.pixelColor(at, line).alpha() for at in range(96) for line in (0, 95)]
    edge += [image.pixelColor(line, at).alpha() for at in range(96) for line in (0, 95)]
    assert max(edge) == 0


def test_an_unknown_icon_is_a_bug(qtbot: QtBot) -> None:
    with pytest.raises(FileNotFoundError):
        draw_icon("no-such-icon", TINT.name(), 16)


def test_a_widget_gets_a_paler_icon_when_disabled(qtbot: QtBot) -> None:
    icon = make_icon("check", TINT.name(), disabled=QColor(200, 200, 200).name())
    images = {
        mode: icon.pixmap(QSize(48, 48), mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)
    }
    assert images[QIcon.Mode.Normal] != images[QIcon.Mode.Disabled]


def test_qml_gets_the_size_and_colour_it_asks_for(qtbot: QtBot) -> None:
    image = IconProvider().requestImage("arrow/0a5a9c", QSize(), QSize(40, 40))
    assert image.size() == QSize(40, 40)
    assert {colour.rgb() for colour in inked(image)} == {TINT.rgb()}


def test_drawings_have_one_colour_and_one_box() -> None:
    for path in ICONS.glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in text, path.name
        assert "currentColor" in text, path.name
