"""A thermal printer in software: it prints the bytes it receives, so its picture is what paper would show."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PIL import Image, ImageOps

from hardware.simulators.escpos_reader import Command, EscposReader
from hardware.simulators.faults import STOPPING, Fault, FaultSwitch
from hardware.simulators.text_drawing import TextPrinter

_GARBAGE = b"\xff"
_TEXT_MODES = (b"\x1ba", b"\x1bE", b"\x1d!", b"\x1dB", b"\x1c!")
_QR_CODE = 0x31


class EscposDevice:
    """One print engine. While a stopping fault lasts it holds what it received, and prints it when cleared.

    Safe for several threads, as several computers may print on it and a window may switch its faults.
    `on_ticket` gets the finished picture when it is fed out by `ESC d` or cut: mode "1", black on white, without that
    feed.
    """

    def __init__(self, dots: int, faults: FaultSwitch, on_ticket: Callable[[Image.Image], None]) -> None:
        self._dots = dots
        self._faults = faults
        self._on_ticket = on_ticket
        self._lock = threading.RLock()
        self._text = TextPrinter(dots)
        self._strips: list[Image.Image] = []
        self._held: list[tuple[EscposConversation, Command]] = []

    def converse(self) -> EscposConversation:
        """Begin a conversation: one connection to this printer."""
        return EscposConversation(self)

    def resume(self) -> None:
        """Print what was held, if no fault stops printing any more."""
        with self._lock:
            while self._held and not self._faults.active & STOPPING:
                conversation, command = self._held.pop(0)
                conversation.say(self._execute(command))

    def take(self, conversation: EscposConversation, command: Command) -> None:
        """Answer a real-time question at once; everything else in the order received."""
        with self._lock:
            if command.name == b"\x10\x04":
                conversation.say(self._status(command.parameters[0]))
            else:
                self._held.append((conversation, command))
                self.resume()

    @property
    def faults(self) -> frozenset[Fault]:
        """The faults now."""
        return self._faults.active

    def _execute(self, command: Command) -> bytes:
        match command.name:
            case b"\x1b@":
                self._text.reset()
            case b"\x1dv0":
                self._strips.append(self._text.placed(_strip(command)))
            case b"\x1bd" | b"\x1dV":
                self._finish_ticket()
            case b"\x1dr":
                return self._answer(bytes((0x03 if Fault.PAPER_LOW in self.faults else 0x00,)))
            case b"\x1d(H":
                return self._answer(b"\x37\x22" + command.data[2:] + b"\x00")
            case _:
                self._print_text(command)
        return b""

    def _print_text(self, command: Command) -> None:
        picture: Image.Image | None = None
        match command.name:
            case b"":
                picture = self._text.put(command.parameters[0])
            case b"\x1bJ":
                picture = self._text.feed(command.parameters[0])
            case b"\x1d(k" if command.data[:1] == bytes((_QR_CODE,)) and len(command.data) > 2:
                picture = self._text.qr_code(command.data[1], command.data[2:])
            case name if name in _TEXT_MODES:
                self._text.set_mode(name, command.parameters[0])
        if picture is not None:
            self._strips.append(picture)

    def _finish_ticket(self) -> None:
        strips, self._strips = self._strips, []
        if not strips:
            return
        picture = Image.new("1", (self._dots, sum(strip.height for strip in strips)), 255)
        top = 0
        for strip in strips:
            picture.paste(strip, (0, top))
            top += strip.height
        self._on_ticket(picture)

    def _status(self, question: int) -> bytes:
        """Answer to `DLE EOT n`, by the bit tables of Epson's ESC/POS command reference."""
        faults = self.faults
        bits = 0x12
        match question:
            case 1 if faults & STOPPING:
                bits |= 0x08
            case 2:
                bits |= 0x04 if Fault.COVER_OPEN in faults else 0
                bits |= 0x20 if Fault.PAPER_OUT in faults else 0
                bits |= 0x40 if Fault.CUTTER_ERROR in faults else 0
            case 3:
                bits |= 0x08 if Fault.CUTTER_ERROR in faults else 0
            case 4:
                bits |= 0x0C if faults & {Fault.PAPER_LOW, Fault.PAPER_OUT} else 0
                bits |= 0x60 if Fault.PAPER_OUT in faults else 0
        return self._answer(bytes((bits,)))

    def _answer(self, answer: bytes) -> bytes:
        if Fault.SILENT in self.faults:
            return b""
        return _GARBAGE if Fault.GARBAGE in self.faults else answer


class EscposConversation:
    """One connection: its half-received command and the answers not yet fetched."""

    def __init__(self, device: EscposDevice) -> None:
        self._device = device
        self._reader = EscposReader()
        self._answers = b""

    def feed(self, data: bytes) -> None:
        """Bytes from the computer."""
        for command in self._reader.feed(data):
            self._device.take(self, command)

    def say(self, answer: bytes) -> None:
        """Bytes for the computer."""
        self._answers += answer

    def fetch(self, count: int | None = None) -> bytes:
        """Take up to `count` bytes of the answers, all without a count."""
        end = len(self._answers) if count is None else count
        taken, self._answers = self._answers[:end], self._answers[end:]
        return taken


def _strip(command: Command) -> Image.Image:
    width = int.from_bytes(command.parameters[1:3], "little") * 8
    height = int.from_bytes(command.parameters[3:5], "little")
    ink = Image.frombytes("1", (width, height), command.data)
    return ImageOps.invert(ink)
