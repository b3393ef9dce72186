"""Our drawn icons, tinted by a token: as a QIcon for Widgets, and as an image provider for the QML `Icon`."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).with_name("icons")
PROVIDER = "icon"
_DEFAULT_PX = 48


def icon_names() -> tuple[str, ...]:
    """Return the names of all icons that are drawn."""
    return tuple(sorted(path.stem for path in ICONS.glob("*.svg")))


@functools.cache
def _source(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text(encoding="utf-8")


def draw_icon(name: str, colour: str, pixels: int) -> QImage:
    """Return an icon in one colour on a clear square; FileNotFoundError when there is none of this name."""
    tinted = _source(name).replace("currentColor", colour)
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(tinted.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return image


def make_icon(name: str, colour: str, *, disabled: str | None = None, pixels: int = _DEFAULT_PX) -> QIcon:
    """Return an icon for a widget, with the colour it takes when the widget is disabled."""
    icon = QIcon(QPixmap.fromImage(draw_icon(name, colour, pixels)))
    if disabled is not None:
        icon.addPixmap(QPixmap.fromImage(draw_icon(name, disabled, pixels)), QIcon.Mode.Disabled)
    return icon


class IconProvider(QQuickImageProvider):
    """Serves `image://icon/<name>/<RRGGBB or AARRGGBB>` to the QML `Icon`."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, image_id: str, size: QSize, requested: QSize) -> QImage:  # noqa: N802 - Qt's own name
        """Draw the icon at the size that the QML item asks for."""
        name, _, colour = image_id.partition("/")
        pixels = max(requested.width(), requested.height(), 1)
        image = draw_icon(name, QColor(f"#{colour}").name(), pixels)
        size.setWidth(pixels)
        size.setHeight(pixels)
        return image
