"""A simulated printer that stands in this process: its line, its tickets as PNG files, its fault switch."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from hardware.lines.file import new_file
from hardware.lines.line import LineError
from hardware.simulators.escpos_device import EscposConversation, EscposDevice
from hardware.simulators.faults import Fault, FaultSwitch
from hardware.status import Cause

_SLOW_S = 0.5


@dataclass(frozen=True, slots=True)
class PrintedTicket:
    """A ticket that came out of a simulated printer: the picture, and its PNG file if there is a folder."""

    printer: str
    picture: Image.Image
    file: Path | None = None


class SimulatedPrinter:
    """One printer by name. Faults are switched by `faults`, or by the file `<name>.faults` in its folder."""

    def __init__(
        self, name: str, dots: int, folder: Path | None, on_ticket: Callable[[PrintedTicket], None]
    ) -> None:
        self.name = name
        self.faults = FaultSwitch(folder / f"{name}.faults" if folder else None)
        self.device = EscposDevice(dots, self.faults, self._printed)
        self._folder = folder
        self._on_ticket = on_ticket

    def recover(self, *faults: Fault) -> None:
        """Switch faults off, all of them without a name; what was held is printed now."""
        self.faults.recover(*faults)
        self.device.resume()

    def _printed(self, picture: Image.Image) -> None:
        file = save_ticket(picture, self._folder, self.name) if self._folder else None
        self._on_ticket(PrintedTicket(self.name, picture, file))


class SimulatedPrinterLine:
    """The line to a simulated printer; with it the whole printing code runs as with a real one."""

    answers = True
    keeps = False

    def __init__(self, printer: SimulatedPrinter, sleep: Callable[[float], None] = time.sleep) -> None:
        self.name = f"sim://printer/{printer.name}"
        self._printer = printer
        self._sleep = sleep
        self._conversation: EscposConversation | None = None

    def open(self) -> None:
        """Connect, unless unplugged."""
        self._check_plug()
        self._printer.device.resume()
        if self._conversation is None:
            self._conversation = self._printer.device.converse()

    def write(self, data: bytes) -> None:
        """Print. A stalled printer fails at once instead of making anybody wait for the time-out.

        Raises LineError, also when the ticket's PNG file cannot be written.
        """
        self._check_plug()
        faults = self._printer.faults.active
        if Fault.STALLED in faults:
            raise LineError(Cause.TIMEOUT, f"{self.name} takes no more bytes")
        if Fault.SLOW in faults:
            self._sleep(_SLOW_S)
        try:
            self._connected().feed(data)
        except OSError as error:
            raise LineError(Cause.WRITE_FAILED, f"{self.name}: {error}", len(data)) from error

    def read(self, count: int, timeout_s: float) -> bytes:
        """The answers that are there; what a simulated printer does not say at once it never says."""
        del timeout_s
        self._check_plug()
        return self._connected().fetch(count)

    def discard_input(self) -> None:
        """Forget what was said."""
        self._connected().fetch()

    def close(self) -> None:
        """Hang up; the printer keeps what it holds."""
        self._conversation = None

    def _check_plug(self) -> None:
        if Fault.UNPLUGGED in self._printer.faults.active:
            self._conversation = None
            raise LineError(Cause.UNREACHABLE, f"{self.name} is unplugged")

    def _connected(self) -> EscposConversation:
        if self._conversation is None:
            raise LineError(Cause.UNREACHABLE, f"{self.name} is not connected")
        return self._conversation


def save_ticket(picture: Image.Image, folder: Path, printer: str) -> Path:
    """Write a ticket as the printer's next numbered PNG, whole or not at all. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    png = io.BytesIO()
    picture.save(png, format="PNG")
    return new_file(folder, ".png", png.getvalue(), f"{printer}-")
