"""How a text becomes bytes that a sign understands: encoding, substitutes, padding, and the odd forms vendors chose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from hardware.gbk import SUBSTITUTES


def legible(text: str, encoding: str) -> str:
    """What a sign can show of a text. One without Chinese shows the numbers in it, parted by a space: it is better dark
    than full of question marks.
    """
    text = text.translate(SUBSTITUTES)
    try:
        "号".encode(encoding)
    except UnicodeEncodeError:
        latin = "".join("\n" if unicodedata.east_asian_width(each) in "WF" else each for each in text)
        return re.sub(r" *\n[ \n]*", " ", latin).strip(" ") if "\n" in latin else latin
    return text


@dataclass(frozen=True, slots=True)
class TextForm:
    """The text part of a frame.

    `style` is a name of `STYLES`. `width` pads with spaces and cuts to that many bytes; `longest` only cuts. Cutting
    never halves a character.
    """

    encoding: str = "gbk"
    style: str = "plain"
    width: int = 0
    longest: int = 0

    def encode(self, text: str) -> bytes:
        """The bytes of `text` as it is `legible`; another character that the encoding lacks becomes a question mark."""
        characters = [
            character.encode(self.encoding, errors="replace") for character in legible(text, self.encoding)
        ]
        fitting = _as_many_as_fit(characters, self.width or self.longest)
        padding = [b" "] * (self.width - sum(map(len, fitting)))
        return STYLES[self.style][0]([*fitting, *padding])

    def decode(self, data: bytes) -> str:
        """The text in `data`, without padding. Raises ValueError when it is damaged."""
        text = STYLES[self.style][1](data).decode(self.encoding)
        return text.rstrip(" ") if self.width else text


def _as_many_as_fit(characters: list[bytes], limit: int) -> list[bytes]:
    if not limit:
        return characters
    fitting: list[bytes] = []
    for character in characters:
        if sum(map(len, fitting)) + len(character) > limit:
            break
        fitting.append(character)
    return fitting


def _nibbles(characters: list[bytes]) -> bytes:
    """Each byte above 7F as two bytes of four bits: the sign keeps 80 and above for itself."""
    return b"".join(
        bytes((byte >> 4, byte & 0x0F)) if byte & 0x80 else bytes((byte,))
        for character in characters
        for byte in character
    )


def _join_nibbles(data: bytes) -> bytes:
    joined = bytearray()
    high: int | None = None
    for byte in data:
        if high is not None:
            joined.append(high << 4 | byte)
            high = None
        elif byte < 0x10:
            high = byte
        else:
            joined.append(byte)
    if high is not None or max(joined, default=0) > 0xFF:
        raise ValueError("half a character")
    return bytes(joined)


def _with_nulls(characters: list[bytes]) -> bytes:
    """A zero byte after each character, of one byte or of two."""
    return b"".join(character + b"\0" for character in characters)


def _without_nulls(data: bytes) -> bytes:
    return data.replace(b"\0", b"")


STYLES: dict[str, tuple[Callable[[list[bytes]], bytes], Callable[[bytes], bytes]]] = {
    "plain": (b"".join, bytes),
    "nibbles": (_nibbles, _join_nibbles),
    "null_after_character": (_with_nulls, _without_nulls),
}
"""By the name that presets use: how the characters' bytes are written, and how they are read back."""
