"""Has the quotes learn once a day, in a process of its own, so that no screen stutters while it computes."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from shared.domain.errors import Refused, StoreUnavailable
from shared.qt.lanes import STOP_SECONDS, Lane
from shared.store.learned_waits import CLAIM_HOLDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from shared.domain.snapshot import HallSnapshot

log = logging.getLogger(__name__)

_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows a console would open in front of the customers."""

SCHOOL = (sys.executable, "-m", "shared.hall.school_process")


class LearningHall(Protocol):
    """The part of a hall that is asked whether a lesson is due."""

    hall_id: str

    def waits_are_due(self) -> bool:
        """Whether nobody has learned yet for the running day."""
        ...


class NightlyLearning(QObject):
    """Looks once a business day, after its first command, whether the quotes have learned, and sees to it.

    Any program of a hall may do it: the store lets one of them. After a lesson that failed it looks again, and until
    one succeeds quotes go on by what was learned the day before.
    """

    def __init__(
        self,
        hall: Callable[[], LearningHall],
        database_url: str,
        *,
        school: Sequence[str] = SCHOOL,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hall = hall
        self._database_url = database_url
        self._school = tuple(school)
        self._lane = Lane("learning")
        self._looked_for: date | None = None
        self._seen_at: datetime | None = None
        self._retry_at: datetime | None = None
        self._lock = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def take_news(self, snapshot: HallSnapshot) -> None:
        """A picture of the hall; the first of an opened day has the lane look."""
        self._seen_at = snapshot.at
        retries = self._retry_at is not None and snapshot.at >= self._retry_at
        if snapshot.seq == 0 or (snapshot.day == self._looked_for and not retries):
            return
        self._looked_for, self._retry_at = snapshot.day, None
        self._lane.submit(self._learn_if_due)

    def stop(self, timeout_s: float = STOP_SECONDS) -> bool:
        """End a running lesson, which another program takes up later, and return whether all ended in time."""
        with self._lock:
            self._stopped = True
            if self._running is not None:
                self._running.terminate()
        return self._lane.stop(timeout_s)

    def _learn_if_due(self) -> None:
        try:
            hall = self._hall()
            if not hall.waits_are_due():
                # Learned, or somebody is at it: should that one fail, the claim runs out and a later look finds it due.
                if self._seen_at is not None:
                    self._retry_at = self._seen_at + CLAIM_HOLDS
                return
        except (Refused, StoreUnavailable) as error:
            log.info("whether quotes should learn cannot be told now: %s", error.message)
            self._looked_for = None
            return
        self._send_to_school(json.dumps({"database": self._database_url, "hall": hall.hall_id}).encode())

    def _send_to_school(self, asked: bytes) -> None:
        with self._lock:
            if self._stopped:
                return
            self._running = subprocess.Popen(
                self._school,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                creationflags=_NO_WINDOW,
            )
        _, said = self._running.communicate(asked)
        with self._lock:
            code, self._running = self._running.returncode, None
            if code and not self._stopped:
                log.info("quotes have not learned today: %s", said.decode(errors="replace").strip()[-500:])
                self._looked_for = None
