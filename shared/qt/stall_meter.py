"""Measures how long the thread that draws was away: for benchmarks and tests, switched on by remote control alone.

Two things are told: how late a beat of the event loop came, whoever held the thread up, and how much processor time
the thread itself spent between two beats. On a machine that is busy with other things only the second is the program's.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer

BEAT_MS = 5


class StallMeter(QObject):
    """A quick beat of the event loop. What a beat comes late, somebody else held the thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._since_beat = QElapsedTimer()
        self._worst_ms = 0.0
        self._worked_s = 0.0
        self._most_work_ms = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def stop(self) -> None:
        """Stop measuring."""
        self._timer.stop()

    def worst_ms(self) -> float:
        """The longest stall since the last question, in milliseconds; the first question begins the measurement."""
        if self._begins():
            return 0.0
        self._beat()
        worst, self._worst_ms = self._worst_ms, 0.0
        return worst

    def most_work_ms(self) -> float:
        """The most processor time spent between two beats since the last question, in milliseconds; begins likewise."""
        if self._begins():
            return 0.0
        self._beat()
        most, self._most_work_ms = self._most_work_ms, 0.0
        return most

    def _begins(self) -> bool:
        if self._timer.isActive():
            return False
        self._since_beat.start()
        self._worked_s = time.thread_time()
        self._timer.start(BEAT_MS)
        return True

    def _beat(self) -> None:
        late_ms = self._since_beat.nsecsElapsed() / 1e6 - BEAT_MS
        self._since_beat.start()
        self._worst_ms = max(self._worst_ms, late_ms)
        worked_s = time.thread_time()
        self._most_work_ms = max(self._most_work_ms, (worked_s - self._worked_s) * 1000)
        self._worked_s = worked_s
