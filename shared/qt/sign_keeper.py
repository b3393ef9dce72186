"""Keeps one sign showing the latest face, on the lane of its line, and tells how the sign is."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, QTimer, Signal

from hardware.signs.face import SignFace, show_face
from hardware.signs.sign import WindowSign
from hardware.status import Cause, DeviceStatus, down
from shared.qt.device_reporter import StoreLane as Worker

REFRESH_MS = 1000
LONGEST_QUEUE = 50
"""More faces behind than this, the oldest are dropped."""


class SignKeeper(QObject):
    """Sends the latest face only: while a dead sign times out, the faces in between are of no use to anybody.

    With `every` it sends them all, as a summary sign shows each call. `heard` carries the sign's `DeviceStatus` after
    each face, and every second.
    """

    heard = Signal(object)

    def __init__(
        self, sign: WindowSign, worker: Worker, parent: QObject | None = None, *, every: bool = False
    ) -> None:
        super().__init__(parent)
        self._sign = sign
        self._worker = worker
        self._wanted: deque[SignFace] = deque(maxlen=LONGEST_QUEUE if every else 1)
        self._sent: SignFace | None = None
        self._busy = False
        self._refresh = QTimer(self, interval=REFRESH_MS)
        self._refresh.timeout.connect(self._keep_alive)
        self._refresh.start()

    def want(self, face: SignFace) -> None:
        """Show a face, unless it is shown."""
        self._wanted.append(face)
        self._follow()

    def stop(self) -> None:
        """Leave the sign as it is."""
        self._refresh.stop()

    def _follow(self) -> None:
        if self._busy or not self._wanted:
            return
        face = self._wanted.popleft()
        if face != self._sent:
            self._sent = face
            self._busy = True
            self._worker.submit(lambda: show_face(self._sign, face), self._shown, self._broke)

    def _keep_alive(self) -> None:
        if not self._busy and self._sent is not None:
            self._busy = True
            self._worker.submit(self._sign.refresh, self._shown, self._broke)

    def _shown(self, status: DeviceStatus) -> None:
        self._busy = False
        self.heard.emit(status)
        self._follow()

    def _broke(self, error: Exception) -> None:
        """A bug, which the lane raises."""
        self._busy = False
        self.heard.emit(down(Cause.WRITE_FAILED, str(error)))
