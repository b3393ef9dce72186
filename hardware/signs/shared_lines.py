"""Signs that share one RS-485 line: one port, opened once, and one sign at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from hardware.lines.line import Line, LineError
from hardware.status import Cause

_WAIT_S = 5.0
_BITS_BETWEEN_FRAMES = 640
"""The time of 64 bytes: longer than any frame that may still be on its way, and the silence that ends it."""


@dataclass(slots=True)
class SharedLine:
    """A line and the turns taken on it. `gap_s` seconds of silence part two turns."""

    line: Line
    gap_s: float = 0.0
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _quiet_at: float = 0.0

    @contextmanager
    def turn(self) -> Iterator[Line]:
        """The line, for one sign alone. Raises LineError(BUSY) when the others do not let go of it."""
        if not self._lock.acquire(timeout=_WAIT_S):
            raise LineError(Cause.BUSY, f"{self.line.name} is held by another sign")
        try:
            if (early := self._quiet_at - self.monotonic()) > 0:
                self.sleep(early)
            yield self.line
        finally:
            self._quiet_at = self.monotonic() + self.gap_s
            self._lock.release()


class SharedLines:
    """The serial ports and serial servers of one program by name. Give the same object to every sign that is opened."""

    def __init__(self) -> None:
        self._lines: dict[str, tuple[Mapping[str, object], SharedLine]] = {}

    def get(
        self, port: str, settings: Mapping[str, object], baud: int, make: Callable[[], Line]
    ) -> SharedLine:
        """The line on `port`, made when it is new. `settings` are what a sign insists on: it joins any line that the
        signs before it gave no other value of these.

        Raises ValueError when one of them did.
        """
        if port not in self._lines:
            self._lines[port] = ({}, SharedLine(make(), _BITS_BETWEEN_FRAMES / baud))
        known, shared = self._lines[port]
        for name, value in settings.items():
            if known.get(name, value) != value:
                raise ValueError(
                    f"two signs on {port} want different settings: {name}={known[name]} and {name}={value}"
                )
        self._lines[port] = ({**known, **settings}, shared)
        return shared
