"""Where a Chinese font for tickets is found: the machine's own Noto CJK first, then the one we ship with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import ImageFont

_SYSTEM_PAIRS = (
    (
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    ),
    (
        "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Bold.ttc",
    ),
)
_SIMPLIFIED_CHINESE_IN_COLLECTION = 2


@dataclass(frozen=True, slots=True)
class TicketFont:
    """A font file for text and, if there is one, its bold cut; without one, bold is drawn with a stroke."""

    regular: Path
    bold: Path | None = None

    def at(self, pixels: int, *, bold: bool) -> ImageFont.FreeTypeFont:
        """The font at a size in dots (em). Raises OSError when the file cannot be read."""
        return _loaded(self.bold if bold and self.bold else self.regular, pixels)

    def stroke(self, pixels: int, *, bold: bool) -> float:
        """Dots of stroke, on each side of a line, that stand in for a missing bold cut."""
        return pixels / 50 if bold and self.bold is None else 0.0


def shipped_font() -> TicketFont:
    """Noto Sans SC from the `pylopdf-fonts-zh-cn` package (OFL): the same on every machine."""
    return TicketFont(pylopdf_fonts_zh_cn.sans_path())


def find_ticket_font() -> TicketFont:
    """A system Noto Sans CJK where there is one, since it has a true bold; else the shipped font."""
    for regular, bold in _SYSTEM_PAIRS:
        if Path(regular).is_file() and Path(bold).is_file():
            return TicketFont(Path(regular), Path(bold))
    return shipped_font()


@cache
def _loaded(path: Path, pixels: int) -> ImageFont.FreeTypeFont:
    index = _SIMPLIFIED_CHINESE_IN_COLLECTION if path.suffix == ".ttc" else 0
    return ImageFont.truetype(str(path), pixels, index=index, layout_engine=ImageFont.Layout.BASIC)
