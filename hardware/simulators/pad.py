"""A simulated call pad: press its keys as bytes, and see what it was told to show."""

from __future__ import annotations

import threading

from hardware.lines.line import LineError
from hardware.simulators.faults import Fault, FaultSwitch
from hardware.status import Cause


class SimulatedPad:
    """One pad by name. Keys may be pressed from any thread."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults = FaultSwitch()
        self.told: list[bytes] = []
        self._lock = threading.Lock()
        self._pressed = b""

    def press(self, sent: bytes) -> None:
        """The pad sends these bytes."""
        with self._lock:
            self._pressed += sent

    def take(self, count: int) -> bytes:
        """What the pad has sent, at most `count` bytes of it."""
        with self._lock:
            taken, self._pressed = self._pressed[:count], self._pressed[count:]
        return taken


class SimulatedPadLine:
    """The line to a simulated pad."""

    answers = True
    keeps = False

    def __init__(self, pad: SimulatedPad) -> None:
        self.name = f"sim://pad/{pad.name}"
        self._pad = pad

    def open(self) -> None:
        """Connect, unless unplugged."""
        if Fault.UNPLUGGED in self._pad.faults.active:
            raise LineError(Cause.UNREACHABLE, f"{self.name} is unplugged")

    def write(self, data: bytes) -> None:
        """Tell the pad something."""
        self.open()
        self._pad.told.append(data)

    def read(self, count: int, timeout_s: float) -> bytes:
        """What was pressed; a simulated pad is never waited for."""
        del timeout_s
        self.open()
        return self._pad.take(count)

    def discard_input(self) -> None:
        """Forget what was pressed."""
        while self._pad.take(1024):
            pass

    def close(self) -> None:
        """Nothing to let go of."""
