"""A picture of dots, as a thermal head prints it: a logo."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bitmap:
    """Black dots on white, 203 to the inch. `packed` is text, so that a hall's description can hold it.

    Unpacked it is one bit a dot, 1 for black, row by row from the top, each row beginning with a new byte.
    """

    width: int
    height: int
    packed: str

    @classmethod
    def from_bits(cls, width: int, height: int, bits: bytes) -> Bitmap:
        """Pack the dots of a picture."""
        if len(bits) != (width + 7) // 8 * height:
            raise ValueError(
                f"{width} x {height} dots are {(width + 7) // 8 * height} bytes, not {len(bits)}"
            )
        return cls(width, height, base64.b64encode(zlib.compress(bits, 9)).decode("ascii"))

    @property
    def bits(self) -> bytes:
        """The dots."""
        return zlib.decompress(base64.b64decode(self.packed))
