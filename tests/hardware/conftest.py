"""Tickets to print, the font to print them with, and frames that others published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from hardware.printing.fonts import TicketFont, shipped_font
from hardware.printing.raster import draw_slip
from shared.domain.slip import Align, Badge, Pair, QrCode, Rule, Size, Slip, Space, Text

TICKET_URL = "https://q.example.cn/t/renmin/2026-11-23/A023"


@pytest.fixture(scope="session")
def vectors() -> dict[str, Any]:
    """What `vectors.json` holds."""
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="session")
def font() -> TicketFont:
    """The font that is the same on every machine."""
    return shipped_font()


@pytest.fixture(scope="session")
def chinese_ticket() -> Slip:
    """A ticket as the kiosk prints it."""
    return Slip(
        (
            Text("人民路营业厅", Size.TITLE, bold=True, align=Align.CENTER),
            Rule(),
            Text("套餐变更", Size.LARGE, bold=True, align=Align.CENTER),
            Space(2),
            Text("A023", Size.HERO, bold=True, align=Align.CENTER),
            Space(3),
            Badge("长者优先"),
            Rule(dashed=True),
            Pair("前面等候", "3 人"),
            Pair("预计等候", "约 5–9 分钟"),
            Pair("取号时间", "2026-11-23 09:41"),
            Rule(dashed=True),
            QrCode(TICKET_URL, beside="扫码查看排队进度"),
            Text("请留意屏幕与广播，过号请到咨询台恢复。", Size.SMALL, align=Align.CENTER),
        ),
        title="A023",
    )


@pytest.fixture(scope="session")
def english_ticket() -> Slip:
    """A ticket with everything as long as it gets."""
    return Slip(
        (
            Text("Renmin Road Service Hall", Size.TITLE, bold=True, align=Align.CENTER),
            Rule(),
            Text("Government and enterprise customers", Size.LARGE, bold=True, align=Align.CENTER),
            Text("B1000", Size.HERO, bold=True, align=Align.CENTER),
            Pair("Ahead of you", "12 people"),
            Pair("Expected wait", "about 25–40 minutes"),
            QrCode(TICKET_URL),
            Text("Please watch the screen.", Size.SMALL, align=Align.CENTER),
        ),
        title="B1000",
    )


@pytest.fixture
def small_slip() -> Slip:
    """A slip that is quick to draw."""
    return Slip((Text("A023", Size.TITLE),), title="A023")


@pytest.fixture(scope="session")
def chinese_picture(chinese_ticket: Slip, font: TicketFont) -> Image.Image:
    """The Chinese ticket on 80 mm paper."""
    return draw_slip(chinese_ticket, 80, font)
