from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from hardware.lines.line import Line, LineError
from hardware.lines.serial_port import SerialLine, SerialSettings
from hardware.signs.driver import FrameDriver
from hardware.signs.frame_parts import Message
from hardware.signs.preset import load_preset
from hardware.signs.shared_lines import SharedLine
from hardware.signs.sign import LedSign, SignTexts
from hardware.status import OK, Cause, DeviceStatus, Health, down
from tools.testing.pseudo_terminal import open_pseudo_terminal, read_exactly

PRESET = load_preset("strip_a0_90")
TEXTS = SignTexts("请{number}到{counter}号窗口", "暂停服务", "欢迎光临")


@dataclass
class FlakyLine:
    """A line that can be broken and mended."""

    is_broken: bool = False
    name: str = "flaky"
    answers: bool = False
    keeps: bool = False
    frames: list[bytes] = field(default_factory=list)
    openings: int = 0

    def open(self) -> None:
        self.openings += 1
        if self.is_broken:
            raise LineError(Cause.UNREACHABLE, "pulled out")

    def write(self, data: bytes) -> None:
        self.frames.append(data)

    def read(self, count: int, timeout_s: float) -> bytes:
        return b""

    def discard_input(self) -> None:
        pass

    def close(self) -> None:
        pass

    @property
    def texts(self) -> list[str]:
        return [PRESET.grammar.read(frame).text for frame in self.frames]


