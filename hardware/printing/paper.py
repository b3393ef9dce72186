"""What a roll of paper and the printer behind it ask for: widths, strips, cutter, and what the printer draws itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DOTS_PER_MM = 8
"""203 dpi, the resolution of nearly every ticket printer."""

DOTS_ACROSS = {58: 384, 80: 576}
"""Printable dots by paper width in mm (48 mm and 72 mm are printable)."""


class Cutter(StrEnum):
    """How a ticket is parted from the roll."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Rendering(StrEnum):
    """How a slip becomes bytes: as a picture, or as text in the printer's own Chinese font, for slow lines."""

    RASTER = "raster"
    TEXT = "text"


class QrBy(StrEnum):
    """Who draws the QR code of a text ticket: the printer by `GS ( k`, or we, as a picture."""

    PRINTER = "printer"
    RASTER = "raster"


@dataclass(frozen=True, slots=True)
class Paper:
    """A printer's profile.

    `strip_rows` is the height of one `GS v 0` picture: small buffers need it small. `pad_rows` fills the last strip to
    a multiple, because some clones garble other heights. `strip_delay_ms` is a rest after each strip for printers
    without flow control. `feed_lines` moves the ticket's end past the cutter. `encoding` and `qr` are for text tickets.
    """

    width_mm: int = 80
    strip_rows: int = 240
    pad_rows: int = 24
    strip_delay_ms: int = 0
    cutter: Cutter = Cutter.FULL
    feed_lines: int = 4
    rendering: Rendering = Rendering.RASTER
    encoding: str = "gbk"
    qr: QrBy = QrBy.PRINTER

    def __post_init__(self) -> None:
        if self.width_mm not in DOTS_ACROSS:
            raise ValueError(f"paper is 58 or 80 mm wide, not {self.width_mm}")

    @property
    def dots(self) -> int:
        """Printable width in dots."""
        return DOTS_ACROSS[self.width_mm]

    @property
    def columns(self) -> int:
        """Latin characters of the printer's font A (12 dots wide) on a line; a Chinese one takes two."""
        return self.dots // 12
