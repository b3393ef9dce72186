from __future__ import annotations

import threading
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
