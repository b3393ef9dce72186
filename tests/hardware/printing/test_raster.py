from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image, ImageOps

from hardware.printing import raster
from hardware.printing.fonts import TicketFont
from hardware.printing.paper import DOTS_ACROSS
from hardware.printing.raster import draw_slip
from shared.domain.slip import Align, Badge, Block, Pair, QrCode, Rule, Size, Slip, Space, Text

LONG_NAME = "国际漫游与港澳台一卡多号业务办理（含携号转网）International roaming"


def ink_box(picture: Image.Image) -> tuple[int, int, int, int]:
    box = ImageOps.invert(picture.convert("L")).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("width_mm", [58, 80])
@pytest.mark.parametrize("language", ["chinese", "english"])
def test_a_ticket_looks_as_approved(
    width_mm: int,
    language: str,
    request: pytest.FixtureRequest,
    font: TicketFont,
    golden: Callable[[str, bytes], bytes],
) -> None:
    picture = draw_slip(request.getfixturevalue(f"{language}_ticket"), width_mm, font)
    png = io.BytesIO()
    picture.save(png, format="PNG")
    approved = Image.open(io.BytesIO(golden(f"{language}_{width_mm}mm.png", png.getvalue())))
    assert (approved.size, approved.tobytes()) == (picture.size, picture.tobytes())


@pytest.mark.parametrize("width_mm", [58, 80])
def test_the_qr_code_decodes(chinese_ticket: Slip, width_mm: int, font: TicketFont) -> None:
    (code,) = zxingcpp.read_barcodes(draw_slip(chinese_ticket, width_mm, font).convert("L"))
    assert code.text.endswith("/2026-11-23/A023")


@pytest.mark.parametrize("width_mm", [58, 80])
@pytest.mark.parametrize(
    "block",
    [
        *(Text(LONG_NAME, size, bold=True, align=align) for size in Size for align in Align),
        Badge(LONG_NAME),
        Pair("预计等候", LONG_NAME),
        Pair(LONG_NAME, LONG_NAME),
        Rule(),
        Rule(dashed=True),
        QrCode("x" * 600, size_mm=90),
        QrCode("https://q.example.cn", beside=LONG_NAME * 4),
    ],
)
def test_nothing_is_clipped(block: Block, width_mm: int, font: TicketFont) -> None:
    picture = draw_slip(Slip((Space(3), block, Space(3))), width_mm, font)
    left, top, right, bottom = ink_box(picture)
    assert picture.width == DOTS_ACROSS[width_mm]
    assert left >= 4
    assert right <= picture.width - 4
    assert top >= 20
    assert bottom <= picture.height - 20


def test_the_number_fills_the_width_and_is_by_far_the_largest(font: TicketFont) -> None:
    number = draw_slip(Slip((Text("A023", Size.HERO, bold=True, align=Align.CENTER),)), 80, font)
    service = draw_slip(Slip((Text("A023", Size.LARGE, bold=True, align=Align.CENTER),)), 80, font)
    left, _, right, _ = ink_box(number)
    assert right - left > 0.75 * number.width
    assert number.height > 3 * (ink_box(service)[3] - ink_box(service)[1])


def test_digits_are_tabular(font: TicketFont) -> None:
    face = font.at(100, bold=False)
    assert len({face.getlength(digit) for digit in "0123456789"}) == 1


def test_bold_is_darker(font: TicketFont) -> None:
    def ink(*, bold: bool) -> int:
        picture = draw_slip(Slip((Text("套餐变更", Size.TITLE, bold=bold),)), 80, font)
        return picture.convert("L").histogram()[0]

    assert ink(bold=True) > 1.15 * ink(bold=False)


@pytest.mark.parametrize("width_mm", [58, 80])
def test_what_two_tickets_share_is_drawn_once(
    width_mm: int, chinese_ticket: Slip, font: TicketFont, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, other = Text("A023", Size.HERO, bold=True), Text("B104", Size.HERO, bold=True)
    first, second = (Slip((*chinese_ticket.blocks, block), title="") for block in (number, other))
    raster._drawer.cache_clear()
    alone = draw_slip(second, width_mm, font)
    raster._drawer.cache_clear()
    drawn: list[Block] = []
    draw = raster._Drawer._draw

    def draw_and_tell(drawer: raster._Drawer, block: Block) -> Image.Image:
        drawn.append(block)
        return draw(drawer, block)

    monkeypatch.setattr(raster._Drawer, "_draw", draw_and_tell)
    draw_slip(first, width_mm, font)
    assert set(drawn) == set(first.blocks)
    drawn.clear()
    picture = draw_slip(second, width_mm, font)
    assert drawn == [other]
    assert (picture.size, picture.tobytes()) == (alone.size, alone.tobytes())
    raster._drawer.cache_clear()
