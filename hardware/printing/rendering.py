"""Choose how a slip becomes bytes."""

from __future__ import annotations

from hardware.printing.escpos_bytes import encode_ticket
from hardware.printing.fonts import TicketFont
from hardware.printing.paper import Paper, Rendering
from hardware.printing.raster import draw_slip
from hardware.printing.text_ticket import encode_text_ticket
from shared.domain.slip import Slip


def encode_slip(slip: Slip, paper: Paper, font: TicketFont) -> tuple[bytes, ...]:
    """One copy of the slip, as the printer's profile wants it. Raises OSError when the font cannot be read."""
    if paper.rendering is Rendering.TEXT:
        return encode_text_ticket(slip, paper)
    return encode_ticket(draw_slip(slip, paper.width_mm, font), paper)
