"""A device file that is read and written, as `/dev/usb/lp0`, the kernel's own way to a USB printer on Linux."""

from __future__ import annotations

import contextlib
import os
import select
import time

from hardware.lines.line import MOST_READS_TO_DISCARD, OPENING_CAUSES, LineError
from hardware.status import Cause

_STEP_BYTES = 4096
_REST_S = 0.01


class DeviceFileLine:
    """A character device, opened anew for each job, so that a printer that was plugged in again is found.

    `write_s` is how long the device may take nothing.
    """

    answers = True
    keeps = False

    def __init__(self, path: str, write_s: float = 5.0) -> None:
        self.name = path
        self._write_s = write_s
        self._file: int | None = None

    def open(self) -> None:
        """Open the device. Raises LineError: BUSY when another program has it, NO_PERMISSION or UNREACHABLE."""
        if self._file is not None:
            return
        if not hasattr(os, "O_NONBLOCK"):
            raise LineError(
                Cause.UNREACHABLE, f"{self.name}: only Linux has such files; use escpos+usb://04b8:0202"
            )
        try:
            self._file = os.open(self.name, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            cause = OPENING_CAUSES.get(error.errno or 0, Cause.UNREACHABLE)
            raise LineError(cause, f"{self.name}: {error.strerror}") from error

    def write(self, data: bytes) -> None:
        """Hand over all of `data`. Raises LineError(TIMEOUT) when the device takes nothing for `write_s`."""
        file = self._opened()
        sent = 0
        try:
            while sent < len(data):
                _, writable, _ = select.select((), (file,), (), self._write_s)
                if not writable:
                    raise LineError(Cause.TIMEOUT, f"{self.name} takes no more bytes", sent)
                with contextlib.suppress(BlockingIOError):
                    sent += os.write(file, data[sent : sent + _STEP_BYTES])
        except OSError as error:
            raise LineError(Cause.UNREACHABLE, f"{self.name}: {error.strerror}", sent) from error

    def read(self, count: int, timeout_s: float) -> bytes:
        """Up to `count` bytes within `timeout_s`."""
        file = self._opened()
        received = b""
        give_up = time.monotonic() + timeout_s
        try:
            while len(received) < count:
                readable, _, _ = select.select((file,), (), (), max(give_up - time.monotonic(), 0.0))
                if not readable:
                    break
                received += self._take(file, count - len(received))
        except OSError as error:
            raise LineError(Cause.UNREACHABLE, f"{self.name}: {error.strerror}") from error
        return received

    def discard_input(self) -> None:
        """Throw away what the device said unasked."""
        for _ in range(MOST_READS_TO_DISCARD):
            if not self.read(_STEP_BYTES, 0):
                break

    def close(self) -> None:
        """Let go of the device; one that was pulled out may complain, which changes nothing."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                os.close(self._file)
            self._file = None

    def _take(self, file: int, count: int) -> bytes:
        with contextlib.suppress(BlockingIOError):
            if piece := os.read(file, count):
                return piece
        # usblp calls itself readable while the printer sends empty packets, which some do without end.
        time.sleep(_REST_S)
        return b""

    def _opened(self) -> int:
        if self._file is None:
            raise LineError(Cause.UNREACHABLE, f"{self.name} is not open")
        return self._file
