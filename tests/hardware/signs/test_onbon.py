from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.lines.tcp import TcpLine
from hardware.signs.frame_parts import FrameError
from hardware.signs.onbon import (
    OnbonDriver,
    RealtimeArea,
    build_frame,
    read_frame,
    realtime_text,
)
from hardware.signs.opening import open_sign
from hardware.signs.sign import SignTexts
from hardware.status import Cause, Health
from tools.testing.pseudo_terminal import open_pseudo_terminal

AREA = RealtimeArea(64, 0, 64, 12, location=1, line_spacing=10, run_mode=1, speed=0x17, stay=2)


def published(vectors: dict[str, Any], name: str) -> bytes:
    return bytes.fromhex(vectors["onbon"][name])


@pytest.mark.parametrize(
    ("name", "data"),
    [("ping", "A2 00 01 00 00"), ("query_status", "A1 02 01 00 00"), ("clear", "A3 10 01 00 00")],
)
def test_commands_are_the_published_frames(name: str, data: str, vectors: dict[str, Any]) -> None:
    assert build_frame(bytes.fromhex(data)) == published(vectors, name)


def test_texts_are_the_published_frames(vectors: dict[str, Any]) -> None:
    small = RealtimeArea(0, 0, 24, 32, single_line=2, new_line=2, mode=3, speed=4, stay=5, reserved=0x2D)
    digits = bytes.fromhex("30 31 32 33 34 35 51 52 53 54 54 56 27 42")
    assert build_frame(realtime_text(digits, small)) == published(vectors, "realtime_area_24x32")
    area = RealtimeArea(0, 12, 64, 12, 1, 10, 1, speed=0x17, stay=2)
    text = "\\FO000TEMPER:21℃".encode("gbk")
    assert build_frame(realtime_text(text, area, answer=False)) == published(vectors, "realtime_gb2312")
    upper = RealtimeArea(0, 24, 64, 12, 1, 10, 1, speed=0x17, stay=2)
    frame = build_frame(realtime_text(b"\\FO000HUM:66%RH", upper, answer=False))
    assert frame == published(vectors, "realtime_2")


def test_every_published_frame_is_read(vectors: dict[str, Any]) -> None:
    for frame in vectors["onbon"].values():
        assert build_frame(read_frame(bytes.fromhex(frame))) == bytes.fromhex(frame)


def test_the_frame_that_was_published_with_a_wrong_checksum_is_refused(vectors: dict[str, Any]) -> None:
    wrong = published(vectors, "realtime_area_24x32").replace(b"\x18\x00\x20\x00", b"\x80\x00\x20\x00")
    with pytest.raises(FrameError, match="wrong checksum"):
        read_frame(wrong)
    assert wrong.replace(b"\xa8\x7d\x5a", b"\xbd\x6f\x5a") == build_frame(
        read_frame(wrong.replace(b"\xa8\x7d\x5a", b"\xbd\x6f\x5a"))
    )


@given(st.binary(max_size=200), st.integers(1, 0xFFFF))
def test_what_is_written_is_what_is_read_and_marks_stand_only_at_the_edges(data: bytes, address: int) -> None:
    frame = build_frame(data, address)
    assert read_frame(frame) == data
    assert b"\xa5" not in frame[8:]
    assert b"\x5a" not in frame[:-1]


@given(st.binary(max_size=60))
def test_rubbish_is_refused_and_survived(data: bytes) -> None:
    with pytest.raises(FrameError):
        read_frame(data)


class Controller(threading.Thread):
    """Answers each frame on a pseudo-terminal with the next answer of a script."""

    def __init__(self, master: int, answers: list[bytes]) -> None:
        super().__init__(name="controller")
        self.heard: list[bytes] = []
        self._master = master
        self._answers = answers

    def run(self) -> None:
        for answer in self._answers:
            frame = b""
            while not frame.endswith(b"\x5a"):
                frame += os.read(self._master, 4096)
            self.heard.append(read_frame(frame))
            os.write(self._master, answer)


@pytest.fixture
def serial_port() -> Iterator[tuple[int, str]]:
    if sys.platform == "win32":
        pytest.skip("pseudo-terminals are a POSIX thing")
    master, slave = open_pseudo_terminal()
    yield master, os.ttyname(slave)
    os.close(slave)
    os.close(master)


@pytest.mark.expects_log("is down: write_failed")
def test_over_a_serial_line_its_answer_counts(serial_port: tuple[int, str]) -> None:
    acknowledged, refused = (
        build_frame(bytes.fromhex("A0 00 00 00 00")),
        build_frame(bytes.fromhex("A0 01 05 00 00")),
    )
    controller = Controller(serial_port[0], [acknowledged, refused])
    controller.start()
    now = [0.0]
    sign = open_sign(
        f"sign+serial://{serial_port[1]}?preset=onbon&width=96&height=16&answer_ms=3000",
        SignTexts("请{number}到{counter}号窗口", "暂停服务"),
        monotonic=lambda: now[0],
    )
    assert sign.show_call("A023", "3").health is Health.OK
    assert sign.show_paused().cause is Cause.WRITE_FAILED
    sign.close()
    controller.join()
    area = RealtimeArea(width=96, height=16)
    assert controller.heard == [
        realtime_text("请A023到3号窗口".encode("gbk"), area),
        realtime_text("暂停服务".encode("gbk"), area),
    ]


@pytest.mark.parametrize(
    ("answer", "health", "cause"),
    [
        (b"", Health.UNKNOWN, Cause.NO_ANSWER),
        (b"\x5a", Health.UNKNOWN, Cause.GARBAGE),
        (b"\xa5\xa5\x01\x02\x5a", Health.UNKNOWN, Cause.GARBAGE),
        (build_frame(b"\xa9\x77"), Health.UNKNOWN, Cause.GARBAGE),
    ],
)
def test_silence_and_nonsense_are_not_called_fine(answer: bytes, health: Health, cause: Cause) -> None:
    class Peer(TcpLine):
        def open(self) -> None: ...
        def write(self, data: bytes) -> None: ...
        def discard_input(self) -> None: ...
        def read(self, count: int, timeout_s: float) -> bytes:
            return bytes([left.pop(0)]) if left else b""

    left = list(answer)
    status = OnbonDriver(1, AREA).paint(Peer("host", 5005), "A023")
    assert (status.health, status.cause) == (health, cause)


def test_its_usual_port_is_known() -> None:
    assert open_sign("sign+tcp://192.168.1.60?preset=onbon", SignTexts()).name == "192.168.1.60:5005"
