"""Brings the kiosk's code scanner to its screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kiosk.typed_scans import TypedScans
from shared.domain.device_health import DeviceKind
from shared.qt.scanner_port import ScannerAddress, ScannerPort

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

    from kiosk.view_model import KioskViewModel
    from shared.qt.device_reporter import DeviceReporter


def attach_scanner(
    scanner: ScannerAddress, view: KioskViewModel, window: QWindow, reporter: DeviceReporter
) -> tuple[ScannerPort, ...]:
    """Let a scanner's codes reach the view model; gives its port to stop, or nothing for one that types or none."""
    if scanner.types:
        TypedScans(window, view).code.connect(view.scan)
    if scanner.scanner is None:
        return ()
    port = ScannerPort(scanner.scanner, scanner.untold, view)
    port.code.connect(view.scan)
    port.stood.connect(partial(reporter.note, "scanner", DeviceKind.SCANNER, scanner.url))
    port.start()
    return (port,)
