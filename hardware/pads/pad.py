"""A call pad or rating pad on a line: its keys come as events, and what the hall wants shown goes to it."""

from __future__ import annotations

import time
from collections.abc import Callable

from hardware.lines.line import Line
from hardware.pads import frames
from hardware.pads.decoder import decoder_for
from hardware.pads.events import PadEvent
from hardware.pads.key_map import PadMap, PadProtocol
from hardware.pads.listener import Listener
from hardware.status import DeviceStatus

_QUIET_S = 0.5
_QUIET_TYPED_S = 5.0


class CallPad(Listener[PadEvent]):
    """A pad, used from one thread at a time; `address` is where what the hall shows goes on a line of several.

    `on_event` is called from within `poll`. A rating is acknowledged at once, or the pad would go on sending it.
    """

    def __init__(
        self,
        line: Line,
        pad_map: PadMap,
        on_event: Callable[[PadEvent], None],
        *,
        address: int = 1,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        typed = pad_map.protocol is PadProtocol.TYPED
        super().__init__(
            "pad",
            line,
            decoder_for(pad_map),
            on_event,
            quiet_s=_QUIET_TYPED_S if typed else _QUIET_S,
            monotonic=monotonic,
        )
        self.address = address
        self._has_display = pad_map.protocol is PadProtocol.FRAMES
        self._results = {action: sent[0] for sent, action in pad_map.ratings.items() if len(sent) == 1}

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

    def _take(self, heard: PadEvent) -> None:
        super()._take(heard)
        if self._has_display and heard.action in self._results:
            self._write(frames.acknowledge_rating(heard.address, self._results[heard.action]))

    def _send(self, frame: bytes) -> DeviceStatus:
        if self._has_display and self._backoff.is_due:
            self._attempt(lambda: self._write(frame))
        return self._status

    def _write(self, frame: bytes) -> None:
        self._line.open()
        self._line.write(frame)
