"""QR codes for QML: `image://qr/<RRGGBB>/<text>`."""

from __future__ import annotations

from urllib.parse import unquote

import qrcode
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickImageProvider
from qrcode.constants import ERROR_CORRECT_M

PROVIDER = "qr"


def draw_qr(text: str, colour: str, pixels: int) -> QImage:
    """Return a QR code on a clear ground, modules of whole pixels, at most `pixels` wide unless that is too few."""
    code = qrcode.QRCode(border=0, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    modules = code.get_matrix()
    small = QImage(len(modules), len(modules), QImage.Format.Format_ARGB32)
    small.fill(Qt.GlobalColor.transparent)
    ink = QColor(f"#{colour}")
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                small.setPixelColor(x, y, ink)
    side = len(modules) * max(1, pixels // len(modules))
    return small.scaled(side, side)


class QrProvider(QQuickImageProvider):
    """Serves QR codes to QML."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, image_id: str, size: QSize, requested: QSize) -> QImage:  # noqa: N802 - Qt's own name
        """Draw the code at the size that the QML item asks for."""
        colour, _, text = image_id.partition("/")
        image = draw_qr(unquote(text), colour, max(requested.width(), requested.height(), 1))
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
