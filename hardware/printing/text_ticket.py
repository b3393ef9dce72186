"""A slip as text in the printer's own Chinese font: under a thousand bytes where the picture has forty thousand.

Commands: Epson ESC/POS, with `FS &` and `FS !` of its Chinese models, which the clones sold in China follow. `FS !`
only doubles Chinese characters, so numbers alone become larger than that.
"""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image, ImageOps

from hardware.gbk import columns, encode_printable
from hardware.printing.escpos_bytes import RESET, encode_picture, end_of_ticket
from hardware.printing.paper import DOTS_PER_MM, Paper, QrBy
from hardware.printing.raster import QUIET_MODULES, bitmap_picture, dots_per_module, qr_picture
from hardware.printing.text_layout import wrap, wrap_evenly
from shared.domain.slip import Align, Badge, Block, Pair, Picture, QrCode, Rule, Size, Slip, Space, Text

_CHINESE = b"\x1c&"
_LINE_FEED = b"\n"
_BOLD, _NOT_BOLD = b"\x1bE\x01", b"\x1bE\x00"
_REVERSED, _NOT_REVERSED = b"\x1dB\x01", b"\x1dB\x00"
_ALIGN = {Align.LEFT: b"\x1ba\x00", Align.CENTER: b"\x1ba\x01", Align.RIGHT: b"\x1ba\x02"}
_SCALES = {Size.SMALL: (1, 1), Size.BODY: (1, 1), Size.TITLE: (1, 2), Size.LARGE: (2, 2), Size.HERO: (2, 2)}
_LARGEST_SCALE = 6
_LARGEST_MODULE = 16
_SOLID, _DASHED = "─", "- "


def encode_text_ticket(slip: Slip, paper: Paper) -> tuple[bytes, ...]:
    """The slip as pieces to write one after the other; a piece is never cut by a pause."""
    writer = _Writer(paper)
    blocks = [piece for block in slip.blocks for piece in writer.pieces(block)]
    return (RESET + _CHINESE, *blocks, end_of_ticket(paper))


