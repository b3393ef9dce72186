from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hardware.pads.events import PadAction
from hardware.pads.key_map import PadMapError, load_map, read_map, shipped_maps

COMMON_PATH = {
    PadAction.CALL,
    PadAction.RECALL,
    PadAction.NO_SHOW,
    PadAction.HOLD,
    PadAction.CALL_BACK,
    PadAction.TRANSFER,
    PadAction.PAUSE,
    PadAction.EVALUATE,
}


@pytest.mark.parametrize("name", shipped_maps())
def test_every_shipped_pad_can_do_the_clerks_common_path(name: str) -> None:
    assert set(load_map(name).keys.values()) >= COMMON_PATH


@pytest.mark.parametrize("name", ["call_pad_21", "single_byte"])
def test_pads_that_rate_know_all_five_levels(name: str) -> None:
    assert {action.level for action in load_map(name).ratings.values()} == {1, 2, 3, 4, 5}


def test_an_installer_writes_a_map_of_his_own(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text('protocol = "bytes"\nbaud = 2400\n[keys]\n"A1" = "call"\n', encoding="utf-8")
    pad_map = load_map(str(path))
    assert (pad_map.name, pad_map.baud, pad_map.keys) == ("ours", 2400, {b"\xa1": PadAction.CALL})


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ({}, "not a valid PadProtocol"),
        ({"protocol": "bytes", "keyz": {}}, "unknown key 'keyz'"),
        ({"protocol": "bytes", "keys": {"A1": "shout"}}, "'shout'"),
        ({"protocol": "bytes", "keys": {"A1 A2": "call"}}, "one byte"),
        ({"protocol": "bytes", "keys": {"G1": "call"}}, "hex"),
        ({"protocol": "frames", "keys": {"0C": "call", "0c": "hold"}}, "mapped twice"),
        ({"protocol": "typed", "keys": {"六": "call"}}, "ascii"),
        ({"protocol": "typed", "keys": ["6"]}, "items"),
    ],
)
def test_a_slip_of_the_pen_is_named(table: dict[str, Any], complaint: str) -> None:
    with pytest.raises(PadMapError, match=complaint):
        read_map("mine", table)


def test_a_map_that_is_not_there_says_which_are() -> None:
    with pytest.raises(PadMapError, match="call_pad_21"):
        load_map("call_pad")


def test_a_rate_without_end_is_refused() -> None:
    with pytest.raises(PadMapError, match="ours: "):
        read_map("ours", {"protocol": "bytes", "baud": float("inf")})
