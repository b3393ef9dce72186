"""The parts that sign frames are made of. Each writes itself from a message and reads itself back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from hardware.signs.checksums import CHECKSUMS
from hardware.signs.texts import TextForm


class FrameError(ValueError):
    """A frame cannot be built from these values, or received bytes are no such frame."""


@dataclass(frozen=True, slots=True)
class Message:
    """What goes into a frame: which sign, what to show, and a running number of frames (1 is the first)."""

    address: int = 0
    text: str = ""
    sequence: int = 1


class IntegerForm(StrEnum):
    """How a whole number stands in a frame."""

    U8 = "u8"
    U16BE = "u16be"
    U16LE = "u16le"

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return 1 if self is IntegerForm.U8 else 2

    def pack(self, value: int) -> bytes:
        """The number as bytes. Raises FrameError when it is too large."""
        try:
            return value.to_bytes(self.size, "little" if self is IntegerForm.U16LE else "big")
        except OverflowError as error:
            raise FrameError(f"{value} does not fit into {self.size} bytes") from error

    def unpack(self, data: bytes) -> int:
        """The number in the bytes."""
        return int.from_bytes(data, "little" if self is IntegerForm.U16LE else "big")


ADDRESSES: dict[str, Callable[[int], bytes]] = {
    "u8": lambda address: bytes((address,)),
    "hex2": lambda address: f"{address:02X}".encode("ascii"),
    "low6_high2": lambda address: bytes((0x80 | address & 0x3F, 0xC0 | address >> 6)),
}
"""By the name that presets use: the address, 0 to 255, as bytes."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Bytes that never change."""

    data: bytes

    def encode(self, message: Message) -> bytes:
        """The same for every message."""
        del message
        return self.data

    def decode(self, piece: bytes, message: Message) -> Message:
        """Tells nothing."""
        del piece
        return message


@dataclass(frozen=True, slots=True)
class Address:
    """The sign's address on its line, in a form of `ADDRESSES`."""

    form: str

    def encode(self, message: Message) -> bytes:
        """The address."""
        return ADDRESSES[self.form](message.address)

    def decode(self, piece: bytes, message: Message) -> Message:
        """Which of the 256 addresses it is. Raises FrameError when it is none."""
        for address in range(256):
            if ADDRESSES[self.form](address) == piece:
                return replace(message, address=address)
        raise FrameError(f"no address: {piece.hex(' ').upper()}")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A running number in one byte; after 255 comes 0."""

    def encode(self, message: Message) -> bytes:
        """The number's last eight bits."""
        return bytes((message.sequence % 256,))

    def decode(self, piece: bytes, message: Message) -> Message:
        """The running number."""
        return replace(message, sequence=piece[0])


@dataclass(frozen=True, slots=True)
class Text:
    """The text to show."""

    form: TextForm

    def encode(self, message: Message) -> bytes:
        """The text in the sign's encoding."""
        return self.form.encode(message.text)

    def decode(self, piece: bytes, message: Message) -> Message:
        """The text. Raises FrameError when it is damaged."""
        try:
            return replace(message, text=self.form.decode(piece))
        except ValueError as error:
            raise FrameError(f"no text: {piece.hex(' ').upper()}") from error


@dataclass(frozen=True, slots=True)
class Number:
    """The number in the text, for boards that show digits only: of A023 they show 23, of no digits `none`."""

    form: IntegerForm
    none: int = 0

    def encode(self, message: Message) -> bytes:
        """The first digits in the text. Raises FrameError when the board has too few."""
        digits = re.search(r"[0-9]+", message.text)
        return self.form.pack(int(digits.group()) if digits else self.none)

    def decode(self, piece: bytes, message: Message) -> Message:
        """The number as text."""
        return replace(message, text=str(self.form.unpack(piece)))


@dataclass(frozen=True, slots=True)
class Length:
    """Count of bytes in the text, or in the whole frame."""

    form: IntegerForm
    of_frame: bool

    def encode(self, message: Message) -> bytes:
        """Zeros of the right size, until the rest of the frame is known."""
        del message
        return bytes(self.form.size)

    def decode(self, piece: bytes, message: Message) -> Message:
        """Tells nothing; the frame is checked as a whole."""
        del piece
        return message


@dataclass(frozen=True, slots=True)
class Check:
    """A checksum of `CHECKSUMS` over what stands before it (but for the first `skip` bytes) or after it."""

    kind: str
    after: bool = False
    skip: int = 0

    def encode(self, message: Message) -> bytes:
        """Bytes of the right size, until the rest of the frame is known."""
        del message
        return CHECKSUMS[self.kind](b"")

    def over(self, before: bytes, after: bytes) -> bytes:
        """The checksum, given the frame's bytes on both sides of it."""
        return CHECKSUMS[self.kind](after if self.after else before[self.skip :])

    def decode(self, piece: bytes, message: Message) -> Message:
        """Tells nothing; the frame is checked as a whole."""
        del piece
        return message


Part = Literal | Address | Sequence | Text | Number | Length | Check
