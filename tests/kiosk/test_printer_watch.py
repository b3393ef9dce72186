"""The printer is asked in turn, more often while it is down, and never twice at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from hardware.printing.opening import open_printer
from hardware.printing.printer import PrintOutcome, PrintState
from hardware.simulators.bench import SimulatorBench
from hardware.simulators.faults import Fault
from hardware.status import Cause, DeviceStatus, Health, down
from kiosk.printer_watch import PrinterWatch
from shared.qt.lanes import Lane
from tools.testing.patience import PATIENCE_MS, PATIENCE_S

LONG_MS = 3_600_000


class Watched:
    """A simulated printer under watch, and what was heard of it."""

    def __init__(self, lane: Lane, calm_ms: int = LONG_MS, troubled_ms: int = LONG_MS) -> None:
        self.bench = SimulatorBench()
        self.printer = open_printer("sim://printer/kiosk-1", bench=self.bench)
        self.heard: list[DeviceStatus] = []
        self.watch = PrinterWatch(self.printer, lane, calm_ms=calm_ms, troubled_ms=troubled_ms)
        self.watch.heard.connect(self.heard.append)

    @property
    def faults(self) -> set[Cause]:
        return {status.cause for status in self.heard if status.cause is not None}


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("printer")
    yield lane
    lane.stop(PATIENCE_S)


@pytest.mark.expects_log("is down: paper_out")
def test_it_is_asked_again_and_again_and_its_fault_and_recovery_are_heard(lane: Lane, qtbot: QtBot) -> None:
    watched = Watched(lane, calm_ms=1, troubled_ms=1)
    watched.watch.ask()
    qtbot.waitUntil(lambda: len(watched.heard) > 1, timeout=PATIENCE_MS)
    simulated = watched.bench.printers["kiosk-1"]
    simulated.faults.fail(Fault.PAPER_OUT)
    qtbot.waitUntil(lambda: Cause.PAPER_OUT in watched.faults, timeout=PATIENCE_MS)
    simulated.recover()
    watched.heard.clear()
    qtbot.waitUntil(lambda: Health.OK in {status.health for status in watched.heard}, timeout=PATIENCE_MS)
    watched.watch.stop()


@pytest.mark.expects_log("is down: unreachable")
def test_while_it_is_well_the_next_question_can_wait_and_while_it_is_down_it_cannot(
    lane: Lane, qtbot: QtBot
) -> None:
    watched = Watched(lane, calm_ms=LONG_MS, troubled_ms=1)
    watched.bench.printers["kiosk-1"].faults.fail(Fault.UNPLUGGED)
    watched.watch.ask()
    qtbot.waitUntil(lambda: len(watched.heard) > 2, timeout=PATIENCE_MS)
    watched.bench.printers["kiosk-1"].recover()
    qtbot.waitUntil(lambda: watched.heard[-1].health is Health.OK, timeout=PATIENCE_MS)
    assert watched.watch._timer.remainingTime() > PATIENCE_MS
    watched.watch.stop()


def test_a_paper_tells_too(lane: Lane, qtbot: QtBot) -> None:
    watched = Watched(lane)
    status = down(Cause.COVER_OPEN)
    watched.watch.take(PrintOutcome(PrintState.FAILED, status))
    assert watched.heard == [status]
    watched.watch.stop()
