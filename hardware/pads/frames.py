"""The frames of the common 21-key call pad and its rating pad, on 9600 baud: FF 68 L L 68 address command data sum 16.

L counts the bytes from address to data, and the sum is over these. Source: the rule in public source code of call-pad
drivers. Key frames are told from ratings by the command alone, 11 hex, as drivers disagree on the others.
"""

from __future__ import annotations

from dataclasses import dataclass

from hardware.signs.checksums import CHECKSUMS

RATING_COMMAND = 0x11
_ANSWER, _SHOW, _BEEP = 0x01, 0x02, 0x03
_BLANK = 0x0A
_DIGITS = 3
_START, _AGAIN, _END = 0xFF, 0x68, 0x16
_HEAD_BYTES, _TAIL_BYTES, _SHORTEST = 5, 2, 2
_LONGEST = 64
"""No known frame has more than eight bytes between its lengths and its sum; a longer one is noise."""


@dataclass(frozen=True, slots=True)
class PadFrame:
    """What is in a frame."""

    address: int
    command: int
    data: bytes = b""


def build_frame(frame: PadFrame) -> bytes:
    """The frame as bytes."""
    content = bytes((frame.address, frame.command)) + frame.data
    head = bytes((_START, _AGAIN, len(content), len(content), _AGAIN))
    return head + content + CHECKSUMS["sum8"](content) + bytes((_END,))


def show_ticket(address: int, number: int) -> bytes:
    """Show the last three digits of a ticket; the waiting people stay as they are."""
    return build_frame(PadFrame(address, _SHOW, bytes((_BLANK,)) * _DIGITS + _three_digits(number)))


def show_waiting(address: int, people: int) -> bytes:
    """Show how many wait, 999 at most; the ticket stays as it is."""
    return build_frame(PadFrame(address, _SHOW, _three_digits(min(people, 999)) + bytes((_BLANK,)) * _DIGITS))


def beep(address: int) -> bytes:
    """Make it beep."""
    return build_frame(PadFrame(address, _BEEP))


def acknowledge_rating(address: int, result: int) -> bytes:
    """Tell a rating pad that its result arrived, so that it stops sending it."""
    return build_frame(PadFrame(address, _ANSWER, bytes((result,))))


class PadFrameReader:
    """Finds frames in whatever the line brings. Damage is skipped byte by byte, so nothing behind it is lost."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, data: bytes) -> list[PadFrame]:
        """The sound frames completed by `data`; half a frame waits for more."""
        self._pending += data
        return self._take(is_over=False)

    def give_up_waiting(self) -> list[PadFrame]:
        """The line was quiet for long: half a frame will not be completed. The frames that it hid."""
        return self._take(is_over=True)

    def _take(self, *, is_over: bool) -> list[PadFrame]:
        frames: list[PadFrame] = []
        start = 0
        while (start := self._pending.find(_START, start)) >= 0:
            size = self._size(start)
            if size == 0 or (is_over and start + size > len(self._pending)):
                start += 1
                continue
            if start + size > len(self._pending):
                break
            frame = self._frame(start, size)
            start += size if frame else 1
            if frame:
                frames.append(frame)
        del self._pending[: len(self._pending) if start < 0 else start]
        return frames

    def _size(self, start: int) -> int:
        """How long the frame at `start` is, at least so long if more must come to tell; 0 when there is none."""
        head = self._pending[start : start + _HEAD_BYTES]
        lengths = head[2:4]
        if any(byte != _AGAIN for byte in (*head[1:2], *head[4:5])) or len(set(lengths)) > 1:
            return 0
        if lengths and not _SHORTEST <= lengths[0] <= _LONGEST:
            return 0
        return _HEAD_BYTES + (lengths[0] if lengths else _SHORTEST) + _TAIL_BYTES

    def _frame(self, start: int, size: int) -> PadFrame | None:
        content = bytes(self._pending[start + _HEAD_BYTES : start + size - _TAIL_BYTES])
        check, end = self._pending[start + size - _TAIL_BYTES : start + size]
        if end != _END or CHECKSUMS["sum8"](content) != bytes((check,)):
            return None
        return PadFrame(content[0], content[1], content[2:])


def _three_digits(number: int) -> bytes:
    return bytes(int(digit) for digit in f"{number % 1000:03d}")
