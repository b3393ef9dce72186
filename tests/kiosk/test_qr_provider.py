"""The code on the screen can be read by a phone."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter

from kiosk.qr_provider import QrProvider, draw_qr

TEXT = "jiaohao:renmin-road/20261123-B023"


def read(image: QImage) -> str:
    page = QImage(image.width() + 80, image.height() + 80, QImage.Format.Format_Grayscale8)
    page.fill(QColor("white"))
    painter = QPainter(page)
    painter.drawImage(40, 40, image)
    painter.end()
    picture = Image.frombytes(
        "L", (page.width(), page.height()), bytes(page.constBits()), "raw", "L", page.bytesPerLine()
    )
    found = zxingcpp.read_barcodes(picture)
    return found[0].text if found else ""


@pytest.mark.parametrize("pixels", [120, 333])
def test_it_says_the_ticket_in_whole_modules(pixels: int) -> None:
    image = draw_qr(TEXT, "10202F", pixels)
    assert image.width() <= pixels
    assert read(image) == TEXT


def test_qml_asks_for_it_by_an_escaped_address() -> None:
    size = QSize()
    image = QrProvider().requestImage(
        "000000/" + TEXT.replace(":", "%3A").replace("/", "%2F"), size, QSize(200, 200)
    )
    assert read(image) == TEXT
    assert size == image.size()
