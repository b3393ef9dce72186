"""Log once when a device goes, once when it is back, and nothing in between."""

from __future__ import annotations

import logging

from hardware.status import DeviceStatus, Health


class HealthLog:
    """Follows one device's statuses and writes a log line only when it goes down or comes back."""

    def __init__(self, device: str, logger: logging.Logger) -> None:
        self._device = device
        self._logger = logger
        self._is_down = False

    def note(self, status: DeviceStatus) -> None:
        """Take notice of a status. `UNKNOWN` is no news: it neither ends nor starts an outage."""
        if status.health is Health.UNKNOWN:
            return
        is_down = status.health is Health.DOWN
        if is_down and not self._is_down:
            self._logger.warning("%s is down: %s %s", self._device, status.cause, status.detail)
        elif self._is_down and not is_down:
            self._logger.info("%s is back", self._device)
        self._is_down = is_down
