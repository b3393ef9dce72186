"""A ticket's picture as ESC/POS bytes, built by python-escpos and sent by us.

Of python-escpos only the byte building is used: its transports wait 60 s and its status is "adequate" on a dead line.
"""

from __future__ import annotations

import logging
import os
import shutil
from functools import cache
from typing import Any

from PIL import Image

from hardware.printing.paper import Cutter, Paper

RESET = b"\x1b@"
_CUTS = {Cutter.FULL: b"\x1dV\x00", Cutter.PARTIAL: b"\x1dV\x01", Cutter.NONE: b""}
"""`GS V 0|1`, without the six lines that python-escpos always feeds before it."""


def encode_ticket(picture: Image.Image, paper: Paper) -> tuple[bytes, ...]:
    """The picture as pieces to write one after the other: reset, strips of `GS v 0`, feed and cut.

    A piece is never cut by a pause, so a strip's header and data stay together.
    """
    return (RESET, *encode_picture(picture, paper), end_of_ticket(paper))


def encode_picture(picture: Image.Image, paper: Paper) -> tuple[bytes, ...]:
    """A mode "1" picture, its width a multiple of 8, as strips of `GS v 0`."""
    printer = _byte_builder(picture.width)
    pieces: list[bytes] = []
    for strip in _strips(picture, paper):
        printer.image(strip, fragment_height=strip.height)
        pieces.append(_take(printer))
    return tuple(pieces)


def end_of_ticket(paper: Paper) -> bytes:
    """Feed (`ESC d`) and cut."""
    return bytes((0x1B, 0x64, paper.feed_lines)) + _CUTS[paper.cutter]


def filler(paper: Paper) -> bytes:
    """Zeros that end a strip which was cut short: the printer still waits for it and would swallow the next ticket's
    beginning. A printer that waits for nothing ignores them.
    """
    return bytes(paper.dots // 8 * paper.strip_rows)


def _strips(picture: Image.Image, paper: Paper) -> list[Image.Image]:
    height = -(-picture.height // paper.pad_rows) * paper.pad_rows
    padded = Image.new("1", (picture.width, height), 255)
    padded.paste(picture, (0, 0))
    return [
        padded.crop((0, top, picture.width, min(top + paper.strip_rows, height)))
        for top in range(0, height, paper.strip_rows)
    ]


def _take(printer: Any) -> bytes:  # noqa: ANN401 - python-escpos has no types
    taken = bytes(printer.output)
    printer.clear()
    return taken


def _byte_builder(dots: int) -> Any:  # noqa: ANN401 - python-escpos has no types
    """An empty `Dummy` that knows the paper's width; without one python-escpos complains on stdout at each strip."""
    capabilities, dummy = _escpos()
    profile = capabilities.Profile()
    profile.profile_data = {**profile.profile_data, "media": {"width": {"pixels": dots}}}
    return dummy(profile=profile)


@cache
def _escpos() -> tuple[Any, Any]:
    """python-escpos, loaded at the first ticket: 0.5 s that program start need not pay.

    Its import sets up the root logger and leaves a folder with a pickle in /tmp behind; both are undone.
    """
    root = logging.getLogger()
    handlers = list(root.handlers)
    from escpos import capabilities
    from escpos.printer import Dummy

    root.handlers[:] = handlers
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return capabilities, Dummy
