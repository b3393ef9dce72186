from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.pads.decoder import decoder_for
from hardware.pads.events import PadAction, PadEvent
from hardware.pads.frames import PadFrame, build_frame
from hardware.pads.key_map import load_map, read_map, shipped_maps


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("key_call", PadAction.CALL),
        ("key_recall", PadAction.RECALL),
        ("key_evaluate", PadAction.EVALUATE),
        ("key_6_ok_noshow", PadAction.NO_SHOW),
        ("key_0_ok_hold", PadAction.HOLD),
        ("key_3_ok_callback", PadAction.CALL_BACK),
        ("key_pause", PadAction.PAUSE),
        ("key_transfer", PadAction.TRANSFER),
        ("evaluator_result_0", PadAction.RATE_5),
    ],
)
def test_keys_are_as_computed_by_others(name: str, action: PadAction, vectors: dict[str, Any]) -> None:
    decoder = decoder_for(load_map("call_pad_21"))
    assert decoder.feed(bytes.fromhex(vectors["call_pad"][name])) == [PadEvent(action, 1)]


def test_what_the_hall_says_is_no_key_although_some_adapters_echo_it(vectors: dict[str, Any]) -> None:
    decoder = decoder_for(load_map("call_pad_21"))
    for name, frame in vectors["call_pad"].items():
        if name.startswith("host"):
            assert decoder.feed(bytes.fromhex(frame)) == []


def test_key_frames_may_have_any_command_but_that_of_ratings() -> None:
    decoder = decoder_for(load_map("call_pad_21"))
    assert decoder.feed(build_frame(PadFrame(7, 0x05, b"\x0c"))) == [PadEvent(PadAction.CALL, 7)]
    assert decoder.feed(build_frame(PadFrame(7, 0x11, b"\x0c"))) == []


def test_digits_that_are_no_key_are_a_number() -> None:
    decoder = decoder_for(load_map("call_pad_21"))
    typed = build_frame(PadFrame(2, 0x01, b"\x00\x02\x03\x0f"))
    assert decoder.feed(typed) == [PadEvent(PadAction.NUMBER, 2, "023")]


def test_digits_and_the_call_key_call_that_number() -> None:
    decoder = decoder_for(load_map("call_pad_21"))
    typed = build_frame(PadFrame(2, 0x01, b"\x00\x02\x03\x0c"))
    assert decoder.feed(typed) == [PadEvent(PadAction.CALL, 2, "023")]
    recalled = build_frame(PadFrame(2, 0x01, b"\x00\x02\x03\x0d"))
    assert decoder.feed(recalled) == []


def test_a_number_pad_types_digits_and_the_call_key() -> None:
    decoder = decoder_for(load_map("keyboard_digits"))
    assert decoder.feed(b"023+\r\n") == [PadEvent(PadAction.CALL, digits="023")]
    assert decoder.feed(b"0x23+\r\n+23\r\n" + b"1" * 5000 + b"+\n") == []


def test_a_call_key_that_is_a_digit_is_part_of_a_number() -> None:
    pad_map = read_map("ours", {"protocol": "typed", "keys": {"5": "call"}})
    assert decoder_for(pad_map).feed(b"5\n235\n") == [
        PadEvent(PadAction.CALL),
        PadEvent(PadAction.NUMBER, digits="235"),
    ]


def test_a_pad_of_single_bytes() -> None:
    decoder = decoder_for(load_map("single_byte"))
    events = decoder.feed(b"C\x00\xffN5")
    assert [event.action for event in events] == [PadAction.CALL, PadAction.NO_SHOW, PadAction.RATE_5]
    assert [event.action.level for event in events] == [0, 0, 5]


def test_a_number_pad_types_keys_and_numbers() -> None:
    decoder = decoder_for(load_map("keyboard_digits"))
    assert decoder.feed(b"6\r\n+\r\n10") == [PadEvent(PadAction.NO_SHOW), PadEvent(PadAction.CALL)]
    assert decoder.feed(b"23\n") == [PadEvent(PadAction.NUMBER, digits="1023")]


def test_typed_digits_without_enter_are_forgotten_after_a_while() -> None:
    decoder = decoder_for(load_map("keyboard_digits"))
    decoder.feed(b"99")
    decoder.pause()
    assert decoder.feed(b"6\n") == [PadEvent(PadAction.NO_SHOW)]


@pytest.mark.parametrize(
    ("name", "sent"),
    [("call_pad_21", build_frame(PadFrame(1, 1, b"\x03\x0f"))), ("keyboard_digits", b"3\n")],
)
def test_the_digits_of_an_action_are_kept_for_who_asked_for_a_counter(name: str, sent: bytes) -> None:
    (event,) = decoder_for(load_map(name)).feed(sent)
    assert (event.action, event.digits, event.typed) == (PadAction.CALL_BACK, "", "3")


def test_a_key_held_down_is_no_number() -> None:
    assert decoder_for(load_map("keyboard_digits")).feed(b"1" * 5000 + b"\n") == []


@given(st.sampled_from(shipped_maps()), st.lists(st.binary(max_size=200), max_size=5))
def test_any_bytes_are_survived(name: str, pieces: list[bytes]) -> None:
    decoder = decoder_for(load_map(name))
    for piece in pieces:
        assert all(isinstance(event, PadEvent) for event in decoder.feed(piece))
    assert all(event.action in PadAction for event in decoder.pause())
