"""Draw a slip as the 1-bit picture that a thermal head prints: one dot, one pixel, 203 dpi."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import qrcode
from PIL import Image, ImageDraw

from hardware.printing.fonts import TicketFont
from hardware.printing.paper import DOTS_ACROSS, DOTS_PER_MM
from hardware.printing.text_layout import wrap, wrap_evenly
from shared.domain.bitmap import Bitmap
from shared.domain.slip import Align, Badge, Block, Pair, Picture, QrCode, Rule, Size, Slip, Space, Text

_EM_DOTS = {
    58: {Size.SMALL: 20, Size.BODY: 25, Size.TITLE: 30, Size.LARGE: 42, Size.HERO: 150},
    80: {Size.SMALL: 22, Size.BODY: 28, Size.TITLE: 36, Size.LARGE: 54, Size.HERO: 220},
}
_MARGIN_DOTS = {58: 8, 80: 16}
_SMALLEST_SHRINK = 0.7
_INK_THRESHOLD = 112
"""Grey of 255 at which a dot is printed; a little below half keeps thin strokes of small Chinese whole."""
QUIET_MODULES = 4
"""White modules that ISO/IEC 18004 asks for around a QR code."""
_WHITE, _BLACK = 0, 255
_STRIPS_KEPT = 64
"""Most of a ticket says the same as the one before: name, logo, labels, what to heed. Each takes a while to draw."""


def draw_slip(slip: Slip, width_mm: int, font: TicketFont) -> Image.Image:
    """The slip as a mode "1" picture, black on white, exactly as wide as the paper prints.

    Raises OSError when the font cannot be read.
    """
    drawer = _drawer(width_mm, font)
    pieces = [drawer.draw(block) for block in slip.blocks]
    sheet = Image.new("L", (DOTS_ACROSS[width_mm], sum(piece.height for piece in pieces)), _WHITE)
    top = 0
    for piece in pieces:
        sheet.paste(piece, (0, top))
        top += piece.height
    return sheet.point(lambda ink: 0 if ink >= _INK_THRESHOLD else 255, "1")


@dataclass(frozen=True, slots=True)
class _Style:
    """A size of type ready to draw with."""

    font: TicketFont
    em: int
    bold: bool

    @property
    def stroke(self) -> float:
        return self.font.stroke(self.em, bold=self.bold)

    @property
    def line_height(self) -> int:
        return round(self.em * 1.4)

    def width(self, text: str) -> float:
        return self.font.at(self.em, bold=self.bold).getlength(text) + 2 * self.stroke

    def shrunk_to(self, text: str, width: float, least: float) -> _Style:
        """This style, smaller if that puts `text` on one line, but never below `least` of its size."""
        em = self.em
        while em > self.em * least and _Style(self.font, em, self.bold).width(text) > width:
            em -= 1
        return _Style(self.font, em, self.bold)

    def put(self, canvas: ImageDraw.ImageDraw, x: float, middle: float, text: str, ink: int = _BLACK) -> None:
        """Draw one line, its em box centred on `middle`: capitals and Chinese look centred that way."""
        face = self.font.at(self.em, bold=self.bold)
        baseline = middle + self.em * 0.36
        canvas.text(
            (x + self.stroke, baseline), text, font=face, fill=ink, anchor="ls", stroke_width=self.stroke
        )


@lru_cache(maxsize=4)
def _drawer(width_mm: int, font: TicketFont) -> _Drawer:
    return _Drawer(width_mm, font)


class _Drawer:
    """Draws blocks as strips of full paper width; black is 255 here, as ink adds up.

    It keeps the strips that it drew last: whoever gets one may look at it, and not draw in it.
    """

    def __init__(self, width_mm: int, font: TicketFont) -> None:
        self.draw = lru_cache(_STRIPS_KEPT)(self._draw)
        self._caption = lru_cache(_STRIPS_KEPT)(self._draw_caption)
        self._font = font
        self._ems = _EM_DOTS[width_mm]
        self._width = DOTS_ACROSS[width_mm]
        self._margin = _MARGIN_DOTS[width_mm]

    @property
    def _inner(self) -> int:
        return self._width - 2 * self._margin

    def _draw(self, block: Block) -> Image.Image:  # noqa: PLR0911 - one for each kind
        match block:
            case Text():
                return self._hero(block) if block.size is Size.HERO else self._text(block)
            case Badge():
                return self._badge(block)
            case Pair():
                return self._pair(block)
            case Rule():
                return self._rule(block)
            case Space():
                return self._strip(round(block.mm * DOTS_PER_MM))
            case QrCode():
                return self._qr_code(block)
            case Picture():
                return self._picture(block)

    def _strip(self, height: int) -> Image.Image:
        return Image.new("L", (self._width, height), _WHITE)

    def _style(self, size: Size, *, bold: bool) -> _Style:
        return _Style(self._font, self._ems[size], bold)

    def _left_edge(self, align: Align, text_width: float) -> float:
        free = self._inner - text_width
        return self._margin + {Align.LEFT: 0.0, Align.CENTER: free / 2, Align.RIGHT: free}[align]

    def _text(self, block: Text) -> Image.Image:
        wanted = self._style(block.size, bold=block.bold)
        style = wanted.shrunk_to(
            block.text, self._inner, _SMALLEST_SHRINK if block.size is Size.LARGE else 1.0
        )
        break_lines = wrap if block.align is Align.LEFT else wrap_evenly
        lines = break_lines(block.text, self._inner, style.width)
        strip = self._strip(style.line_height * len(lines))
        canvas = ImageDraw.Draw(strip)
        for index, line in enumerate(lines):
            left = self._left_edge(block.align, style.width(line))
            style.put(canvas, left, (index + 0.5) * style.line_height, line)
        return strip

    def _hero(self, block: Text) -> Image.Image:
        """The number: as large as its step or the paper allows, boxed by its ink and a millimetre."""
        style = self._style(Size.HERO, bold=block.bold).shrunk_to(block.text, self._inner, 0.2)
        if style.em < self._ems[Size.LARGE]:
            return self._text(replace(block, size=Size.LARGE))
        face = style.font.at(style.em, bold=style.bold)
        left, top, right, bottom = face.getbbox(block.text, anchor="ls", stroke_width=style.stroke)
        air = DOTS_PER_MM
        strip = self._strip(round(bottom - top) + 2 * air)
        x = self._left_edge(block.align, right - left) - left
        ImageDraw.Draw(strip).text(
            (x, air - top), block.text, font=face, fill=_BLACK, anchor="ls", stroke_width=style.stroke
        )
        return strip

    def _badge(self, block: Badge) -> Image.Image:
        style = self._style(block.size, bold=True).shrunk_to(block.text, self._inner - 40, 0.4)
        height = round(style.em * 1.7)
        strip = self._strip(height)
        canvas = ImageDraw.Draw(strip)
        text_width = style.width(block.text)
        left = (self._width - text_width) / 2
        pill = (left - style.em * 0.8, 0, left + text_width + style.em * 0.8, height - 1)
        canvas.rounded_rectangle(pill, radius=height / 2, fill=_BLACK)
        style.put(canvas, left, height / 2, block.text, ink=_WHITE)
        return strip

    def _pair(self, block: Pair) -> Image.Image:
        """Label and value on one line; when both do not fit, the value goes below, at the right."""
        label = self._style(block.size, bold=False)
        value = self._style(block.size, bold=block.bold)
        gap = label.em
        if label.width(block.left) + gap + value.width(block.right) > self._inner:
            return self._below_each_other(
                self._text(Text(block.left, block.size)),
                self._text(Text(block.right, block.size, block.bold, Align.RIGHT)),
            )
        height = round(label.em * 1.6)
        strip = self._strip(height)
        canvas = ImageDraw.Draw(strip)
        label.put(canvas, self._margin, height / 2, block.left)
        value.put(canvas, self._left_edge(Align.RIGHT, value.width(block.right)), height / 2, block.right)
        return strip

    def _below_each_other(self, upper: Image.Image, lower: Image.Image) -> Image.Image:
        strip = self._strip(upper.height + lower.height)
        strip.paste(upper, (0, 0))
        strip.paste(lower, (0, upper.height))
        return strip

    def _rule(self, block: Rule) -> Image.Image:
        strip = self._strip(3 * DOTS_PER_MM)
        canvas = ImageDraw.Draw(strip)
        middle = strip.height // 2
        dash, step = (8, 14) if block.dashed else (self._inner, self._inner)
        for left in range(self._margin, self._margin + self._inner, step):
            right = min(left + dash, self._margin + self._inner) - 1
            canvas.rectangle((left, middle - 1, right, middle), fill=_BLACK)
        return strip

    def _picture(self, block: Picture) -> Image.Image:
        picture = bitmap_picture(block.bitmap, self._inner)
        strip = self._strip(picture.height)
        strip.paste(picture, ((self._width - picture.width) // 2, 0))
        return strip

    def _qr_code(self, block: QrCode) -> Image.Image:
        code, quiet = qr_picture(block.data, min(round(block.size_mm * DOTS_PER_MM), self._inner))
        if not block.beside:
            strip = self._strip(code.height)
            strip.paste(code, ((self._width - code.width) // 2, 0))
            return strip
        return self._captioned(code, quiet, block.beside)

    def _captioned(self, code: Image.Image, quiet: int, caption: str) -> Image.Image:
        """The code's ink stands on the left margin: its quiet zone there is the paper's own edge."""
        strip = self._caption(caption, self._margin - quiet + code.width, code.height).copy()
        strip.paste(code, (self._margin - quiet, (strip.height - code.height) // 2))
        return strip

    def _draw_caption(self, caption: str, left: int, least_height: int) -> Image.Image:
        """What stands beside a code, whose place is left white."""
        style = self._style(Size.SMALL, bold=False)
        lines = wrap(caption, self._width - self._margin - left, style.width)
        strip = self._strip(max(least_height, style.line_height * len(lines)))
        canvas = ImageDraw.Draw(strip)
        top = (strip.height - style.line_height * len(lines)) / 2
        for index, line in enumerate(lines):
            style.put(canvas, left, top + (index + 0.5) * style.line_height, line)
        return strip


def bitmap_picture(bitmap: Bitmap, widest: int) -> Image.Image:
    """A bitmap as ink (255 is black), no wider than so many dots."""
    picture = Image.frombytes("1", (bitmap.width, bitmap.height), bitmap.bits).convert("L")
    if picture.width <= widest:
        return picture
    height = max(1, round(picture.height * widest / picture.width))
    return picture.resize((widest, height), Image.Resampling.LANCZOS)


def qr_picture(data: str, side: int) -> tuple[Image.Image, int]:
    """The code in whole dots a module, its ink as large as `side` allows, and the width of its quiet zone in dots."""
    modules = qr_modules(data)
    dots = dots_per_module(data, side)
    picture = Image.new("L", (len(modules), len(modules)), _WHITE)
    picture.putdata([_BLACK if dark else _WHITE for row in modules for dark in row])
    whole = len(modules) * dots
    return picture.resize((whole, whole), Image.Resampling.NEAREST), QUIET_MODULES * dots


def dots_per_module(data: str, side: int) -> int:
    """How large a module may be for the code's ink to fit `side` dots; never below 2, which nothing could read."""
    return max(side // (len(qr_modules(data)) - 2 * QUIET_MODULES), 2)


@lru_cache(maxsize=8)
def qr_modules(data: str) -> tuple[tuple[bool, ...], ...]:
    """The code's modules, row by row, with the quiet zone around it. Computing them takes longer than the rest."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=QUIET_MODULES)
    code.add_data(data)
    code.make(fit=True)
    return tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())
