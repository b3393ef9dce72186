"""Listens to a device that talks (a call pad, a scanner) on a lane of its own, and tells what it hears.

One reading at a time is under way, and the next begins only after the last one's keys were taken: whatever floods the
line waits outside the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from hardware.status import Health

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable

    from hardware.pads.listener import Listener
    from hardware.status import DeviceStatus
    from shared.qt.lanes import Lane

WAIT_S = 0.2
"""How long a reading waits for a first byte: a key is heard at once, silence costs five readings a second."""

REST_MS = 20
AWAY_MS = 250
MOST_UNTOLD = 64


class DeviceListener(QObject):
    """`heard` carries what the device said, `stood` a new status of it; both come on the thread that made this.

    The device's callback must append to `untold`, a deque of at most `MOST_UNTOLD`.
    """

    heard = Signal(object)
    stood = Signal(object)

    def __init__(
        self, device: Listener[Any], untold: deque[Any], lane: Lane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._device = device
        self._untold = untold
        self._lane = lane
        self._status: DeviceStatus | None = None
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._listen)

    @property
    def name(self) -> str:
        """The device's name, for logs."""
        return self._device.name

    def start(self) -> None:
        """Begin to listen; the device is opened on its lane."""
        self._listen()

    def stop(self) -> None:
        """Listen no more. The lane is stopped, and the device closed, by who made them."""
        self._rest.stop()

    def tell(self, step: Callable[[], DeviceStatus]) -> None:
        """Tell the device something, between two readings."""
        self._lane.submit(step, None, self._go_on)

    def _listen(self) -> None:
        self._lane.submit(self._hear, self._take, self._go_on)

    def _hear(self) -> tuple[DeviceStatus, tuple[Any, ...]]:
        status = self._device.poll(WAIT_S)
        heard = tuple(self._untold)
        self._untold.clear()
        return status, heard

    def _take(self, result: tuple[DeviceStatus, tuple[Any, ...]]) -> None:
        status, heard = result
        if status != self._status:
            self._status = status
            self.stood.emit(status)
        for one in heard:
            self.heard.emit(one)
        self._rest.start(AWAY_MS if status.health is Health.DOWN else REST_MS)

    def _go_on(self, _error: Exception) -> None:
        """A bug is told by the lane; the device is listened to all the same."""
        self._rest.start(AWAY_MS)
