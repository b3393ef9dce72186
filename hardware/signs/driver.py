"""What a kind of sign needs: how a text is put on it, over which line, and whether it says that it understood."""

from __future__ import annotations

from typing import Protocol

from hardware.lines.line import Line
from hardware.signs.frame_parts import Message
from hardware.signs.preset import SignPreset
from hardware.status import OK, Cause, DeviceStatus, unknown


class SignDriver(Protocol):
    """Puts texts on one sign. Belongs to the sign's lane."""

    title: str
    shows_digits_only: bool

    def paint(self, line: Line, text: str) -> DeviceStatus:
        """Show `text` over the open `line`. Raises LineError, or FrameError when the sign cannot show it."""
        ...


class FrameDriver:
    """A sign that is driven by frames of a preset and never answers."""

    def __init__(self, preset: SignPreset, address: int) -> None:
        self.title = preset.title
        self.shows_digits_only = preset.shows_digits_only
        self._grammar = preset.grammar
        self._address = address
        self._sequence = 0

    def paint(self, line: Line, text: str) -> DeviceStatus:
        """Send one frame. Unknown rather than fine, unless the line keeps what is written."""
        line.write(self._grammar.build(Message(self._address, text, self._sequence + 1)))
        self._sequence += 1
        return OK if line.keeps else unknown(Cause.NO_ANSWER, f"{self.title} never answers")