class _Writer:
    """Writes blocks, remembering the modes the printer is in, since each command costs time on the line."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._align = Align.LEFT
        self._scale = (1, 1)

    def pieces(self, block: Block) -> tuple[bytes, ...]:  # noqa: PLR0911 - one for each kind
        match block:
            case Text():
                return (self._text(block),)
            case Badge():
                return (self._badge(block),)
            case Pair():
                return (self._pair(block),)
            case Rule():
                return (self._rule(block),)
            case Space():
                return (_feed(round(block.mm * DOTS_PER_MM)),)
            case QrCode():
                return self._qr_code(block)
            case Picture():
                return self._picture(block)

    def _text(self, block: Text) -> bytes:
        scale = self._scale_for(block)
        break_lines = wrap if block.align is Align.LEFT else wrap_evenly
        lines = break_lines(block.text, self._paper.columns // scale[0], self._columns)
        written = b"".join(self._bytes(line) + _LINE_FEED for line in lines)
        if block.bold:
            written = _BOLD + written + _NOT_BOLD
        return self._set(block.align, scale) + written

    def _badge(self, block: Badge) -> bytes:
        written = self._bytes(f"  {block.text}  ")
        return self._set(Align.CENTER, (1, 2)) + _REVERSED + written + _NOT_REVERSED + _LINE_FEED

    def _pair(self, block: Pair) -> bytes:
        """Label and value on one line; when both do not fit, the value goes below, at the right."""
        free = self._paper.columns - self._columns(block.left) - self._columns(block.right)
        if free < 1:
            value = Text(block.right, block.size, block.bold, Align.RIGHT)
            return self._text(Text(block.left, block.size)) + self._text(value)
        value_bytes = self._bytes(block.right)
        if block.bold:
            value_bytes = _BOLD + value_bytes + _NOT_BOLD
        return (
            self._set(Align.LEFT, (1, 1)) + self._bytes(block.left) + b" " * free + value_bytes + _LINE_FEED
        )

    def _rule(self, block: Rule) -> bytes:
        line = (_DASHED if block.dashed else _SOLID) * (self._paper.columns // 2)
        return self._set(Align.LEFT, (1, 1)) + self._bytes(line) + _LINE_FEED

    def _qr_code(self, block: QrCode) -> tuple[bytes, ...]:
        side = min(round(block.size_mm * DOTS_PER_MM), self._paper.dots)
        centred = self._set(Align.CENTER, (1, 1))
        caption = (self._text(Text(block.beside, Size.SMALL, align=Align.CENTER)),) if block.beside else ()
        if self._paper.qr is QrBy.PRINTER:
            return (centred + _printers_qr_code(block.data, side), *caption)
        return (centred, *encode_picture(_centred_code(block.data, side), self._paper), *caption)

    def _picture(self, block: Picture) -> tuple[bytes, ...]:
        sheet = _on_whole_bytes(bitmap_picture(block.bitmap, self._paper.dots))
        return (self._set(Align.CENTER, (1, 1)), *encode_picture(sheet, self._paper))

    def _scale_for(self, block: Text) -> tuple[int, int]:
        """A large text that does not fit on one line is only as high, not as wide; a number is as large as it fits."""
        scale = _SCALES[block.size]
        wide = self._columns(block.text)
        if block.size is Size.HERO and block.text.isascii():
            fitting = min(max(self._paper.columns // max(wide, 1), 1), _LARGEST_SCALE)
            return fitting, fitting
        return (1, scale[1]) if wide * scale[0] > self._paper.columns else scale

    def _set(self, align: Align, scale: tuple[int, int]) -> bytes:
        commands = b""
        if align is not self._align:
            commands += _ALIGN[align]
        if scale != self._scale:
            width, height = scale
            doubled = (0x04 if width > 1 else 0) | (0x08 if height > 1 else 0)
            commands += bytes((0x1D, 0x21, (width - 1) << 4 | (height - 1), 0x1C, 0x21, doubled))
        self._align, self._scale = align, scale
        return commands

    def _bytes(self, text: str) -> bytes:
        return b"".join(encode_printable(text, self._paper.encoding))

    @property
    def _columns(self) -> Callable[[str], int]:
        return lambda text: columns(text, self._paper.encoding)


def _feed(dots: int) -> bytes:
    """`ESC J`, as often as it takes."""
    whole, rest = divmod(dots, 255)
    return b"\x1bJ\xff" * whole + bytes((0x1B, 0x4A, rest))


def _printers_qr_code(data: str, side: int) -> bytes:
    """`GS ( k` functions 165, 167, 169, 180 and 181: model 2, module size, level M, store, print, and a quiet zone."""
    module = min(dots_per_module(data, side), _LARGEST_MODULE)
    stored = data.encode()
    store = b"\x1d(k" + (len(stored) + 3).to_bytes(2, "little") + b"1P0" + stored
    quiet = _feed(module * QUIET_MODULES)
    commands = (b"\x1d(k\x04\x001A2\x00", b"\x1d(k\x03\x001C" + bytes((module,)), b"\x1d(k\x03\x001E1", store)
    return quiet + b"".join(commands) + b"\x1d(k\x03\x001Q0" + quiet


def _centred_code(data: str, side: int) -> Image.Image:
    return _on_whole_bytes(qr_picture(data, side)[0])


def _on_whole_bytes(ink: Image.Image) -> Image.Image:
    """Ink (255 is black) as a mode "1" picture whose width is whole bytes."""
    width = -(-ink.width // 8) * 8
    sheet = Image.new("L", (width, ink.height), 255)
    sheet.paste(ImageOps.invert(ink), ((width - ink.width) // 2, 0))
    return sheet.point(lambda light: 0 if light < 128 else 255, "1")
