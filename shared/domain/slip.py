"""The neutral ticket document: what a paper slip says, without saying how a printer draws it.

A slip is laid out once and drawn by one of several renderers (raster today, GBK text for slow lines).
Sizes are steps, not points, and lengths are millimetres, so that one slip fits 58 mm and 80 mm paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.bitmap import Bitmap


class Size(StrEnum):
    """Type steps of a slip; the renderer turns them into dots for its paper width."""

    SMALL = "small"
    BODY = "body"
    TITLE = "title"
    LARGE = "large"
    HERO = "hero"


class Align(StrEnum):
    """Where a text stands between the margins."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. It shrinks a little to stay on one line, then wraps; nothing is ever clipped."""

    text: str
    size: Size = Size.BODY
    bold: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Badge:
    """A short word in white on a black pill, centred: the priority class."""

    text: str
    size: Size = Size.BODY


@dataclass(frozen=True, slots=True)
class Pair:
    """A label at the left and its value at the right of one line."""

    left: str
    right: str
    size: Size = Size.BODY
    bold: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A hairline across the slip; dashed where the paper may be torn or the eye should pause less."""

    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """Empty paper, in millimetres."""

    mm: float


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code with its side in millimetres; `beside` is a caption set to its right."""

    data: str
    size_mm: float = 24.0
    beside: str = ""

    def __post_init__(self) -> None:
        if not self.data:
            raise ValueError("a QR code needs data")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, centred, a dot for a dot; one that is wider than the paper is drawn smaller."""

    bitmap: Bitmap


Block = Text | Badge | Pair | Rule | Space | QrCode | Picture


@dataclass(frozen=True, slots=True)
class Slip:
    """A whole slip, top to bottom. `title` names it in logs and file lists, usually the number."""

    blocks: tuple[Block, ...]
    title: str = ""
    copies: int = 1

    def __post_init__(self) -> None:
        if not self.blocks:
            raise ValueError("a slip needs at least one block")
        if self.copies < 1:
            raise ValueError("a slip is printed at least once")
