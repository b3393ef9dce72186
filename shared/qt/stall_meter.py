"""Measures how long the thread that draws was away: for benchmarks and tests, switched on by remote control alone."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer

BEAT_MS = 5


class StallMeter(QObject):
    """A quick beat of the event loop. What a beat comes late, somebody else held the thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._since_beat = QElapsedTimer()
        self._worst_ms = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def stop(self) -> None:
        """Stop measuring."""
        self._timer.stop()

    def worst_ms(self) -> float:
        """The longest stall since the last question, in milliseconds; the first question begins the measurement."""
        if not self._timer.isActive():
            self._since_beat.start()
            self._timer.start(BEAT_MS)
            return 0.0
        self._beat()
        worst, self._worst_ms = self._worst_ms, 0.0
        return worst

    def _beat(self) -> None:
        late_ms = self._since_beat.nsecsElapsed() / 1e6 - BEAT_MS
        self._since_beat.start()
        self._worst_ms = max(self._worst_ms, late_ms)
