"""The bench on which a program's simulated devices stand, so that a window can watch them and make them fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hardware.signs.preset import SignPreset
from hardware.simulators.pad import SimulatedPad, SimulatedPadLine
from hardware.simulators.printer import PrintedTicket, SimulatedPrinter, SimulatedPrinterLine
from hardware.simulators.sign import LitSign, SimulatedSign, SimulatedSignLine


def _nobody_watches(_: object) -> None:
    return None


class SimulatorBench:
    """Simulated devices by name. The observers are called on the thread that prints or lights: a device's lane."""

    def __init__(
        self,
        on_ticket: Callable[[PrintedTicket], None] = _nobody_watches,
        on_sign: Callable[[LitSign], None] = _nobody_watches,
    ) -> None:
        self._on_ticket = on_ticket
        self._on_sign = on_sign
        self.printers: dict[str, SimulatedPrinter] = {}
        self.signs: dict[str, SimulatedSign] = {}
        self.pads: dict[str, SimulatedPad] = {}

    def printer_line(self, name: str, dots: int, folder: Path | None) -> SimulatedPrinterLine:
        """A line to the printer of that name, put on the bench when it is new."""
        if name not in self.printers:
            self.printers[name] = SimulatedPrinter(name, dots, folder, self._on_ticket)
        return SimulatedPrinterLine(self.printers[name])

    def sign_line(
        self, name: str, preset: SignPreset, address: int, folder: Path | None
    ) -> SimulatedSignLine:
        """A line to the sign of that name, put on the bench when it is new."""
        if name not in self.signs:
            self.signs[name] = SimulatedSign(name, preset, address, folder, self._on_sign)
        return SimulatedSignLine(self.signs[name])

    def pad_line(self, name: str) -> SimulatedPadLine:
        """A line to the call pad of that name, put on the bench when it is new."""
        return SimulatedPadLine(self.pads.setdefault(name, SimulatedPad(name)))
