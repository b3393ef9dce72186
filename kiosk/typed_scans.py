"""Codes that a scanner types into the kiosk's window; nobody else types there."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from hardware.pads.scanner import ScanLines

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class TypedScans(QObject):
    """`code` carries each code. Pace is judged by when a key was pressed, not by when a busy program hears of it."""

    code = Signal(str)

    def __init__(self, window: QWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines = ScanLines()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take every character; keys that type none go on their way."""
        del watched
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        text = "\r" if event.key() in _ENTER else event.text()
        if not text or not (text == "\r" or text.isprintable()):
            return False
        at_s = event.timestamp() / 1000 or time.monotonic()
        if not event.isAutoRepeat():
            for code in self._lines.feed(text, at_s):
                self.code.emit(code)
        return True
