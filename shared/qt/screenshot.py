"""Pictures of our windows, as they are drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtQuick import QQuickWindow
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QWindow

SETTLE_MS = 1500
"""The first news has come and every entrance animation is over."""


def grab(window: QWindow | QWidget, path: Path) -> None:
    """Write what a window shows now to a PNG file, making its folder. OSError when it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(window, QWidget):
        image = window.grab().toImage()
    elif isinstance(window, QQuickWindow):
        image = window.grabWindow()
    else:
        raise TypeError(f"{type(window).__name__} cannot be grabbed")
    if not image.save(str(path)):
        raise OSError(f"cannot write the picture {path}")


def grab_command(window: QWindow | QWidget) -> dict[str, Callable[..., object]]:
    """Return the remote control's command `grab FILE`, which writes a picture of this window."""
    return {"grab": lambda file: grab(window, Path(file))}


def grab_and_quit(window: QWindow | QWidget, path: Path, after_ms: int = SETTLE_MS) -> None:
    """Write one picture once the window has settled, then end the program."""

    def take() -> None:
        grab(window, path)
        QCoreApplication.quit()

    QTimer.singleShot(after_ms, window, take)
