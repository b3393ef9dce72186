from __future__ import annotations

from pathlib import Path

import pytest

from hardware.signs.opening import open_sign
from hardware.signs.sign import SignTexts
from hardware.signs.summary import SummarySign
from hardware.simulators.bench import SimulatorBench
from hardware.simulators.sign import LitSign

TEXTS = SignTexts("请{number}号到{counter}号窗口", "暂停服务", "欢迎光临")


class Hall:
    """A summary sign, what it showed, and the time."""

    def __init__(self) -> None:
        self.lit: list[LitSign] = []
        self.now = 100.0
        opened = open_sign(
            "sim://sign/9?hold=4&flash=0",
            TEXTS,
            bench=SimulatorBench(on_sign=self.lit.append),
            monotonic=lambda: self.now,
        )
        assert isinstance(opened, SummarySign)
        self.sign = opened

    def wait(self, seconds: int) -> None:
        for _ in range(seconds):
            self.now += 1
            self.sign.refresh()

    @property
    def texts(self) -> list[str]:
        return [shown.text for shown in self.lit]


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_a_call_says_who_goes_where(hall: Hall) -> None:
    hall.sign.show_call("A023", "3")
    assert hall.texts == ["请A023号到3号窗口"]


def test_calls_that_come_together_are_shown_one_after_the_other(hall: Hall) -> None:
    for counter in ("1", "2", "3"):
        hall.sign.show_call("A023", counter)
    assert hall.texts == ["请A023号到1号窗口"]
    hall.wait(3)
    assert len(hall.texts) == 1
    hall.wait(1)
    assert hall.texts[1:] == ["请A023号到2号窗口"]
    hall.wait(4)
    assert hall.texts[2:] == ["请A023号到3号窗口"]


def test_the_welcome_waits_for_its_turn(hall: Hall) -> None:
    hall.sign.show_call("A023", "1")
    hall.sign.show_welcome()
    hall.wait(4)
    assert hall.texts == ["请A023号到1号窗口", "欢迎光临"]


def test_a_backlog_is_cut_at_its_old_end(hall: Hall) -> None:
    for ticket in range(100):
        hall.sign.show_call(f"A{ticket:03d}", "1")
    hall.wait(4)
    assert hall.texts == ["请A000号到1号窗口", "请A050号到1号窗口"]


def test_without_hold_a_sign_is_a_window_sign(tmp_path: Path) -> None:
    assert not isinstance(open_sign(f"sign+file://{tmp_path}/f", TEXTS), SummarySign)
