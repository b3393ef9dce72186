"""Tells systemd that the thread that draws is alive, so that a program that hangs is started anew.

The protocol is sd_notify(3): a datagram to the socket in `NOTIFY_SOCKET`; the service manager kills the program when
`WatchdogSec=` passes without one. Without that variable nothing is sent and nothing ticks.
"""

from __future__ import annotations

import logging
import os
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QCoreApplication

log = logging.getLogger(__name__)

SIGNS_PER_LIMIT = 3
"""Signs sent within the time that the service manager allows: sd_watchdog_enabled(3) advises two or more."""


class LifeSign(QObject):
    """Says `READY=1` when the event loop turns for the first time, `WATCHDOG=1` while it does, `STOPPING=1` at its end.

    The signs come from a timer of the GUI thread itself: whatever blocks that thread silences them.
    """

    def __init__(self, app: QCoreApplication, environment: Mapping[str, str] = os.environ) -> None:
        super().__init__(app)
        self._address = environment.get("NOTIFY_SOCKET", "")
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._socket: socket.socket | None = None
        if not self._address or not hasattr(socket, "AF_UNIX"):
            return
        self._socket = socket.socket(
            socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK
        )
        app.aboutToQuit.connect(self._end)
        QTimer.singleShot(0, self, self._begin)
        limit_ms = _limit_ms(environment)
        if limit_ms:
            self._timer.start(max(1, limit_ms // SIGNS_PER_LIMIT))

    def _begin(self) -> None:
        self._tell("READY=1")

    def _beat(self) -> None:
        self._tell("WATCHDOG=1")

    def _end(self) -> None:
        self._timer.stop()
        self._tell("STOPPING=1")
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _tell(self, message: str) -> None:
        if self._socket is None:
            return
        # An address that begins with @ is an abstract one, written with a zero byte instead.
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        try:
            self._socket.sendto(message.encode(), address)
        except OSError as error:
            log.info("the service manager did not take %s: %s", message, error)


def _limit_ms(environment: Mapping[str, str]) -> int:
    """The watchdog's limit in milliseconds; 0 when there is none, or it is meant for another process."""
    try:
        meant_for = int(environment.get("WATCHDOG_PID", str(os.getpid())))
        limit_us = int(environment.get("WATCHDOG_USEC", "0"))
    except ValueError:
        return 0
    return limit_us // 1000 if meant_for == os.getpid() else 0
