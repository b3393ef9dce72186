"""The hardware pages name everything that an address, a preset or a key map may say, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hardware.pads.events import PadAction
from hardware.pads.key_map import shipped_maps
from hardware.printing.profile import PROFILE_OPTIONS, shipped_profiles
from hardware.signs.preset import preset_names
from hardware.simulators.faults import Fault

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ("hardware.md", "hardware.zh-CN.md")
MIDDLE_RATINGS = {PadAction.RATE_2, PadAction.RATE_3, PadAction.RATE_4}
"""The pages say `rate_1` to `rate_5`."""


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
