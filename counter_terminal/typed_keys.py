"""What number pads and scanners type into the window, told apart from what a person types."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from hardware.pads.decoder import TypedDecoder
from hardware.pads.scanner import ScanLines

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.pads.key_map import PadMap

SHORTEST_SCAN = 6
"""Fewer characters in one breath are a key of a pad that types its digits and Enter at once."""

FORGET_AFTER_S = 5.0
_TEXT_FIELDS = (QLineEdit, QAbstractSpinBox, QTextEdit, QPlainTextEdit)
_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_NEW_HANDLE = frozenset({QEvent.Type.WinIdChange, QEvent.Type.Show})
_SHORTCUTS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class TypedKeys(QObject):
    """Takes characters on their way into a window, unless they are meant for a text field.

    `code` carries what a scanner typed, `pressed` the events of a pad. Pace is judged by when a key was pressed, not
    by when it arrives: a busy program would tear a code apart.
    """

    code = Signal(str)
    pressed = Signal(object)

    def __init__(
        self, window: QWidget, pad_map: PadMap | None, *, scans: bool, wanted: Callable[[], bool]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._wanted = wanted
        self._decoder = None if pad_map is None else TypedDecoder(pad_map)
        self._alphabet = frozenset() if pad_map is None else _alphabet(pad_map)
        self._scan = ScanLines(shortest=SHORTEST_SCAN) if scans else None
        self._begun = False
        self._last_s = 0.0
        self._handle: QWindow | None = None
        window.installEventFilter(self)
        self._watch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take a character that belongs to a device; everything else goes on its way."""
        kind = event.type()
        if kind in _KEYS and isinstance(event, QKeyEvent) and watched is self._handle:
            if not self._is_meant(event):
                return False
            if kind is QEvent.Type.ShortcutOverride:
                # Else a letter of a code would be a shortcut of the lists before it is a key press.
                event.accept()
                return True
            return self._takes(event)
        if kind in _NEW_HANDLE and watched is self._window:
            self._watch()
        return False

    def _watch(self) -> None:
        """The system's window is another one after the desk has turned into the bar."""
        handle = cast("QWindow | None", self._window.windowHandle())
        if handle is not None and handle is not self._handle:
            handle.installEventFilter(self)
            self._handle = handle

    def _is_meant(self, event: QKeyEvent) -> bool:
        """Whether a key may belong to a device: no shortcut, no text field that waits for it, in the alphabet."""
        if event.modifiers() & _SHORTCUTS or not self._wanted():
            return False
        if isinstance(QApplication.focusWidget(), _TEXT_FIELDS):
            return False
        text = event.text()
        if event.key() in _ENTER or text == " ":
            return self._begun
        return text.isprintable() and bool(text) and (self._scan is not None or text in self._alphabet)

    def _takes(self, event: QKeyEvent) -> bool:
        at_s = event.timestamp() / 1000 or time.monotonic()
        had_begun = self._begun
        if at_s - self._last_s > FORGET_AFTER_S:
            self._forget()
        self._last_s = at_s
        if event.key() in _ENTER:
            # A late Enter ends what is forgotten by now: it is no Enter for a list, where it would call somebody.
            return self._ends(at_s) or had_begun
        if event.isAutoRepeat():
            return True
        self._begun = True
        if self._scan is not None:
            self._scan.feed(event.text(), at_s)
        if self._decoder is not None:
            self._decoder.feed(event.text().encode("ascii", errors="replace"))
        return True

    def _ends(self, at_s: float) -> bool:
        if not self._begun:
            return False
        self._begun = False
        codes = () if self._scan is None else self._scan.feed("\r", at_s)
        if codes:
            self._forget()
            for code in codes:
                self.code.emit(code)
        elif self._decoder is not None:
            for heard in self._decoder.feed(b"\r"):
                self.pressed.emit(heard)
        return True

    def _forget(self) -> None:
        self._begun = False
        if self._decoder is not None:
            self._decoder.pause()


def _alphabet(pad_map: PadMap) -> frozenset[str]:
    keys = b"".join((*pad_map.keys, *pad_map.ratings))
    return frozenset("0123456789" + keys.decode("ascii"))
