"""Keeps Python's collector of reference cycles from holding up the thread that draws.

A full collection visits every object while it holds Python's lock: 60 to 100 ms for the 120,000 that a program is
made of, whichever thread it falls to, in the middle of a press as well as at night. So what the imports made is left
out for good, and what has come since is visited by a timer of the drawing thread, a few milliseconds each minute.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

FIRST_ROUND_MS = 10_000
"""By then the store is open, its statements are prepared and the first page is drawn: that is left out, too."""

ROUND_MS = 60_000
_NEVER = 1_000_000
"""Rounds of the middle generation before Python itself begins a full one: some hundred million objects."""


class GarbageRounds(QObject):
    """Begins when the application is made: everything that is there then is taken for a part of the program.

    Young objects are collected as ever, within a millisecond or two.
    """

    def __init__(
        self, app: QCoreApplication, *, first_ms: int = FIRST_ROUND_MS, round_ms: int = ROUND_MS
    ) -> None:
        super().__init__(app)
        self._round_ms = round_ms
        gc.freeze()
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, _NEVER)
        self._timer = QTimer(self, interval=first_ms)
        self._timer.timeout.connect(self._go_round)
        self._timer.start()
        self._settled = False
        app.aboutToQuit.connect(self._timer.stop)

    def _go_round(self) -> None:
        if self._settled:
            gc.collect()
            return
        self._settled = True
        gc.freeze()
        self._timer.setInterval(self._round_ms)
