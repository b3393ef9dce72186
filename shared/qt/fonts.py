"""The one font of all screens: Noto Sans SC, the system's own, else the one that comes as a package."""

from __future__ import annotations

import logging

import pylopdf_fonts_zh_cn
from PySide6.QtGui import QFont, QFontDatabase

from shared.qt.theme import tokens

log = logging.getLogger(__name__)


def load_fonts() -> str:
    """Return the family to draw with. Call it once an application exists.

    A system's Noto Sans is preferred because it has a drawn bold; the packaged one has the regular weight,
    and Qt makes the bold from it.
    """
    installed = set(QFontDatabase.families())
    for family in tokens()["type"]["families"]:
        if family in installed:
            return str(family)
    font_id = QFontDatabase.addApplicationFont(str(pylopdf_fonts_zh_cn.sans_path()))
    families = QFontDatabase.applicationFontFamilies(font_id)
    if not families:
        log.warning(
            "the packaged Chinese font cannot be read: install fonts-noto-cjk, or Chinese shows as boxes"
        )
        return str(QFont().defaultFamily())
    return families[0]


def make_font(family: str, pixels: float, *, bold: bool = False) -> QFont:
    """Return a font with digits of one width, so that a counting number does not jump."""
    font = QFont(family)
    font.setPixelSize(max(1, round(pixels)))
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font
