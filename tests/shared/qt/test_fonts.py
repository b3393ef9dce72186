from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics, QRawFont

from shared.qt.fonts import load_fonts, make_font
from shared.qt.sizes import CAPITAL_HEIGHT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_the_font_has_chinese_and_not_boxes(qtbot: QtBot) -> None:
    raw = QRawFont.fromFont(make_font(load_fonts(), 20))
    assert all(raw.supportsCharacter(ord(character)) for character in "叫号窗口资费公示·，。：「」–")


def test_loading_twice_gives_the_same_family(qtbot: QtBot) -> None:
    assert load_fonts() == load_fonts()


def test_digits_are_of_one_width(qtbot: QtBot) -> None:
    metrics = QFontMetrics(make_font(load_fonts(), 40, bold=True))
    assert len({metrics.horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1


def test_capitals_are_as_high_as_the_sizes_assume(qtbot: QtBot) -> None:
    raw = QRawFont.fromFont(make_font(load_fonts(), 1000))
    assert abs(raw.capHeight() / 1000 - CAPITAL_HEIGHT) < 0.02
