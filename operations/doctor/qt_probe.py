"""Loads Qt and looks at the screens, in a process of its own: where a library is missing, Qt ends the process.

Run as a file; prints one JSON document. With `--screens` it connects to the screen too.
"""

from __future__ import annotations

import json
import sys

from PySide6 import QtQml, QtQuick, QtWidgets  # noqa: F401 - whether they load is the question
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication


def look(*, at_screens: bool) -> dict[str, object]:
    """Qt's version, and of each screen its size in pixels and the millimetres that it reports."""
    screens: list[dict[str, object]] = []
    if at_screens:
        app = QGuiApplication([])
        for screen in app.screens():
            pixels, millimetres = screen.size(), screen.physicalSize()
            screens.append(
                {
                    "name": screen.name(),
                    "pixels": [pixels.width(), pixels.height()],
                    "millimetres": [millimetres.width(), millimetres.height()],
                }
            )
    return {"version": qVersion(), "screens": screens}


if __name__ == "__main__":
    print(json.dumps(look(at_screens="--screens" in sys.argv[1:])))
