"""Follows a hall: a fresh frozen snapshot after every change, and a word when there is no news."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from shared.domain.clock import Clock, SystemClock
from shared.domain.errors import Refused, StoreUnavailable

if TYPE_CHECKING:
    from datetime import datetime

    from shared.domain.snapshot import HallSnapshot

log = logging.getLogger(__name__)

BEAT_SECONDS = 5.0
"""Without any change the snapshot is read again this often: quotes and waits grow while nothing happens."""

FIRST_RETRY_SECONDS = 0.5
LONGEST_RETRY_SECONDS = 10.0
STOP_SECONDS = 2.0
SILENT_SECONDS = 2.5
"""A store that keeps the feed waiting for longer hangs: the screen says so before the driver gives up."""

WATCH_MS = 500
_SLICE_SECONDS = 0.5


class Listener(Protocol):
    """What `hall.change_listener()` gives."""

    def wait(self, timeout: float) -> bool:
        """Return True when something may have changed, False when `timeout` seconds went by."""
        ...

    def close(self) -> None:
        """Give the connection back."""
        ...


class WatchedHall(Protocol):
    """The part of a hall that the feed needs."""

    def snapshot(self) -> HallSnapshot:
        """Read the hall as it is now."""
        ...

    def change_listener(self) -> Listener:
        """Open a listener of its own."""
        ...


class ChangeFeed(QObject):
    """One thread that waits for changes and reads snapshots.

    `news` carries a `HallSnapshot`. `stale` carries the aware moment of the last news, or None when there
    was never any; it is sent once for each outage, and the next `news` ends it. Both arrive on the thread
    that made the feed.
    """

    news = Signal(object)
    stale = Signal(object)

    def __init__(
        self,
        hall: WatchedHall,
        *,
        beat_s: float = BEAT_SECONDS,
        retry_s: float = FIRST_RETRY_SECONDS,
        clock: Clock | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hall = hall
        self._beat_s = beat_s
        self._first_retry_s = retry_s
        self._clock = clock or SystemClock()
        self._stopping = threading.Event()
        self._down = self._failing = False
        self._last_news: datetime | None = None
        self._thread = threading.Thread(target=self._run, name="change-feed", daemon=True)
        self._down_lock = threading.Lock()
        self._alive_at = time.monotonic()
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self._look_after)

    def start(self) -> None:
        """Begin; the first news comes as soon as the store answers. Connect the signals before."""
        self._alive_at = time.monotonic()
        self._thread.start()
        self._watch.start()

    def stop(self, timeout_s: float = STOP_SECONDS) -> bool:
        """Stop following and return whether the thread ended in time."""
        self._stopping.set()
        self._watch.stop()
        if self._thread.ident is None:
            return True
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            log.warning("the change feed is still busy after %.1f s and is left behind", timeout_s)
            return False
        return True

    def _run(self) -> None:
        retry_s = self._first_retry_s
        while not self._stopping.is_set():
            before = self._last_news
            try:
                self._follow()
            except (StoreUnavailable, Refused) as error:
                if self._failed_first():
                    log.warning("the hall cannot be read, trying again: %s", error.message)
            except Exception:
                # A screen that shows old data and says so beats a dead one.
                if self._failed_first():
                    log.exception("reading the hall failed")
            if self._last_news != before:
                retry_s = self._first_retry_s
            self._stopping.wait(retry_s)
            retry_s = min(retry_s * 2, LONGEST_RETRY_SECONDS)

    def _follow(self) -> None:
        listener = self._hall.change_listener()
        try:
            # The listener is open before the first look, so that no change can fall between the two.
            while not self._stopping.is_set():
                self._tell(self._hall.snapshot())
                self._wait_for_change(listener)
        finally:
            listener.close()

    def _wait_for_change(self, listener: Listener) -> None:
        waited_s = 0.0
        while waited_s < self._beat_s and not self._stopping.is_set():
            self._alive_at = time.monotonic()
            slice_s = min(_SLICE_SECONDS, self._beat_s - waited_s)
            if listener.wait(slice_s):
                return
            waited_s += slice_s

    def _tell(self, snapshot: HallSnapshot) -> None:
        self._last_news = self._clock.now()
        self._alive_at = time.monotonic()
        with self._down_lock:
            was_down, self._down = self._down, False
        self._failing = False
        if was_down:
            log.info("the hall can be read again")
        if not self._stopping.is_set():
            self.news.emit(snapshot)

    def _failed_first(self) -> bool:
        """Note that reading failed; whether it is to be logged, once for each outage."""
        self._went_down()
        first = not self._failing and not self._stopping.is_set()
        self._failing = True
        return first

    def _went_down(self) -> bool:
        """Say that the data is stale; False when that was said before."""
        with self._down_lock:
            if self._down or self._stopping.is_set():
                return False
            self._down = True
        self.stale.emit(self._last_news)
        return True

    @Slot()
    def _look_after(self) -> None:
        """Say that the data is stale while the thread is stuck in a store that hangs."""
        if time.monotonic() - self._alive_at > SILENT_SECONDS and self._went_down():
            log.info("the hall's store keeps the screen waiting")
