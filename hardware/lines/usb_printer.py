"""A USB printer without a driver of the system, by pyusb: for Windows with WinUSB and for Linux without usblp.

pyusb is the extra `usb` of this package and needs libusb 1.0; both are looked for when the printer is opened.
"""

from __future__ import annotations

import contextlib
import errno
import time
from typing import Any

from hardware.lines.line import MOST_READS_TO_DISCARD, OPENING_CAUSES, LineError
from hardware.status import Cause

_PRINTER_CLASS = 7
_PACKET_BYTES = 64
_SHORTEST_S = 0.001
_STEP_BYTES = 4096


class UsbPrinterLine:
    """The printer interface of one USB device, by vendor and product number and, among equals, serial number.

    `write_s` is how long the device may take nothing. `backend` replaces libusb.
    """

    answers = True
    keeps = False

    def __init__(
        self,
        vendor: int,
        product: int,
        serial_number: str | None = None,
        *,
        write_s: float = 5.0,
        backend: object = None,
    ) -> None:
        self.name = f"usb {vendor:04x}:{product:04x}"
        self._which = (vendor, product, serial_number)
        self._write_s = write_s
        self._backend = backend
        self._device: Any = None
        self._out: Any = None
        self._in: Any = None
        self._heard = b""

    def open(self) -> None:
        """Find and claim the printer. Raises LineError: BUSY, NO_PERMISSION or UNREACHABLE."""
        if self._device is not None:
            return
        try:
            import usb.core
        except ImportError as error:
            raise LineError(
                Cause.UNREACHABLE, f"{self.name}: pyusb is missing; install jiaohao[usb]"
            ) from error
        try:
            self._device = self._find(usb.core)
            self._claim()
        except LineError:
            self.close()
            raise
        except usb.core.NoBackendError as error:
            raise LineError(Cause.UNREACHABLE, f"{self.name}: libusb 1.0 is not installed") from error
        except usb.core.USBError as error:
            self.close()
            raise LineError(_cause(error), f"{self.name}: {error}") from error

    def write(self, data: bytes) -> None:
        """Hand over all of `data`. Raises LineError."""
        self._check_open()
        for start in range(0, len(data), _STEP_BYTES):
            piece = data[start : start + _STEP_BYTES]
            try:
                self._out.write(piece, int(self._write_s * 1000))
            except OSError as error:
                raise LineError(_cause(error), f"{self.name}: {error}", start + len(piece)) from error

    def read(self, count: int, timeout_s: float) -> bytes:
        """Up to `count` bytes within `timeout_s`."""
        self._check_open()
        give_up = time.monotonic() + timeout_s
        while len(self._heard) < count and self._in is not None:
            left = give_up - time.monotonic()
            self._heard += self._hear(max(left, _SHORTEST_S))
            if left <= 0:
                break
        taken, self._heard = self._heard[:count], self._heard[count:]
        return taken

    def discard_input(self) -> None:
        """Throw away what the printer said unasked."""
        self._check_open()
        self._heard = b""
        for _ in range(MOST_READS_TO_DISCARD):
            if self._in is None or not self._hear(_SHORTEST_S):
                break

    def close(self) -> None:
        """Give the printer back to the system."""
        device, self._device, self._out, self._in, self._heard = self._device, None, None, None, b""
        if device is not None:
            import usb.util

            with contextlib.suppress(OSError):
                usb.util.dispose_resources(device)

    def _find(self, core: Any) -> Any:  # noqa: ANN401 - pyusb has no types
        vendor, product, serial_number = self._which
        wanted: dict[str, object] = {"idVendor": vendor, "idProduct": product}
        if serial_number:
            wanted["serial_number"] = serial_number
        device = core.find(backend=self._backend, **wanted)
        if device is None:
            raise LineError(Cause.UNREACHABLE, f"{self.name} is not plugged in")
        return device

    def _claim(self) -> None:
        import usb.util

        configuration = self._device.get_active_configuration()
        interface = usb.util.find_descriptor(configuration, bInterfaceClass=_PRINTER_CLASS)
        if interface is None:
            raise LineError(Cause.UNREACHABLE, f"{self.name} is no printer")
        number = interface.bInterfaceNumber
        with contextlib.suppress(NotImplementedError):  # Windows has no kernel driver to send away
            if self._device.is_kernel_driver_active(number):
                self._device.detach_kernel_driver(number)
        usb.util.claim_interface(self._device, number)
        self._out = _endpoint(interface, usb.util.ENDPOINT_OUT)
        self._in = _endpoint(interface, usb.util.ENDPOINT_IN)

    def _hear(self, wait_s: float) -> bytes:
        """One packet, empty when none comes. The wait is in whole milliseconds, of which 0 would mean for ever."""
        try:
            return bytes(self._in.read(_PACKET_BYTES, max(int(wait_s * 1000), 1)))
        except OSError as error:
            if _cause(error) is Cause.TIMEOUT:
                return b""
            raise LineError(_cause(error), f"{self.name}: {error}") from error

    def _check_open(self) -> None:
        if self._out is None:
            raise LineError(Cause.UNREACHABLE, f"{self.name} is not open")


def _endpoint(interface: Any, direction: int) -> Any:  # noqa: ANN401 - pyusb has no types
    import usb.util

    return usb.util.find_descriptor(
        interface,
        custom_match=lambda endpoint: (
            usb.util.endpoint_direction(endpoint.bEndpointAddress) == direction
            and usb.util.endpoint_type(endpoint.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        ),
    )


def _cause(error: OSError) -> Cause:
    if error.errno == errno.ETIMEDOUT:
        return Cause.TIMEOUT
    return OPENING_CAUSES.get(error.errno or 0, Cause.UNREACHABLE)
