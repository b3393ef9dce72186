"""A call pad on a line: its keys come as events, and what the hall wants shown goes to it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress

from hardware.backoff import Backoff
from hardware.health import HealthLog
from hardware.lines.line import Line, LineError
from hardware.pads import frames
from hardware.pads.decoder import decoder_for
from hardware.pads.events import PadEvent
from hardware.pads.key_map import PadMap, PadProtocol
from hardware.status import OK, Cause, DeviceStatus, Health, down, unknown

_LOGGER = logging.getLogger(__name__)
_BYTES_A_POLL = 1024
"""More than a pad can send between two polls; a line that floods must not keep the lane busy."""
_QUIET_S = 0.5
_QUIET_TYPED_S = 5.0


class CallPad:
    """A pad, used from one thread at a time. Nothing here raises for what the environment does.

    `poll` never waits: call it ten times a second or so. `on_event` is called from within it.
    """

    def __init__(
        self,
        line: Line,
        pad_map: PadMap,
        on_event: Callable[[PadEvent], None],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = line.name
        self._line = line
        self._has_display = pad_map.protocol is PadProtocol.FRAMES
        self._decoder = decoder_for(pad_map)
        self._quiet_s = _QUIET_TYPED_S if pad_map.protocol is PadProtocol.TYPED else _QUIET_S
        self._on_event = on_event
        self._monotonic = monotonic
        self._backoff = Backoff(monotonic)
        self._health = HealthLog(f"pad {line.name}", _LOGGER)
        self._heard_at = monotonic()
        self._status = unknown(Cause.NO_ANSWER, "not opened yet")

    def poll(self) -> DeviceStatus:
        """Tell the events that came in. A pad that was pulled out is looked for again after 1, 2, 4 … 30 s."""
        if self._backoff.is_due:
            self._attempt(self._listen)
        return self._status

    def status(self) -> DeviceStatus:
        """How the last attempt to reach the pad ended; OK means that the line works and something was heard on it."""
        return self._status

    def show_ticket(self, address: int, number: int) -> DeviceStatus:
        """Show the last three digits of a ticket on a pad with a display."""
        return self._send(frames.show_ticket(address, number))

    def show_waiting(self, address: int, people: int) -> DeviceStatus:
        """Show how many people wait."""
        return self._send(frames.show_waiting(address, people))

    def beep(self, address: int) -> DeviceStatus:
        """Make the pad beep."""
        return self._send(frames.beep(address))

    def acknowledge_rating(self, address: int, result: int) -> DeviceStatus:
        """Tell a rating pad that its result arrived."""
        return self._send(frames.acknowledge_rating(address, result))

    def close(self) -> None:
        """Let go of the line."""
        with suppress(LineError):
            self._line.close()

    def _listen(self) -> None:
        self._line.open()
        data = self._line.read(_BYTES_A_POLL, 0)
        now = self._monotonic()
        if data:
            self._heard_at = now
            self._status = OK
            events = self._decoder.feed(data)
        else:
            events = self._decoder.pause() if now - self._heard_at >= self._quiet_s else []
        for event in events:
            self._on_event(event)

    def _send(self, frame: bytes) -> DeviceStatus:
        if self._has_display and self._backoff.is_due:
            self._attempt(lambda: self._write(frame))
        return self._status

    def _write(self, frame: bytes) -> None:
        self._line.open()
        self._line.write(frame)

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
        if self._status.health is Health.DOWN:
            self._status = unknown(Cause.NO_ANSWER, "nothing heard yet")
        self._health.note(OK)
