from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.signs.frame_parts import FrameError, Message
from hardware.signs.preset import PresetError, load_preset, read_preset, shipped_presets

ADDRESSED_TEXT_PRESETS = ["strip_aa_bb", "strip_nibble", "strip_a0_90", "strip_fe_86"]
SHOWN_TEXT = st.text(alphabet="请到号窗口暂停服务欢迎光临堃ABC0123456789 ￥，", max_size=24)


def test_every_preset_makes_the_frames_that_others_published(vectors: dict[str, Any]) -> None:
    for vector in vectors["signs"]:
        grammar = load_preset(vector["preset"]).grammar
        frame = grammar.build(Message(vector["address"], vector["text"]))
        assert frame.hex(" ").upper() == vector["frame"], vector["preset"]


def test_no_preset_is_shipped_without_a_frame_that_proves_it(vectors: dict[str, Any]) -> None:
    assert {vector["preset"] for vector in vectors["signs"]} == set(shipped_presets())


def test_a_frame_with_any_byte_damaged_is_refused(vectors: dict[str, Any]) -> None:
    for vector in vectors["signs"]:
        grammar = load_preset(vector["preset"]).grammar
        frame = bytes.fromhex(vector["frame"])
        good = grammar.read(frame)
        for index in range(len(frame)):
            damaged = frame[:index] + bytes((frame[index] ^ 0x01,)) + frame[index + 1 :]
            try:
                assert grammar.read(damaged) != good
            except FrameError:
                continue


@pytest.mark.parametrize("preset", ["strip_aa_bb", "strip_a0_90", "strip_fe_86", "xunpeng_digits"])
def test_a_checksum_finds_any_damaged_byte(preset: str, vectors: dict[str, Any]) -> None:
    grammar = load_preset(preset).grammar
    frame = bytes.fromhex(next(v["frame"] for v in vectors["signs"] if v["preset"] == preset))
    unprotected = {"strip_aa_bb": 5}.get(preset, 0)
    for index in range(unprotected, len(frame)):
        with pytest.raises(FrameError):
            grammar.read(frame[:index] + bytes((frame[index] ^ 0x10,)) + frame[index + 1 :])


@pytest.mark.parametrize("preset", shipped_presets())
@pytest.mark.parametrize("frame", [b"", b"\xaa", b"\xff" * 40])
def test_rubbish_is_refused(preset: str, frame: bytes) -> None:
    with pytest.raises(FrameError):
        load_preset(preset).grammar.read(frame)


@given(st.sampled_from(ADDRESSED_TEXT_PRESETS), st.integers(0, 255), SHOWN_TEXT, st.integers(1, 600))
def test_what_is_written_is_what_is_read(preset: str, address: int, text: str, sequence: int) -> None:
    grammar = load_preset(preset).grammar
    frame = grammar.build(Message(address, text, sequence))
    read = grammar.read(frame)
    assert (read.address, read.text) == (address, text)


def test_characters_that_gbk_lacks_never_become_four_bytes() -> None:
    frame = load_preset("strip_aa_bb").grammar.build(Message(1, "𠮷¥30"))
    assert frame[11:-1] == b"?" + "￥30".encode("gbk")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请A023号到3号窗口", "A023 3"),
        ("暂停服务", ""),
        ("A023", "A023"),
        ("   ", "   "),
        ("Counter 3", "Counter 3"),
    ],
)
def test_a_sign_without_chinese_shows_the_numbers_and_no_question_marks(text: str, shown: str) -> None:
    grammar = load_preset("alpha_hold").grammar
    assert grammar.read(grammar.build(Message(1, text))).text == shown


def test_a_display_of_twenty_columns_cuts_between_characters() -> None:
    frame = load_preset("cd5220_upper").grammar.build(Message(1, "请A023号到3号窗口办理业务"))
    assert frame[3:-1] == "请A023号到3号窗口办 ".encode("gbk")


def test_a_board_of_digits_shows_the_number_and_nothing_else() -> None:
    preset = load_preset("xunpeng_digits")
    assert preset.shows_digits_only
    assert preset.grammar.read(preset.grammar.build(Message(5, "A023"))).text == "23"
    assert preset.grammar.read(preset.grammar.build(Message(5, "暂停服务"))).text == "0"


def test_a_number_too_large_for_the_board_is_refused() -> None:
    with pytest.raises(FrameError, match="does not fit"):
        load_preset("xunpeng_digits").grammar.build(Message(5, "70000"))


def test_an_installer_writes_a_preset_of_his_own(tmp_path: Path) -> None:
    path = tmp_path / "my_board.toml"
    path.write_text(
        """
        title = "My board"
        baud = 4800
        encoding = "ascii"
        frame = [
          { bytes = "02" },
          { address = "hex2" },
          { text = "plain", longest = 4 },
          { bytes = "03" },
          { check = "sum16_hex", over = "before", skip = 1 },
        ]
        """,
        encoding="utf-8",
    )
    preset = load_preset(str(path))
    assert (preset.name, preset.title, preset.baud) == ("my_board", "My board", 4800)
    assert preset.grammar.build(Message(10, "A0231")) == b"\x020AA023\x0301" + b"4A"


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ({}, "must be a list"),
        ({"frame": [{"bytes": "AA"}]}, "exactly one part with text or number"),
        ({"frame": [{"bytes": "AG"}, {"text": "plain"}]}, "non-hexadecimal"),
        ({"frame": [{"text": "italic"}]}, "'italic' is not one of"),
        ({"frame": [{"text": "plain", "colour": 1}]}, "unknown option 'colour'"),
        ({"frame": [{"txet": "plain"}]}, "parts begin with"),
        ({"frame": [{"text": "plain"}, {"check": "crc32"}]}, "'crc32' is not one of"),
        ({"frame": [{"text": "plain"}, {"length": "u24"}]}, "u24"),
        ({"frame": [{"text": "plain"}], "encoding": "klingon"}, "klingon"),
        ({"frame": ["AA"]}, "is no part"),
        ({"frame": [{"text": "plain"}], "bauds": 9600}, "unknown key 'bauds'"),
    ],
)
def test_a_slip_of_the_pen_is_named(table: dict[str, Any], complaint: str) -> None:
    with pytest.raises(PresetError, match=complaint):
        read_preset("mine", table)


def test_a_preset_that_is_not_there_says_which_are() -> None:
    with pytest.raises(PresetError, match="strip_a0_90"):
        load_preset("strip")