@dataclass
class Watch:
    """Seconds that pass when the test says so."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def line() -> FlakyLine:
    return FlakyLine()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def sign(line: FlakyLine, watch: Watch) -> LedSign:
    return LedSign(SharedLine(line), FrameDriver(PRESET, 3), TEXTS, repaint_s=60, monotonic=watch)


def test_nothing_is_opened_before_there_is_something_to_show(line: FlakyLine, sign: LedSign) -> None:
    assert sign.status().health is Health.UNKNOWN
    assert sign.refresh().health is Health.UNKNOWN
    assert line.openings == 0


def test_a_sign_says_what_it_is_told(line: FlakyLine, sign: LedSign) -> None:
    sign.show_call("A023", "3")
    sign.show_paused()
    sign.show_welcome()
    sign.show("午休")
    assert line.texts == ["请A023到3号窗口", "暂停服务", "欢迎光临", "午休"]
    assert {PRESET.grammar.read(frame).address for frame in line.frames} == {3}


def test_a_sign_that_never_answers_is_not_called_fine(sign: LedSign) -> None:
    assert sign.show_welcome().health is Health.UNKNOWN


@pytest.mark.expects_log("sign flaky is down: unreachable")
def test_a_lost_line_backs_off_and_the_last_text_is_painted_when_it_is_back(
    line: FlakyLine, sign: LedSign, watch: Watch
) -> None:
    line.is_broken = True
    assert sign.show_call("A023", "3").cause is Cause.UNREACHABLE
    assert sign.show_call("A024", "3").health is Health.DOWN
    assert line.openings == 1
    watch.now += 1
    sign.refresh()
    watch.now += 1
    sign.refresh()
    assert line.openings == 2
    line.is_broken = False
    watch.now += 1
    assert sign.refresh().health is Health.UNKNOWN
    assert line.texts == ["请A024到3号窗口"]


def test_a_sign_that_lost_its_power_is_repainted(line: FlakyLine, sign: LedSign, watch: Watch) -> None:
    sign.show_welcome()
    watch.now += 59
    sign.refresh()
    assert len(line.frames) == 1
    watch.now += 1
    sign.refresh()
    assert line.texts == ["欢迎光临", "欢迎光临"]


class HangsUp(FlakyLine):
    """A controller that closes its connection behind each text, as when it lost its power."""

    is_open: bool = False

    def open(self) -> None:
        if not self.is_open:
            self.openings += 1
        self.is_open = True

    def discard_input(self) -> None:
        if self.frames and self.openings == len(self.frames):
            raise LineError(Cause.UNREACHABLE, "hung up")

    def close(self) -> None:
        self.is_open = False


def test_a_text_is_not_lost_on_a_connection_that_was_hung_up(watch: Watch) -> None:
    line = HangsUp()
    sign = LedSign(SharedLine(line), FrameDriver(PRESET, 3), TEXTS, monotonic=watch)
    for _ in range(3):
        assert sign.show_paused().health is Health.UNKNOWN
    assert (len(line.frames), line.openings) == (3, 3)


class AnsweringDriver:
    """A sign that answers while it has power."""

    title = "answering"
    shows_digits_only = False

    def __init__(self) -> None:
        self.has_power = True
        self.asked: list[str] = []

    def paint(self, line: Line, text: str) -> DeviceStatus:
        self.asked.append(text)
        return OK if self.has_power else down(Cause.NO_ANSWER)


@pytest.mark.expects_log("sign flaky is down: no_answer")
def test_a_sign_that_should_answer_and_does_not_is_left_alone_and_repainted_when_it_is_back(
    line: FlakyLine, watch: Watch
) -> None:
    driver = AnsweringDriver()
    sign = LedSign(SharedLine(line), driver, TEXTS, monotonic=watch)
    driver.has_power = False
    assert sign.show("一").health is Health.DOWN
    assert sign.show("二").health is Health.DOWN
    assert driver.asked == ["一"]
    driver.has_power = True
    watch.now += 1
    assert sign.refresh().health is Health.OK
    assert driver.asked == ["一", "二"]


def test_a_call_flashes_and_then_stands(line: FlakyLine, watch: Watch) -> None:
    sign = LedSign(SharedLine(line), FrameDriver(PRESET, 3), TEXTS, flashes=2, monotonic=watch)
    sign.show_call("A023", "3")
    for _ in range(8):
        sign.refresh()
    call, dark = "请A023到3号窗口", " " * 15
    assert line.texts == [call, dark, call, dark, call]


def test_a_new_text_ends_the_flashing_of_the_last(line: FlakyLine, watch: Watch) -> None:
    sign = LedSign(SharedLine(line), FrameDriver(PRESET, 3), TEXTS, flashes=2, monotonic=watch)
    sign.show_call("A023", "3")
    sign.show_paused()
    sign.refresh()
    assert line.texts == ["请A023到3号窗口", "暂停服务"]


def test_frames_are_numbered_where_the_sign_wants_it(line: FlakyLine, watch: Watch) -> None:
    preset = load_preset("strip_fe_86")
    sign = LedSign(SharedLine(line), FrameDriver(preset, 1), TEXTS, monotonic=watch)
    sign.show("一")
    sign.show("二")
    assert [preset.grammar.read(frame) for frame in line.frames] == [
        Message(1, "一", 1),
        Message(1, "二", 2),
    ]


@pytest.mark.expects_log("sign flaky is down: write_failed")
def test_a_number_that_the_board_cannot_show_is_a_fault_and_no_crash(line: FlakyLine, watch: Watch) -> None:
    sign = LedSign(SharedLine(line), FrameDriver(load_preset("xunpeng_digits"), 5), TEXTS, monotonic=watch)
    assert sign.show("70000").cause is Cause.WRITE_FAILED


def test_a_board_of_digits_is_given_the_bare_number(line: FlakyLine, watch: Watch) -> None:
    LedSign(
        SharedLine(line), FrameDriver(load_preset("xunpeng_digits"), 5), TEXTS, monotonic=watch
    ).show_call("A999", "3")
    assert line.frames == [bytes.fromhex("05 03 E7 EF")]


@pytest.fixture
def pseudo_terminal() -> Iterator[tuple[int, str]]:
    master, slave = open_pseudo_terminal()
    yield master, os.ttyname(slave)
    os.close(slave)
    os.close(master)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a POSIX thing")
def test_garbage_from_the_line_does_not_disturb_the_sign(pseudo_terminal: tuple[int, str]) -> None:
    master, slave = pseudo_terminal
    sign = LedSign(SharedLine(SerialLine(slave, SerialSettings())), FrameDriver(PRESET, 1), TEXTS)
    sign.show("A023")
    os.write(master, bytes(range(256)) * 4)
    sign.show("A024")
    sign.close()
    size = len(PRESET.grammar.build(Message(1, "A023")))
    frames = [read_exactly(master, size) for _ in range(2)]
    assert [PRESET.grammar.read(frame).text for frame in frames] == ["A023", "A024"]


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a POSIX thing")
@pytest.mark.expects_log("is down: timeout")
def test_a_stalled_serial_line_is_a_time_out(pseudo_terminal: tuple[int, str]) -> None:
    line = SerialLine(pseudo_terminal[1], SerialSettings(), write_s=0.05)
    sign = LedSign(SharedLine(line), FrameDriver(PRESET, 1), TEXTS)
    status = sign.show("号" * 20_000)
    sign.close()
    assert status.cause is Cause.TIMEOUT
