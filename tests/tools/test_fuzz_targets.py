"""The properties that atheris tries for minutes, tried a hundred times in every run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.pads.frames import PadFrame, PadFrameReader, build_frame
from tools.fuzz import targets

FRAMES = st.builds(
    build_frame,
    st.builds(PadFrame, st.integers(0, 255), st.integers(0, 255), st.binary(max_size=62)),
)
LINES = st.lists(FRAMES | FRAMES.map(lambda frame: frame[:-2]) | st.binary(max_size=40), max_size=8).map(
    b"".join
)


@pytest.mark.parametrize("name", targets.TARGETS)
@given(data=st.binary(max_size=300) | LINES)
def test_it_holds_for_any_bytes(name: str, data: bytes) -> None:
    targets.TARGETS[name](data)


@pytest.mark.parametrize("name", targets.TARGETS)
def test_the_seeds_are_sound(name: str) -> None:
    assert targets.SEEDS[name]
    for seed in targets.SEEDS[name]:
        targets.TARGETS[name](seed)


def test_a_reader_that_made_frames_up_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up = PadFrame(9, 9, b"\x09")
    monkeypatch.setattr(PadFrameReader, "give_up_waiting", lambda _self: [made_up])
    with pytest.raises(AssertionError):
        targets.frames(b"")
