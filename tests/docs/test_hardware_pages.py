"""The hardware pages name all that an address, a preset or a key map may say; what they show to copy works."""

from __future__ import annotations

import re
import textwrap
import tomllib
from pathlib import Path
from typing import Any

import pytest

from hardware.pads.decoder import decoder_for
from hardware.pads.events import PadAction
from hardware.pads.key_map import read_map, shipped_maps
from hardware.printing.profile import PROFILE_OPTIONS, shipped_profiles
from hardware.signs.frame_parts import Message
from hardware.signs.preset import preset_names, read_preset
from hardware.simulators.faults import Fault
from lobby_display.hall_signs import signs_of
from shared.settings import Settings
from shared.words import Words

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ("hardware.md", "hardware.zh-CN.md")
MIDDLE_RATINGS = {PadAction.RATE_2, PadAction.RATE_3, PadAction.RATE_4}
"""The pages say `rate_1` to `rate_5`."""


def examples(page: str, word: str) -> list[dict[str, Any]]:
    """The TOML on a page that has a key of this name."""
    blocks = re.findall(
        r"^ *```toml\n(.*?)^ *```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    return [table for table in map(tomllib.loads, map(textwrap.dedent, blocks)) if word in table]


def test_the_preset_on_the_page_is_one() -> None:
    (table,) = examples("hardware.md", "frame")
    preset = read_preset("my_board", table)
    assert preset.baud == 4800
    assert preset.grammar.build(Message(1, "A023")) == bytes.fromhex("02 30 01 00 04 41 30 32 33 45 03")


@pytest.mark.parametrize("page", PAGES)
def test_the_key_map_on_the_page_is_one(page: str) -> None:
    (table,) = examples(page, "protocol")
    assert [event.action for event in decoder_for(read_map("ours", table)).feed(b"\xa1\xb1")] == [
        PadAction.CALL,
        PadAction.RATE_5,
    ]


@pytest.mark.parametrize("page", PAGES)
def test_the_settings_on_the_page_are_a_machines_settings(page: str) -> None:
    for word in ("pad", "signs"):
        (table,) = examples(page, word)
        Settings(**table)
    (table,) = examples(page, "signs")
    assert len(signs_of(Settings(**table).signs, table["summary_sign"], Words("zh")).windows) == len(
        table["signs"]
    )


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "names",
    [
        preset_names(),
        shipped_maps(),
        shipped_profiles(),
        tuple(PROFILE_OPTIONS),
        tuple(str(action) for action in PadAction if action not in MIDDLE_RATINGS),
        tuple(str(fault) for fault in Fault),
    ],
    ids=("presets", "key maps", "profiles", "printer options", "pad actions", "faults"),
)
def test_every_name_is_explained(page: str, names: tuple[str, ...]) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_0-9]+)`", text)) | set(re.findall(r"[?&=]([a-z_0-9]+)", text))
    assert sorted(set(names) - named) == []
