"""Listening on a device's line: opened late, looked for again when it is lost, heard through damage and floods."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, Protocol, TypeVar

from hardware.backoff import Backoff
from hardware.health import HealthLog
from hardware.lines.line import Line, LineError
from hardware.pads.flood import FloodGuard
from hardware.status import OK, Cause, DeviceStatus, Health, down, unknown

_LOGGER = logging.getLogger(__name__)
_BYTES_A_POLL = 1024
"""More than a device can send between two polls; a line that floods must not keep the lane busy."""
_BYTES_KEPT = 64
_FLOOD = down(Cause.GARBAGE, "it sends more than a person can press")

HeardT_co = TypeVar("HeardT_co", covariant=True)
T = TypeVar("T")


class Decoder(Protocol[HeardT_co]):
    """Turns bytes into what they mean, however they are cut into pieces."""

    def feed(self, data: bytes) -> Sequence[HeardT_co]:
        """What is completed by `data`."""
        ...

    def pause(self) -> Sequence[HeardT_co]:
        """The line was quiet for long: forget what was begun. What that hid."""
        ...


class Listener(Generic[T]):
    """A device that talks, used from one thread at a time. Nothing here raises for what the environment does.

    `on_heard` is called from within `poll`. `quiet_s` is how long half a message may wait for its rest. `latest_bytes`
    are the last ones that came in, whatever they mean: for a person who writes a key map.
    """

    def __init__(
        self,
        what: str,
        line: Line,
        decoder: Decoder[T],
        on_heard: Callable[[T], None],
        *,
        quiet_s: float,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = line.name
        self._line = line
        self._decoder = decoder
        self._on_heard = on_heard
        self._quiet_s = quiet_s
        self._monotonic = monotonic
        self._backoff = Backoff(monotonic)
        self._flood = FloodGuard(monotonic)
        self._health = HealthLog(f"{what} {line.name}", _LOGGER)
        self._heard_at = monotonic()
        self._status = unknown(Cause.NO_ANSWER, "not opened yet")
        self.latest_bytes = b""

    def poll(self, wait_s: float = 0.0) -> DeviceStatus:
        """Tell what came in, or what comes within `wait_s`. A device that was pulled out is tried after 1, 2 … 30 s."""
        if self._backoff.is_due:
            self._attempt(lambda: self._listen(wait_s))
        return self._status

    def status(self) -> DeviceStatus:
        """How the last attempt to reach it ended; OK means that the line works and something was heard on it."""
        return self._status

    def close(self) -> None:
        """Let go of the line."""
        with suppress(LineError):
            self._line.close()

    def _listen(self, wait_s: float) -> None:
        self._line.open()
        # A line waits until all bytes asked for are there: ask for one, then take what came with it.
        data = self._line.read(1, wait_s)
        if data:
            data += self._line.read(_BYTES_A_POLL - 1, 0)
        now = self._monotonic()
        if data:
            self._heard_at = now
            self.latest_bytes = (self.latest_bytes + data)[-_BYTES_KEPT:]
            self._status = OK
            heard = self._decoder.feed(data)
        else:
            heard = self._decoder.pause() if now - self._heard_at >= self._quiet_s else ()
        for one in heard:
            if self._flood.lets_through():
                self._take(one)
        if self._flood.is_flooding:
            self._status = _FLOOD
        elif self._status is _FLOOD:
            self._status = OK

    def _take(self, heard: T) -> None:
        """What to do with what was heard, on the device's own lane."""
        self._on_heard(heard)

    def _attempt(self, step: Callable[[], None]) -> None:
        try:
            step()
        except LineError as error:
            self.close()
            self._decoder.pause()
            self._backoff.failed()
            self._status = down(error.cause, error.detail)
            self._health.note(self._status)
            return
        self._backoff.succeeded()
        if self._status.health is Health.DOWN and self._status is not _FLOOD:
            self._status = unknown(Cause.NO_ANSWER, "nothing heard yet")
        self._health.note(self._status if self._status is _FLOOD else OK)
