"""A code scanner of a program, from its address in the settings to the codes that it reads."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hardware.pads.opening import is_typing_scanner, open_scanner
from shared.qt.device_listener import MOST_UNTOLD, DeviceListener
from shared.qt.lanes import Lane

if TYPE_CHECKING:
    from hardware.pads.scanner import CodeScanner


class ScannerAddress:
    """A scanner as the settings name it; nothing is opened yet. Raises DeviceAddressError when the URL is wrong."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.types = bool(url) and is_typing_scanner(url)
        self.untold: deque[str] = deque(maxlen=MOST_UNTOLD)
        self.scanner: CodeScanner | None = None
        if url and not self.types:
            self.scanner = open_scanner(url, self.untold.append)


class ScannerPort(QObject):
    """A scanner with a line, on a lane of its own. `code` carries what it read, `stood` a new status."""

    code = Signal(str)
    stood = Signal(object)

    def __init__(self, scanner: CodeScanner, untold: deque[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scanner = scanner
        self._lane = Lane("scanner")
        self._listener = DeviceListener(scanner, untold, self._lane, self)
        self._listener.heard.connect(self.code.emit)
        self._listener.stood.connect(self.stood.emit)

    def start(self) -> None:
        """Begin to listen."""
        self._listener.start()

    def stop(self, timeout_s: float) -> None:
        """Listen no more and let go of the scanner."""
        self._listener.stop()
        if self._lane.stop(timeout_s):
            self._scanner.close()
