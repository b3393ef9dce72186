"""From millimetres to pixels, and from the distance of a reader to millimetres."""

from __future__ import annotations

import math
from dataclasses import dataclass

MM_PER_INCH = 25.4

CAPITAL_HEIGHT = 0.733
"""Height of a capital or digit of Noto Sans SC, as a part of the font size (OS/2 sCapHeight)."""

LEGIBLE_DEGREES = 0.7
"""Angle under which the farthest seat sees the called number: twice what ISO 9241-303 prefers."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen as the installer measures it: pixels, and the diagonal in inches."""

    width_px: int
    height_px: int
    diagonal_inches: float

    @property
    def pixels_per_mm(self) -> float:
        """Pixels a millimetre; pixels are taken as square."""
        return math.hypot(self.width_px, self.height_px) / (self.diagonal_inches * MM_PER_INCH)

    def pixels(self, mm: float) -> float:
        """Return a length in millimetres as pixels."""
        return mm * self.pixels_per_mm

    def font_pixels(self, capital_mm: float) -> float:
        """Return the font size in pixels at which a capital is this high."""
        return self.pixels(capital_mm) / CAPITAL_HEIGHT


def legible_mm(distance_m: float, degrees: float = LEGIBLE_DEGREES) -> float:
    """Return the height in millimetres that is seen under this angle from this distance in metres."""
    return 2 * distance_m * 1000 * math.tan(math.radians(degrees) / 2)
