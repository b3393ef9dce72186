from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from shared.qt.stall_meter import StallMeter

if TYPE_CHECKING:
    from tools.testing.patient_bot import PatientBot


def test_it_tells_how_long_the_thread_was_away(qtbot: PatientBot) -> None:
    meter = StallMeter()
    assert meter.worst_ms() == 0.0
    # What a bug would do: wait on the thread that draws.
    threading.Event().wait(0.2)
    assert meter.worst_ms() > 150
    qtbot.waitUntil(lambda: meter.worst_ms() < 100)
    meter.stop()


def test_it_tells_the_threads_own_work_apart_from_its_waiting(qtbot: PatientBot) -> None:
    meter = StallMeter()
    assert meter.most_work_ms() == 0.0
    threading.Event().wait(0.2)
    assert meter.most_work_ms() < meter.worst_ms(), "it waited, and did not work"
    end = time.thread_time() + 0.2
    while time.thread_time() < end:
        pass
    assert meter.most_work_ms() >= 200
    meter.stop()
