"""A window with nothing in it, of widgets or of Qt Quick, that answers on its pipe as soon as it is shown."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

KINDS = ("quick", "widgets")


def main() -> int:
    """Show the window of the kind that the command line names."""
    kind = sys.argv[1]
    app: Any = QGuiApplication(sys.argv) if kind == "quick" else QApplication(sys.argv)
    window: Any
    if kind == "quick":
        from PySide6.QtQuick import QQuickView

        window = QQuickView()
        window.setSource(QUrl("data:text/plain,import QtQuick%0AItem {}"))
    else:
        window = QWidget()
    window.show()
    QTimer.singleShot(0, lambda: print("ok {}", flush=True))
    return int(app.exec())


if __name__ == "__main__":
    sys.exit(main())
