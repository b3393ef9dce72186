from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hardware.pads.frames import (
    PadFrame,
    PadFrameReader,
    acknowledge_rating,
    beep,
    build_frame,
    show_ticket,
    show_waiting,
)

FRAME = st.builds(PadFrame, st.integers(0, 255), st.integers(0, 255), st.binary(max_size=10))


def test_what_the_hall_says_is_as_computed_by_others(vectors: dict[str, Any]) -> None:
    pads = vectors["call_pad"]
    assert show_ticket(1, 23) == bytes.fromhex(pads["host_show_ticket_023"])
    assert show_ticket(1, 1023) == show_ticket(1, 23)
    assert show_waiting(1, 5) == bytes.fromhex(pads["host_show_waiting_005"])
    assert beep(1) == bytes.fromhex(pads["host_beep"])
    assert acknowledge_rating(1, 0) == bytes.fromhex(pads["host_ack_result_0"])


def test_more_people_than_the_pad_can_show_are_as_many_as_it_can() -> None:
    assert show_waiting(1, 12_345) == show_waiting(1, 999)


@given(st.lists(FRAME, max_size=5), st.data())
def test_frames_are_the_same_however_their_bytes_arrive(frames: list[PadFrame], data: st.DataObject) -> None:
    sent = b"".join(map(build_frame, frames))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=6)))
    reader = PadFrameReader()
    pieces = [sent[start:end] for start, end in pairwise([0, *cuts, len(sent)])]
    assert [frame for piece in pieces for frame in reader.feed(piece)] == frames


@given(st.binary(max_size=40), FRAME)
def test_a_frame_behind_garbage_is_found(garbage: bytes, frame: PadFrame) -> None:
    reader = PadFrameReader()
    found = reader.feed(garbage + build_frame(frame)) + reader.give_up_waiting()
    assert found[-1:] == [frame]


@given(FRAME, st.integers(1, 30), FRAME)
def test_half_a_frame_does_not_swallow_the_next(cut: PadFrame, kept: int, frame: PadFrame) -> None:
    whole = build_frame(cut)
    reader = PadFrameReader()
    found = reader.feed(whole[: min(kept, len(whole) - 1)] + build_frame(frame)) + reader.give_up_waiting()
    assert found[-1:] == [frame]


@given(FRAME, st.data())
def test_no_damaged_byte_gets_by_the_checksum(frame: PadFrame, data: st.DataObject) -> None:
    sent = bytearray(build_frame(frame))
    index = data.draw(st.integers(0, len(sent) - 1))
    sent[index] ^= data.draw(st.integers(1, 255))
    reader = PadFrameReader()
    assert frame not in reader.feed(bytes(sent)) + reader.give_up_waiting()


@given(st.binary(max_size=3000))
def test_a_flood_is_survived_and_little_of_it_is_kept(data: bytes) -> None:
    reader = PadFrameReader()
    for byte in data:
        reader.feed(bytes((byte,)))
    assert len(reader._pending) < 80
    reader.give_up_waiting()
    assert not reader._pending
