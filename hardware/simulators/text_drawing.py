"""Text as a thermal printer with a Chinese font of its own prints it: fixed cells, doubled by repeating dots."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PIL import Image, ImageDraw, ImageOps

from hardware.printing.fonts import shipped_font
from hardware.printing.raster import QUIET_MODULES, qr_modules

_CELL_WIDTH, _CELL_HEIGHT = 12, 24
_LATIN_EM, _CHINESE_EM = 20, 23
_BASELINE = 20
_LEAD_BYTE = 0x81


@dataclass(frozen=True, slots=True)
class _Modes:
    """What `ESC @` puts back: character scale, alignment 0 to 2, bold, white on black, Chinese doubled, QR module."""

    scale: int = 0
    chinese_doubled: int = 0
    align: int = 0
    bold: bool = False
    is_reversed: bool = False
    module: int = 3
    code: bytes = b""


@dataclass(slots=True)
class TextPrinter:
    """Collects characters into a line; pictures of whole lines come out, black on white and as wide as the paper."""

    dots: int
    _modes: _Modes = field(default_factory=_Modes)
    _lead: bytes = b""
    _cells: list[Image.Image] = field(default_factory=list)

    def reset(self) -> None:
        """`ESC @`."""
        self._modes = _Modes()
        self._lead = b""
        self._cells = []

    def set_mode(self, name: bytes, value: int) -> None:
        """`ESC a`, `ESC E`, `GS !`, `GS B` or `FS !`."""
        match name:
            case b"\x1ba":
                self._modes = replace(self._modes, align=value % 3)
            case b"\x1bE":
                self._modes = replace(self._modes, bold=bool(value & 1))
            case b"\x1d!":
                self._modes = replace(self._modes, scale=value)
            case b"\x1dB":
                self._modes = replace(self._modes, is_reversed=bool(value & 1))
            case b"\x1c!":
                self._modes = replace(self._modes, chinese_doubled=value)

    def put(self, byte: int) -> Image.Image | None:
        """One byte of text; the line's picture when it is a line feed."""
        if self._lead:
            self._cells.append(self._cell((self._lead + bytes((byte,))).decode("gbk", errors="replace"), 2))
            self._lead = b""
        elif byte == 0x0A:
            return self._line()
        elif byte >= _LEAD_BYTE:
            self._lead = bytes((byte,))
        elif byte >= 0x20:
            self._cells.append(self._cell(chr(byte), 1))
        return None

    def feed(self, rows: int) -> Image.Image:
        """`ESC J`: empty paper."""
        return Image.new("1", (self.dots, rows), 255)

    def qr_code(self, function: int, data: bytes) -> Image.Image | None:
        """`GS ( k` for QR codes: the picture when the function is to print."""
        match function:
            case 0x43:
                self._modes = replace(self._modes, module=data[0])
            case 0x50:
                self._modes = replace(self._modes, code=data[1:])
            case 0x51 if self._modes.code:
                return self.placed(_qr_code(self._modes.code.decode(errors="replace"), self._modes.module))
        return None

    def _cell(self, character: str, columns: int) -> Image.Image:
        cell = Image.new("1", (_CELL_WIDTH * columns, _CELL_HEIGHT), 255)
        em = _LATIN_EM if columns == 1 else _CHINESE_EM
        face = shipped_font().at(em, bold=False)
        canvas = ImageDraw.Draw(cell)
        canvas.text(
            (0, _BASELINE), character, font=face, fill=0, anchor="ls", stroke_width=self._modes.bold / 2
        )
        if self._modes.is_reversed:
            cell = ImageOps.invert(cell)
        width, height = self._scale(columns)
        return cell.resize((cell.width * width, cell.height * height), Image.Resampling.NEAREST)

    def _scale(self, columns: int) -> tuple[int, int]:
        """`FS !` rules Chinese characters, `GS !` the others."""
        if columns == 1:
            return (self._modes.scale >> 4) + 1, (self._modes.scale & 0x0F) + 1
        return 1 + bool(self._modes.chinese_doubled & 0x04), 1 + bool(self._modes.chinese_doubled & 0x08)

    def _line(self) -> Image.Image:
        cells, self._cells = self._cells, []
        height = max((cell.height for cell in cells), default=_CELL_HEIGHT) + 6
        line = Image.new("1", (max(sum(cell.width for cell in cells), 1), height), 255)
        left = 0
        for cell in cells:
            line.paste(cell, (left, height - 3 - cell.height))
            left += cell.width
        return self.placed(line)

    def placed(self, picture: Image.Image) -> Image.Image:
        """The picture on paper of full width, where the alignment wants it."""
        paper = Image.new("1", (self.dots, picture.height), 255)
        free = max(self.dots - picture.width, 0)
        paper.paste(picture, ((0, free // 2, free)[self._modes.align], 0))
        return paper


def _qr_code(data: str, module: int) -> Image.Image:
    """Without its quiet zone: that is for the program to leave."""
    rows = [row[QUIET_MODULES:-QUIET_MODULES] for row in qr_modules(data)[QUIET_MODULES:-QUIET_MODULES]]
    picture = Image.new("1", (len(rows), len(rows)), 255)
    picture.putdata([0 if dark else 255 for row in rows for dark in row])
    side = len(rows) * module
    return picture.resize((side, side), Image.Resampling.NEAREST)
