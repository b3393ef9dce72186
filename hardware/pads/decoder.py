"""From a pad's bytes to events, by its key map; whatever arrives is survived."""

from __future__ import annotations

from typing import Protocol

from hardware.pads.events import PadAction, PadEvent
from hardware.pads.frames import RATING_COMMAND, PadFrame, PadFrameReader
from hardware.pads.key_map import PadMap, PadProtocol

_ENDS = frozenset(b"\r\n")
_LONGEST_LINE = 32


class PadDecoder(Protocol):
    """Turns bytes into events, however they are cut into pieces."""

    def feed(self, data: bytes) -> list[PadEvent]:
        """The events completed by `data`."""
        ...

    def pause(self) -> list[PadEvent]:
        """The line was quiet for long: forget what was begun. The events that it hid."""
        ...


def decoder_for(pad_map: PadMap) -> PadDecoder:
    """The decoder for the map's protocol."""
    match pad_map.protocol:
        case PadProtocol.FRAMES:
            return FrameDecoder(pad_map)
        case PadProtocol.BYTES:
            return ByteDecoder(pad_map)
        case PadProtocol.TYPED:
            return TypedDecoder(pad_map)


class FrameDecoder:
    """Frames with a checksum. Frames whose data means nothing in the map are ignored."""

    def __init__(self, pad_map: PadMap) -> None:
        self._map = pad_map
        self._reader = PadFrameReader()

    def feed(self, data: bytes) -> list[PadEvent]:
        """The events completed by `data`."""
        return self._events(self._reader.feed(data))

    def pause(self) -> list[PadEvent]:
        """Give up half a frame."""
        return self._events(self._reader.give_up_waiting())

    def _events(self, frames: list[PadFrame]) -> list[PadEvent]:
        return [event for frame in frames if (event := self._event(frame))]

    def _event(self, frame: PadFrame) -> PadEvent | None:
        if frame.command == RATING_COMMAND:
            rating = self._map.ratings.get(frame.data)
            return PadEvent(rating, frame.address) if rating else None
        digits = self._map.number_in(frame.data)
        if action := self._map.keys.get(frame.data):
            return PadEvent(action, frame.address, typed=digits)
        if digits:
            return PadEvent(PadAction.NUMBER, frame.address, digits, digits)
        called = self._map.number_to_call(frame.data)
        return PadEvent(PadAction.CALL, frame.address, called, called) if called else None


class ByteDecoder:
    """One byte a key: nothing to complete, nothing to check."""

    def __init__(self, pad_map: PadMap) -> None:
        self._actions = {**pad_map.keys, **pad_map.ratings}

    def feed(self, data: bytes) -> list[PadEvent]:
        """An event for each byte that is a key."""
        return [PadEvent(action) for byte in data if (action := self._actions.get(bytes((byte,))))]

    def pause(self) -> list[PadEvent]:
        """Nothing is ever begun."""
        return []


class TypedDecoder:
    """Characters that end with Enter, as a USB number pad types them. Digits that are no key are a number."""

    def __init__(self, pad_map: PadMap) -> None:
        self._map = pad_map
        self._actions = {**pad_map.keys, **pad_map.ratings}
        self._typed = bytearray()

    def feed(self, data: bytes) -> list[PadEvent]:
        """The events whose Enter is in `data`. A line that is too long is forgotten up to its Enter."""
        events: list[PadEvent] = []
        for byte in data:
            if byte not in _ENDS:
                if len(self._typed) <= _LONGEST_LINE:
                    self._typed.append(byte)
                continue
            typed = bytes(self._typed)
            self._typed.clear()
            if event := self._event(typed):
                events.append(event)
        return events

    def pause(self) -> list[PadEvent]:
        """Forget digits without Enter."""
        self._typed.clear()
        return []

    def _event(self, typed: bytes) -> PadEvent | None:
        digits = typed.decode("ascii") if typed.isdigit() and len(typed) <= _LONGEST_LINE else ""
        if action := self._actions.get(typed):
            return PadEvent(action, typed=digits)
        if digits:
            return PadEvent(PadAction.NUMBER, digits=digits, typed=digits)
        called = self._map.number_to_call(typed) if len(typed) <= _LONGEST_LINE else ""
        return PadEvent(PadAction.CALL, digits=called, typed=called) if called else None
