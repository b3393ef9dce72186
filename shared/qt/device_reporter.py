"""Tells the hall how this program's devices are: changes soon, everything at a slow beat, always on the store's lane.

A device that changes its mind many times a second is told of once in a while only, with what it said last.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer

from hardware.status import DeviceStatus
from shared.domain.clock import Clock, ScaledClock
from shared.domain.device_health import DeviceKind, DeviceReport, DeviceState
from shared.domain.errors import Refused, StoreUnavailable
from shared.hall import Hall

log = logging.getLogger(__name__)

T = TypeVar("T")

BEAT_MS = 60_000
PAUSE_MS = 2_000
"""The least time between two writes, however often devices change."""


def beat_for(clock: Clock) -> int:
    """The beat in milliseconds: a demo's minutes are shorter."""
    return max(1000, round(BEAT_MS / (clock.factor if isinstance(clock, ScaledClock) else 1.0)))


class StoreLane(Protocol):
    """Where the store is used."""

    def submit(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do a piece of work there; one of the callbacks follows."""
        ...


@dataclass(frozen=True, slots=True)
class _Device:
    kind: DeviceKind
    address: str
    status: DeviceStatus


class DeviceReporter(QObject):
    """The devices of one program by their names. Used on the thread that draws.

    `machine` is the program's name in the hall, None while that is not known: then nothing is told yet.
    """

    def __init__(
        self,
        hall: Callable[[], Hall],
        lane: StoreLane,
        machine: Callable[[], str | None],
        *,
        beat_ms: int = BEAT_MS,
        pause_ms: int = PAUSE_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hall = hall
        self._lane = lane
        self._machine = machine
        self._devices: dict[str, _Device] = {}
        self._told: dict[str, DeviceReport] = {}
        self._busy = False
        self._stopped = False
        self._pause_ms = pause_ms
        self._beat = QTimer(self, interval=beat_ms)
        self._beat.timeout.connect(self._tell)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._tell_changes)

    def note(self, device: str, kind: DeviceKind, address: str, status: DeviceStatus) -> None:
        """Take notice of how a device is; the first time makes it known to the hall."""
        if not self._beat.isActive():
            self._beat.start()
        self._devices[device] = _Device(kind, address, status)
        if not self._soon.isActive():
            self._soon.start(self._pause_ms if device in self._told else 0)

    def stop(self) -> None:
        """Tell nothing more. What the hall knows stays, and is soon shown as not heard of."""
        self._beat.stop()
        self._soon.stop()
        self._stopped = True

    def _tell_changes(self) -> None:
        if any(_is_news(report, self._told.get(report.device)) for report in self._reports()):
            self._tell()

    def _tell(self) -> None:
        reports = self._reports()
        if self._busy or not reports:
            return
        self._busy = True
        self._lane.submit(
            lambda: self._hall().report_devices(reports), lambda _: self._saved(reports), self._not_saved
        )

    def _saved(self, reports: tuple[DeviceReport, ...]) -> None:
        self._busy = False
        self._told = {report.device: report for report in reports}
        if not self._soon.isActive() and not self._stopped:
            self._soon.start(self._pause_ms)

    def _not_saved(self, error: Exception) -> None:
        """The change feed tells an outage of the store and its end; the beat tries again."""
        self._busy = False
        if not isinstance(error, (StoreUnavailable, Refused)):
            log.error("the devices' health cannot be written down: %s", error)

    def _reports(self) -> tuple[DeviceReport, ...]:
        machine = self._machine()
        if machine is None:
            return ()
        return tuple(_report(machine, name, device) for name, device in self._devices.items())


def _is_news(report: DeviceReport, told: DeviceReport | None) -> bool:
    return told is None or told.machine != report.machine or report.is_news_after(told)


def _report(machine: str, name: str, device: _Device) -> DeviceReport:
    status = device.status
    return DeviceReport(
        machine,
        name,
        device.kind,
        device.address,
        DeviceState(status.health.value),
        None if status.cause is None else status.cause.value,
        status.detail,
        status.tickets_left,
    )
