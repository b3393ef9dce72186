"""What the pages point to is there, and both languages tell the same settings and keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from counter_terminal.actions import KEYS
from shared.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LARGEST_BYTES = 300_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    goals = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    local = [goal for goal in goals if "://" not in goal]

    assert [goal for goal in local if not (page.parent / goal).exists()] == []


@pytest.mark.parametrize("name", ["install.md", "install.zh-CN.md"])
def test_every_setting_is_explained(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    explained = re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)

    assert explained == list(Settings.model_fields)


@pytest.mark.parametrize("name", ["operate.md", "operate.zh-CN.md"])
def test_every_key_of_the_terminal_is_explained(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8").replace("退格键", "Backspace")
    table = {
        cell
        for row in re.findall(r"^\| ([^|]+) \|", text, flags=re.MULTILINE)
        for cell in re.split("[,、] ?", row)
    }

    assert {key for keys in KEYS.values() for key in keys} <= table


def test_every_picture_is_shown_and_small() -> None:
    pictures = sorted((ROOT / "docs" / "images").glob("*.png"))
    shown = "".join(page.read_text(encoding="utf-8") for page in PAGES)

    assert [picture.name for picture in pictures if f"images/{picture.name}" not in shown] == []
    assert [picture.name for picture in pictures if picture.stat().st_size > LARGEST_BYTES] == []
    for picture in pictures:
        with Image.open(picture) as opened:
            opened.verify()
