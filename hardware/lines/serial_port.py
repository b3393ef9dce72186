"""A device on a serial port (RS-232, RS-485, USB adapter), by pyserial with every time-out set."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import serial

from hardware.lines.line import OPENING_CAUSES, LineError
from hardware.status import Cause


def _port_errors() -> tuple[type[Exception], ...]:
    """What pyserial lets through when a port was pulled out: what its terminal says is no OSError."""
    try:
        import termios
    except ImportError:  # Windows
        return (OSError,)
    return (OSError, termios.error)


_GONE = _port_errors()
_CANNOT_OPEN: tuple[type[Exception], ...] = (*_GONE, ValueError)


@dataclass(frozen=True, slots=True)
class SerialSettings:
    """How the bits travel: baud rate, data bits, parity `N|E|O`, stop bits and flow control."""

    baud: int = 9600
    data_bits: int = 8
    parity: str = "N"
    stop_bits: int = 1
    flow: str = "none"


class SerialLine:
    """One serial port, opened exclusively so that two programs cannot garble each other's frames.

    `write_s` is how long the device may take nothing: a long ticket on a slow line takes longer as a whole.
    """

    answers = True
    keeps = False

    def __init__(self, device: str, settings: SerialSettings, write_s: float = 2.0) -> None:
        self.name = device
        self._settings = settings
        self._write_s = write_s
        self._port: serial.Serial | None = None

    def open(self) -> None:
        """Open the port. Raises LineError: BUSY when another program has it, NO_PERMISSION or UNREACHABLE."""
        if self._port is not None:
            return
        settings = self._settings
        try:
            self._port = serial.Serial(
                self.name,
                baudrate=settings.baud,
                bytesize=settings.data_bits,
                parity=settings.parity,
                stopbits=settings.stop_bits,
                timeout=0,
                write_timeout=self._write_s,
                xonxoff=settings.flow == "xonxoff",
                rtscts=settings.flow == "rtscts",
                dsrdtr=settings.flow == "dsrdtr",
                exclusive=True,
            )
        except _CANNOT_OPEN as error:
            raise LineError(_open_cause(error), f"{self.name}: {error}") from error

    def write(self, data: bytes) -> None:
        """Hand all of `data` to the port. When it takes no more, what it still holds is thrown away: closing would
        wait for it.
        """
        port = self._opened()
        step = max(int(self._settings.baud / 10 * self._write_s / 4), 16)
        for start in range(0, len(data), step):
            piece = data[start : start + step]
            try:
                port.write(piece)
            except serial.SerialTimeoutException as error:
                with contextlib.suppress(*_GONE):
                    port.reset_output_buffer()
                raise LineError(
                    Cause.TIMEOUT, f"{self.name} takes no more bytes", start + len(piece)
                ) from error
            except _GONE as error:
                raise LineError(Cause.UNREACHABLE, f"{self.name}: {error}", start + len(piece)) from error

    def read(self, count: int, timeout_s: float) -> bytes:
        """Up to `count` bytes within `timeout_s`."""
        port = self._opened()
        try:
            if port.timeout != timeout_s:  # setting it configures the port anew
                port.timeout = timeout_s
            return bytes(port.read(count))
        except _GONE as error:
            raise LineError(Cause.UNREACHABLE, f"{self.name}: {error}") from error

    def discard_input(self) -> None:
        """Empty the receive buffer."""
        try:
            self._opened().reset_input_buffer()
        except _GONE as error:
            raise LineError(Cause.UNREACHABLE, f"{self.name}: {error}") from error

    def close(self) -> None:
        """Let go of the port; a port that was pulled out may complain, which changes nothing."""
        if self._port is not None:
            with contextlib.suppress(*_GONE):
                self._port.close()
            self._port = None

    def _opened(self) -> serial.Serial:
        if self._port is None:
            raise LineError(Cause.UNREACHABLE, f"{self.name} is not open")
        return self._port


def _open_cause(error: Exception) -> Cause:
    number = getattr(error, "errno", None)
    return OPENING_CAUSES.get(number or 0, Cause.UNREACHABLE)
