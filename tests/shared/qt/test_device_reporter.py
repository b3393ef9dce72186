"""What a program tells of its devices: changes at once, the rest at a beat, never more often than the pause allows."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from hardware.status import OK, Cause, DeviceStatus, Health, down
from shared.domain.device_health import DeviceKind, DeviceReport, DeviceState
from shared.domain.errors import StoreUnavailable
from shared.hall import Hall
from shared.qt.device_reporter import DeviceReporter
from tools.testing.patience import PATIENCE_MS
from tools.testing.terminals import HandWorker

LONG_MS = 3_600_000
LOW = DeviceStatus(Health.ATTENTION, (Cause.PAPER_LOW,), tickets_left=30)


class Told:
    """What the hall was told, or that it cannot be told."""

    def __init__(self) -> None:
        self.reports: list[tuple[DeviceReport, ...]] = []
        self.cut = False

    def hall(self) -> Hall:
        return cast("Hall", SimpleNamespace(report_devices=self.take))

    def take(self, reports: tuple[DeviceReport, ...]) -> None:
        if self.cut:
            raise StoreUnavailable("unreachable", "cut off")
        self.reports.append(reports)

    @property
    def last(self) -> DeviceReport:
        return self.reports[-1][-1]


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def make(qtbot: QtBot, told: Told) -> Any:
    made: list[DeviceReporter] = []

    def make(
        lane: HandWorker,
        machine: Callable[[], str | None] = lambda: "kiosk-1",
        beat_ms: int = LONG_MS,
        pause_ms: int = LONG_MS,
    ) -> DeviceReporter:
        reporter = DeviceReporter(told.hall, lane, machine, beat_ms=beat_ms, pause_ms=pause_ms)
        made.append(reporter)
        return reporter

    yield make
    for reporter in made:
        reporter.stop()


def test_a_device_is_made_known_at_once_in_the_halls_words(make: Any, told: Told, qtbot: QtBot) -> None:
    make(HandWorker()).note("printer", DeviceKind.PRINTER, "sim://printer/1", LOW)
    qtbot.waitUntil(lambda: bool(told.reports), timeout=PATIENCE_MS)
    expected = DeviceReport(
        "kiosk-1",
        "printer",
        DeviceKind.PRINTER,
        "sim://printer/1",
        DeviceState.ATTENTION,
        "paper_low",
        tickets_left=30,
    )
    assert told.reports == [(expected,)]


def test_a_device_that_flaps_is_told_of_once_and_with_what_it_said_last(
    make: Any,
    told: Told,
    qtbot: QtBot,
) -> None:
    reporter = make(HandWorker(), pause_ms=50)
    reporter.note("sign", DeviceKind.SIGN, "sim://sign/1", OK)
    qtbot.waitUntil(lambda: bool(told.reports), timeout=PATIENCE_MS)
    for _ in range(1000):
        reporter.note("sign", DeviceKind.SIGN, "sim://sign/1", OK)
        reporter.note("sign", DeviceKind.SIGN, "sim://sign/1", down(Cause.TIMEOUT))
    qtbot.waitUntil(lambda: told.last.state is DeviceState.DOWN, timeout=PATIENCE_MS)
    assert len(told.reports) == 2


def test_without_a_change_only_the_beat_tells_again(make: Any, told: Told, qtbot: QtBot) -> None:
    reporter = make(HandWorker(), beat_ms=20)
    reporter.note("sign", DeviceKind.SIGN, "sim://sign/1", OK)
    qtbot.waitUntil(lambda: len(told.reports) >= 3, timeout=PATIENCE_MS)
    assert len(set(told.reports)) == 1


def test_while_the_store_hangs_one_report_waits_and_not_a_queue(make: Any, told: Told, qtbot: QtBot) -> None:
    lane = HandWorker()
    lane.held = True
    reporter = make(lane, beat_ms=1, pause_ms=1)
    beats = 0

    def beat() -> None:
        nonlocal beats
        beats += 1

    reporter._beat.timeout.connect(beat)
    reporter.note("sign", DeviceKind.SIGN, "sim://sign/1", OK)
    qtbot.waitUntil(lambda: beats > 20, timeout=PATIENCE_MS)
    reporter.stop()
    lane.let_go()
    assert len(told.reports) == 1


def test_what_could_not_be_saved_is_told_with_the_next_beat(make: Any, told: Told, qtbot: QtBot) -> None:
    told.cut = True
    lane = HandWorker()
    reporter = make(lane, beat_ms=10)
    reporter.note("sign", DeviceKind.SIGN, "sim://sign/1", down(Cause.BUSY))
    qtbot.waitUntil(lambda: lane.ran > 2, timeout=PATIENCE_MS)
    assert told.reports == []
    told.cut = False
    qtbot.waitUntil(lambda: bool(told.reports), timeout=PATIENCE_MS)
    assert told.last.cause == "busy"


def test_nothing_is_told_before_the_machine_has_a_name(make: Any, told: Told, qtbot: QtBot) -> None:
    names: list[str | None] = [None]
    reporter = make(HandWorker(), machine=lambda: names[-1], beat_ms=10)
    beats: list[None] = []
    reporter._beat.timeout.connect(lambda: beats.append(None))
    reporter.note("sign", DeviceKind.SIGN, "sim://sign/1", OK)
    qtbot.waitUntil(lambda: len(beats) > 3, timeout=PATIENCE_MS)
    assert told.reports == []
    names.append("counter-3")
    qtbot.waitUntil(lambda: bool(told.reports), timeout=PATIENCE_MS)
    assert told.last.machine == "counter-3"
