"""One machine drives the signs of a whole hall: each counter its own, and every call on the summary sign."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pytestqt.qtbot import QtBot

from hardware.address import DeviceAddressError
from hardware.simulators.bench import SimulatorBench
from hardware.simulators.faults import Fault
from lobby_display.hall_signs import HallSigns, signs_of
from shared.domain.clock import ManualClock
from shared.hall import Hall, create_hall
from shared.qt.device_reporter import DeviceReporter
from shared.qt.lanes import Lane
from shared.words import Language, Words
from tools.testing.halls import NINE, small_plan
from tools.testing.patience import PATIENCE_S

WORDS = Words(Language.ZH)
WINDOWS = {1: "sim://sign/1?flash=0", 2: "sim://sign/2?flash=0"}
SUMMARY = "sim://sign/9?flash=0&hold=1"


class Lobby:
    """A hall, its signs, and what they showed."""

    def __init__(self, hall: Hall, stack: ExitStack) -> None:
        self.hall = hall
        self.lit: dict[str, list[str]] = {}
        self.bench = SimulatorBench(on_sign=lambda lit: self.lit.setdefault(lit.sign, []).append(lit.text))
        lane = Lane("store")
        reporter = DeviceReporter(lambda: hall, lane, lambda: "lobby-1", pause_ms=1)
        self.signs = HallSigns(signs_of(WINDOWS, SUMMARY, WORDS, self.bench), reporter)
        stack.callback(lane.stop, PATIENCE_S)
        for stop in (reporter.stop, self.signs.stop):
            stack.callback(stop)

    def news(self) -> None:
        """Bring what the change feed would bring."""
        self.signs.take_news(self.hall.snapshot())

    def shows(self, sign: str, *texts: str) -> bool:
        """Whether these were the last texts of a sign, in this order and without repaints."""
        changes = self.lit.get(sign, [])
        distinct = [text for place, text in enumerate(changes) if place == 0 or text != changes[place - 1]]
        return distinct[-len(texts) :] == list(texts)

    def states(self) -> dict[str, str]:
        """The signs' states as the hall knows them."""
        return {health.report.device: health.report.state.value for health in self.hall.devices()}


@pytest.fixture
def lobby(qtbot: QtBot, sqlite_url: str) -> Iterator[Lobby]:
    with create_hall(sqlite_url, small_plan(), clock=ManualClock(NINE)) as hall, ExitStack() as stack:
        yield Lobby(hall, stack)


def test_each_window_sign_shows_its_counter(lobby: Lobby, qtbot: QtBot) -> None:
    lobby.hall.open_counter(1)
    lobby.hall.issue("enquiry")
    number = lobby.hall.call_next(1)
    assert number is not None
    lobby.news()
    qtbot.waitUntil(lambda: lobby.shows("1", number.number) and lobby.shows("2", "暂停服务"))
    lobby.hall.finish(1)
    lobby.hall.pause_counter(1, "meal")
    lobby.hall.open_counter(2)
    lobby.news()
    qtbot.waitUntil(
        lambda: lobby.shows("1", number.number, "暂停服务") and lobby.shows("2", "暂停服务", "欢迎光临")
    )


def test_every_call_and_recall_is_on_the_summary_sign_in_order(lobby: Lobby, qtbot: QtBot) -> None:
    lobby.hall.issue("enquiry")
    lobby.hall.call_next(1)
    lobby.news()
    qtbot.waitUntil(lambda: lobby.shows("9", "欢迎光临"))
    for _ in range(2):
        lobby.hall.issue("enquiry")
    lobby.hall.call_next(1)
    lobby.hall.call_next(2)
    lobby.news()
    first, second = "请A002号到1号窗口", "请A003号到2号窗口"
    qtbot.waitUntil(lambda: lobby.shows("9", "欢迎光临", first, second))
    lobby.hall.recall(1)
    lobby.news()
    lobby.news()
    qtbot.waitUntil(lambda: lobby.shows("9", first, second, first))


@pytest.mark.expects_log("sign sim://sign/1 is down: unreachable")
def test_a_dead_sign_is_told_and_holds_up_no_other(lobby: Lobby, qtbot: QtBot) -> None:
    lobby.bench.signs["1"].faults.fail(Fault.UNPLUGGED)
    for counter in (1, 2):
        lobby.hall.issue("enquiry")
        lobby.hall.call_next(counter)
    lobby.news()
    qtbot.waitUntil(lambda: lobby.shows("2", "A002"))
    qtbot.waitUntil(lambda: lobby.states().get("sign-1") == "down" and "sign-2" in lobby.states())
    assert "1" not in lobby.lit
    lobby.bench.signs["1"].faults.recover()
    qtbot.waitUntil(lambda: lobby.shows("1", "A001"))
    qtbot.waitUntil(lambda: lobby.states()["sign-1"] == lobby.states()["sign-2"] != "down")


def test_an_address_that_makes_no_sense_is_refused_at_once() -> None:
    with pytest.raises(DeviceAddressError, match="fax://nowhere"):
        signs_of({1: "fax://nowhere"}, "", WORDS)
