from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from hardware.printing.escpos_bytes import encode_ticket
from hardware.printing.fonts import TicketFont
from hardware.printing.paper import Cutter, Paper
from hardware.printing.raster import draw_slip
from shared.domain.slip import Slip


def striped(width: int, height: int) -> Image.Image:
    """White with a black first column, to see which bit is the leftmost dot."""
    picture = Image.new("1", (width, height), 255)
    picture.paste(0, (0, 0, 1, height))
    return picture


def test_a_ticket_is_reset_strips_feed_and_cut() -> None:
    paper = Paper(width_mm=58, strip_rows=16, pad_rows=8, feed_lines=3, cutter=Cutter.PARTIAL)
    row = b"\x80" + bytes(47)
    assert encode_ticket(striped(384, 18), paper) == (
        b"\x1b@",
        b"\x1dv0\x00\x30\x00\x10\x00" + row * 16,
        b"\x1dv0\x00\x30\x00\x08\x00" + row * 2 + bytes(48 * 6),
        b"\x1bd\x03\x1dV\x01",
    )


@pytest.mark.parametrize(
    ("cutter", "end"), [(Cutter.FULL, b"\x1bd\x04\x1dV\x00"), (Cutter.NONE, b"\x1bd\x04")]
)
def test_the_cutter_is_as_the_profile_says(cutter: Cutter, end: bytes) -> None:
    assert encode_ticket(striped(384, 8), Paper(58, cutter=cutter))[-1] == end


def test_the_bytes_of_a_slip_are_as_approved(
    small_slip: Slip, font: TicketFont, golden: Callable[[str, bytes], bytes]
) -> None:
    produced = b"".join(encode_ticket(draw_slip(small_slip, 58, font), Paper(58)))
    assert produced == golden("small_slip_58mm.escpos", produced)


def test_building_bytes_says_nothing_and_leaves_nothing_behind(tmp_path: Path) -> None:
    program = """
import logging
from PIL import Image
from hardware.printing.escpos_bytes import encode_ticket
from hardware.printing.paper import Paper
encode_ticket(Image.new("1", (576, 8)), Paper())
print(logging.getLogger().handlers)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")
    assert not list(tmp_path.iterdir())


def test_paper_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="58 or 80"):
        Paper(width_mm=76)
