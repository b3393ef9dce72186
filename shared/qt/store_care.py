"""Has the store checked at the start of a program, and backed up once a day, in a process of its own."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from shared.qt.lanes import STOP_SECONDS, Lane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.settings import Settings

log = logging.getLogger(__name__)

CARER = (sys.executable, "-m", "shared.hall.store_care")
FIRST_LOOK_S = 10.0
"""After the start: the first picture comes before."""

LOOK_EVERY_S = 1800.0
LONGEST_LOOK_S = 7200.0
"""A look that takes longer hangs, on a backup folder of a network that is gone for example: it is ended."""
_EXPECTED = frozenset({"unreachable", "locked", "no_schema", "newer_schema", "clock", "unknown_hall"})
"""What keeps a backup from being made and is told elsewhere, by the program's own screens."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A store that is not whole, and the moment of the newest backup, if there is one."""

    message: str
    last_good: datetime | None


class StoreCare(QObject):
    """Looks after the store while a program is on. Any program may: the store lets one make the day's backup.

    `damaged` carries a `Damage`, once for each look that finds it; `looks` counts those that have ended.
    """

    damaged = Signal(object)

    def __init__(
        self, settings: Settings, *, carer: Sequence[str] = CARER, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._carer = tuple(carer)
        self._lane = Lane("care")
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        self._lock = threading.Lock()
        self._running: subprocess.Popen[str] | None = None
        self._stopped = False
        self._checked = False
        self.looks = 0
        self._trouble: str | None = None

    def start(self, first_look_s: float = FIRST_LOOK_S) -> None:
        """Look soon, and from then on every half hour."""
        self._timer.start(int(first_look_s * 1000))

    def look(self) -> None:
        """Look now."""
        task = {
            "database": self._settings.database_url,
            "hall": self._settings.hall,
            "folder": str(self._settings.backups),
            "keep": self._settings.daily_backups,
            "check": not self._checked,
        }
        self._lane.submit(lambda: self._send(json.dumps(task)), self._hear, self._look_later)

    def stop(self, timeout_s: float = STOP_SECONDS) -> bool:
        """End a look that is running, and return whether all ended in time; half a backup is never taken for one."""
        self._timer.stop()
        with self._lock:
            self._stopped = True
            if self._running is not None:
                self._running.terminate()
        return self._lane.stop(timeout_s)

    def _send(self, task: str) -> str | None:
        with self._lock:
            if self._stopped:
                return None
            self._running = subprocess.Popen(
                self._carer,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
            )
        try:
            answer, said = self._running.communicate(task, timeout=LONGEST_LOOK_S)
        except subprocess.TimeoutExpired:
            self._running.kill()
            answer, said = self._running.communicate()
        with self._lock:
            code, self._running = self._running.returncode, None
        if code and not self._stopped:
            log.warning("the store could not be looked after: %s", said.strip().rpartition("\n")[2])
        return None if code else answer

    def _look_later(self, _error: Exception) -> None:
        """The look itself failed, which the log tells; the next one must come all the same."""
        self._timer.start(int(LOOK_EVERY_S * 1000))

    def _hear(self, answer: str | None) -> None:
        self.looks += 1
        self._timer.start(int(LOOK_EVERY_S * 1000))
        if answer is None:
            return
        found: dict[str, Any] = json.loads(answer)
        last_good = found["last_good"]
        self._checked = found["damage"] is None and found["trouble"] is None
        if found["damage"] is not None:
            log.error("the store is damaged: %s (last good backup: %s)", found["damage"], last_good or "none")
            moment = None if last_good is None else datetime.fromisoformat(last_good)
            self.damaged.emit(Damage(found["damage"], moment))
            return
        if found["made"] is not None:
            log.info("the day's backup was made and verified: %s", found["made"])
        self._tell_trouble(found["trouble"])

    def _tell_trouble(self, trouble: str | None) -> None:
        """Once when it begins, once when it is over."""
        if trouble == self._trouble:
            return
        if trouble is None:
            log.info("backups can be made again")
        elif trouble not in _EXPECTED:
            log.warning("no backup could be made: %s; trying again", trouble)
        self._trouble = trouble
